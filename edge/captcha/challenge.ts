/** Signed challenges: for one action of one module on one site's page, for five minutes; nothing is stored for one. */
import { uuidv7 } from 'uuidv7';
import { isSolution } from '../../schemas/proof-of-work/index.ts';
import type { CaptchaChallenge } from '../../schemas/protocol/captcha.ts';
import type { Call } from '../engine/call.ts';
import type { Runtime } from '../engine/runtime.ts';

/** What a challenge is good for. */
export interface Purpose {
  readonly module: string;
  readonly action: string;
}

export const validSeconds = 300;
/** Bits of a first challenge, about 33,000 hashes, and of the hardest. */
const fewest = 11;
const most = 18;
/** Challenges in `validSeconds` that cost no more than the first; each doubling beyond costs a bit. */
const free = 8;

/** How hard the next challenge of a caller is that has asked for `asked` lately. */
export const bitsFor = (asked: number): number =>
  Math.min(most, fewest + Math.max(0, Math.floor(Math.log2(Math.max(1, asked) / free)) + 1));

const seedOf = (runtime: Runtime, call: Call, { module, action }: Purpose, id: string, bits: number, until: number) =>
  runtime.secrets.token(call.tenant.client.id, [
    'captcha',
    call.actor.siteId ?? '',
    call.actor.origin ?? '',
    module,
    action,
    id,
    `${bits}`,
    `${until}`,
  ]);

export function issueWork(runtime: Runtime, call: Call, purpose: Purpose, asked: number): CaptchaChallenge {
  const id = uuidv7();
  const bits = bitsFor(asked);
  const until = Math.floor(runtime.ports.clock.now() / 1000) + validSeconds;
  const seed = seedOf(runtime, call, purpose, id, bits, until);
  const challenge = `${id}.${bits}.${until}.${seed}`;
  return { kind: 'work', challenge, seed, bits, expiresAt: new Date(until * 1000).toISOString() };
}

export type Judgement =
  | { readonly verdict: 'good'; readonly seed: string /** Epoch seconds. */; readonly until: number }
  | { readonly verdict: 'invalid' | 'expired' };

/** A proof is `challenge~solution`. Whether it was used before is not looked at. */
export function judgeWork(runtime: Runtime, call: Call, purpose: Purpose, proof: string): Judgement {
  const parts = /^([0-9a-f-]{36})\.(\d{1,2})\.(\d{10,11})\.([\w-]{22})~([\w-]{1,128})$/.exec(proof);
  if (!parts) return { verdict: 'invalid' };
  const [, id, bitsText, untilText, seed, solution] = parts as unknown as string[];
  const bits = Number(bitsText);
  const until = Number(untilText);
  // 128 bits that an attacker cannot work out: how long the comparison takes tells nothing of use in five minutes.
  if (seedOf(runtime, call, purpose, id!, bits, until) !== seed) return { verdict: 'invalid' };
  if (until * 1000 <= runtime.ports.clock.now()) return { verdict: 'expired' };
  return isSolution({ seed: seed!, bits }, solution!)
    ? { verdict: 'good', seed: seed!, until }
    : { verdict: 'invalid' };
}
