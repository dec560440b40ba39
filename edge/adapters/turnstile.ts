/** Verifies tokens of Cloudflare Turnstile (https://developers.cloudflare.com/turnstile/get-started/server-side-validation/). */
import { z } from 'zod';
import type { CaptchaService, CaptchaToken, CaptchaVerdict } from '../../schemas/ports/index.ts';

export interface TurnstileOptions {
  /** Origin of the service; another one only in tests. */
  readonly apiUrl?: string | undefined;
}

export const TURNSTILE_ORIGIN = 'https://challenges.cloudflare.com';
const TIMEOUT_MS = 4_000;
/** The second one has the same idempotency key, so that a token whose answer was lost is not spent by it. */
const TRIES = 2;
/** Characters of a reply; a service that says more is not this one. */
const MAX_REPLY = 16_384;

const replySchema = z.object({
  success: z.boolean(),
  hostname: z.string().default(''),
  action: z.string().default(''),
  cdata: z.string().default(''),
  'error-codes': z.array(z.string()).default([]),
});

/** The visitor's address is not sent: the service has seen it itself. */
export function createTurnstile({ apiUrl = TURNSTILE_ORIGIN }: TurnstileOptions = {}): CaptchaService {
  const ask = async ({ secret, token, id }: CaptchaToken): Promise<CaptchaVerdict> => {
    const response = await fetch(`${apiUrl}/turnstile/v0/siteverify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ secret, response: token, idempotency_key: id }),
      // The secret goes to this address and to no other.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (response.status >= 500 || response.status < 200 || (response.status >= 300 && response.status < 400))
      throw new Error(`Turnstile answered ${response.status}`);
    if (text.length > MAX_REPLY) throw new Error(`Turnstile answered ${text.length} characters`);
    return verdictOf(replySchema.parse(JSON.parse(text)));
  };
  return {
    async verify(token) {
      let reason = '';
      for (let attempt = 0; attempt < TRIES; attempt++) {
        try {
          const verdict = await ask(token);
          if (verdict.verdict !== 'no-answer') return verdict;
          reason = verdict.reason;
        } catch (error) {
          reason = error instanceof Error ? error.message : `${error}`;
        }
      }
      return { verdict: 'no-answer', reason };
    },
  };
}

function verdictOf({ success, hostname, action, cdata, ...rest }: z.output<typeof replySchema>): CaptchaVerdict {
  const codes = rest['error-codes'];
  if (success) return { verdict: 'passed', hostname, action, data: cdata };
  if (codes.some(code => code.endsWith('-input-secret'))) return { verdict: 'unknown-secret' };
  if (codes.includes('timeout-or-duplicate')) return { verdict: 'spent' };
  if (codes.includes('internal-error')) return { verdict: 'no-answer', reason: 'internal-error' };
  return { verdict: 'refused' };
}
