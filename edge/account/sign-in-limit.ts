/** Slows down guessing of passwords: wrong ones are counted for an address, for an account from an address, and for an account. */
import { hashSecret } from '../auth/secrets.ts';
import type { AppContext } from '../http/env.ts';
import { describeLimit, rateLimited } from '../http/rate-limit.ts';
import type { ControlDeps } from './deps.ts';

const TRIES = 10;
/** From everywhere together: high enough that a stranger's guesses do not lock the owner out. */
const ACCOUNT_TRIES = 100;
const WINDOW_SECONDS = 15 * 60;

/** To call before any password is looked at. What it gives is called when the password was right, and takes the try back. Throws RATE_LIMITED. */
export async function limitSignIn(
  { ports, clientIp }: ControlDeps,
  c: AppContext,
  email: string,
): Promise<() => Promise<void>> {
  const account = hashSecret(email);
  const address = clientIp(c);
  const buckets = [
    [`sign-in:ip:${address}`, TRIES],
    [`sign-in:here:${account}:${address}`, TRIES],
    [`sign-in:account:${account}`, ACCOUNT_TRIES],
  ] as const;
  for (const [bucket, tries] of buckets) {
    const verdict = await ports.limiter.take(bucket, tries, WINDOW_SECONDS);
    describeLimit(c, verdict);
    if (!verdict.allowed) throw rateLimited(verdict);
  }
  return async () => {
    for (const [bucket, tries] of buckets) await ports.limiter.take(bucket, tries, WINDOW_SECONDS, -1);
  };
}
