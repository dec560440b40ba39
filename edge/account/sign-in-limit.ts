/** Slows down guessing of passwords: 10 tries in 15 minutes for an account and for an address. */
import { hashSecret } from '../auth/secrets.ts';
import type { AppContext } from '../http/env.ts';
import { describeLimit, rateLimited } from '../http/rate-limit.ts';
import type { ControlDeps } from './deps.ts';

const TRIES = 10;
const WINDOW_SECONDS = 15 * 60;

/** To call before any password is looked at. Throws RATE_LIMITED. */
export async function limitSignIn({ ports, clientIp }: ControlDeps, c: AppContext, email: string): Promise<void> {
  const buckets = [`sign-in:ip:${clientIp(c)}`, `sign-in:account:${hashSecret(email)}`];
  for (const bucket of buckets) {
    const verdict = await ports.limiter.take(bucket, TRIES, WINDOW_SECONDS);
    describeLimit(c, verdict);
    if (!verdict.allowed) throw rateLimited(verdict);
  }
}
