/** Signed challenges: for one action of one module on one site's page, for five minutes; nothing is stored for one. */
import { uuidv7 } from 'uuidv7';
import { isSolution } from '../../schemas/proof-of-work/index.ts';
import type { CaptchaChallenge, TurnstileChallenge, WorkChallenge } from '../../schemas/protocol/captcha.ts';
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
/** What it costs, in bits, to do without the service that the site has chosen. */
const instead = 3;
/** In place of the bits, in a challenge that asks for a token. */
const byToken = 't';

/** How hard the next challenge of a caller is that has asked for `asked` lately. */
export const bitsFor = (asked: number): number =>
  Math.min(most, fewest + Math.max(0, Math.floor(Math.log2(Math.max(1, asked) / free)) + 1));

const seedOf = (runtime: Runtime, call: Call, { module, action }: Purpose, id: string, kind: string, until: number) =>
  runtime.secrets.token(call.tenant.client.id, [
    'captcha',
    call.actor.siteId ?? '',
    call.actor.origin ?? '',
    module,
    action,
    id,
    kind,
    `${until}`,
  ]);

function issue(runtime: Runtime, call: Call, purpose: Purpose, kind: string) {
  const id = uuidv7();
  const until = Math.floor(runtime.ports.clock.now() / 1000) + validSeconds;
  const seed = seedOf(runtime, call, purpose, id, kind, until);
  return { challenge: `${id}.${kind}.${until}.${seed}`, seed, expiresAt: new Date(until * 1000).toISOString() };
}

export function issueWork(runtime: Runtime, call: Call, purpose: Purpose, asked: number, more = 0): WorkChallenge {
  const bits = Math.min(most, bitsFor(asked) + more);
  return { kind: 'work', ...issue(runtime, call, purpose, `${bits}`), bits };
}

/** What the service is told of an action: at most 32 letters, digits, `_` and `-`. */
export const actionName = ({ module, action }: Purpose): string => `${module}_${action}`.slice(0, 32);

function issueTurnstile(runtime: Runtime, call: Call, purpose: Purpose): TurnstileChallenge {
  const frame = `${runtime.config.publicUrl}/embed/${call.site!.key}/captcha`;
  return { kind: 'turnstile', ...issue(runtime, call, purpose, byToken), action: actionName(purpose), frame };
}

/** What the site asks of its visitors, or more work where the browser cannot reach the site's service. */
export function issueChallenge(
  runtime: Runtime,
  call: Call,
  purpose: Purpose,
  { asked, without }: { readonly asked: number; readonly without: boolean },
): CaptchaChallenge {
  if (!call.site?.captcha) return issueWork(runtime, call, purpose, asked);
  return without ? issueWork(runtime, call, purpose, asked, instead) : issueTurnstile(runtime, call, purpose);
}

export type Judgement =
  | {
      readonly verdict: 'good';
      readonly id: string;
      readonly seed: string;
      /** Epoch seconds. */
      readonly until: number;
      /** For the service to judge. */
      readonly token?: string;
    }
  | { readonly verdict: 'invalid' | 'expired' };

/** A proof is `challenge~solution`. Neither whether it was used before nor what a service says of it is looked at. */
export function judgeProof(runtime: Runtime, call: Call, purpose: Purpose, proof: string): Judgement {
  const parts = /^([0-9a-f-]{36})\.(\d{1,2}|t)\.(\d{10,11})\.([\w-]{22})~([\w.-]{1,2048})$/.exec(proof);
  if (!parts) return { verdict: 'invalid' };
  const [, id, kind, untilText, seed, solution] = parts as unknown as [string, string, string, string, string, string];
  const until = Number(untilText);
  // 128 bits that an attacker cannot work out: how long the comparison takes tells nothing of use in five minutes.
  if (seedOf(runtime, call, purpose, id, kind, until) !== seed) return { verdict: 'invalid' };
  if (until * 1000 <= runtime.ports.clock.now()) return { verdict: 'expired' };
  if (kind === byToken) return { verdict: 'good', id, seed, until, token: solution };
  const solved = solution.length <= 128 && isSolution({ seed, bits: Number(kind) }, solution);
  return solved ? { verdict: 'good', id, seed, until } : { verdict: 'invalid' };
}
