/** The gate before an action that asks visitors for a proof. */
import { Problem } from '../../schemas/errors/index.ts';
import { type Call, isRepeat } from '../engine/call.ts';
import type { CompiledAction, CompiledModule } from '../engine/compile/module.ts';
import type { Runtime } from '../engine/runtime.ts';
import { judgeProof } from './challenge.ts';
import { checkToken } from './check-token.ts';

/** With `captcha: 'auto'`, calls of one visitor address on one site in `quietSeconds` that need no proof. */
const quiet = 3;
const quietSeconds = 600;

/**
 * Throws CAPTCHA_REQUIRED, CAPTCHA_INVALID, CAPTCHA_EXPIRED or CAPTCHA_USED. A proof is used up here, before the action runs, so that
 * one that fails may not be tried again with it.
 */
export async function checkProof(
  runtime: Runtime,
  call: Call,
  module: CompiledModule,
  action: CompiledAction,
): Promise<void> {
  const { captcha } = action.json;
  if (!captcha || call.actor.kind !== 'visitor') return;
  const { limiter } = runtime.ports;
  const purpose = { module: module.name, action: action.name };
  const about = `${call.actor.siteId}:${purpose.module}.${purpose.action}`;
  if (captcha === 'auto' && !call.proof) {
    const verdict = await limiter.take(`captcha-quiet:${about}:${call.callerHash}`, quiet, quietSeconds);
    if (verdict.allowed) return;
  }
  if (!call.proof) throw Problem.of('CAPTCHA_REQUIRED', { detail: 'Ask for a challenge and send the proof along.' });
  const judged = judgeProof(runtime, call, purpose, call.proof);
  if (judged.verdict === 'expired') throw Problem.of('CAPTCHA_EXPIRED');
  if (judged.verdict !== 'good') throw Problem.of('CAPTCHA_INVALID');
  // Windows begin at multiples of their length, so one that is as long as all time until the proof ends, ends with it.
  const first = await limiter.take(`captcha-used:${judged.seed}`, 1, judged.until);
  if (first.allowed) {
    if (judged.token) await checkToken(runtime, call, purpose, judged, judged.token);
    return;
  }
  // A call that is repeated because its reply was lost gets that reply.
  if (!(await isRepeat(runtime, call))) throw Problem.of('CAPTCHA_USED');
}
