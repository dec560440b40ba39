/** Asks the site's service about the token of a proof. */
import { Problem } from '../../schemas/errors/index.ts';
import type { Call } from '../engine/call.ts';
import type { Runtime } from '../engine/runtime.ts';
import { actionName, type Judgement, type Purpose } from './challenge.ts';
import { openSecret } from './site-captcha.ts';

/** Throws CAPTCHA_INVALID, CAPTCHA_EXPIRED, and CAPTCHA_REQUIRED where nothing is known and work may take the token's place. */
export async function checkToken(
  runtime: Runtime,
  call: Call,
  purpose: Purpose,
  { id, seed }: Extract<Judgement, { readonly verdict: 'good' }>,
  token: string,
): Promise<void> {
  const { site } = call;
  const instead = 'Ask for a challenge without this service and send its proof along.';
  // It was chosen when the challenge was handed out, and is no more.
  if (!site?.captcha) throw Problem.of('CAPTCHA_REQUIRED', { detail: instead });
  const secret = await openSecret(runtime.config, site.id, site.captcha.secretSealed);
  const said = await runtime.ports.captchaService.verify({ secret, token, id });
  if (said.verdict === 'no-answer' || said.verdict === 'unknown-secret')
    throw Problem.of('CAPTCHA_REQUIRED', { detail: instead });
  if (said.verdict === 'spent') throw Problem.of('CAPTCHA_EXPIRED');
  // The page with the service's script is ours, whatever page it is shown in.
  const { hostname } = new URL(runtime.config.publicUrl);
  const fits =
    said.verdict === 'passed' &&
    said.hostname === hostname &&
    said.action === actionName(purpose) &&
    said.data === seed;
  if (!fits) throw Problem.of('CAPTCHA_INVALID');
}
