/** POST .../actions/{action}/challenge: what a visitor's browser has to solve before the action. */
import type { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import { issueChallenge, validSeconds } from '../captcha/challenge.ts';
import { checkAction } from '../engine/access.ts';
import type { AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import { rateLimited } from '../http/rate-limit.ts';
import type { DataDeps } from './open-request.ts';
import { base, open, send } from './request.ts';

/** Challenges that one visitor address may ask of one site in `validSeconds`. */
const mostChallenges = 600;

const asking = z.strictObject({ without: z.literal('turnstile').optional() });

export function addCaptchaRoutes(routes: Hono<AppEnv>, deps: DataDeps): void {
  routes.post(`${base}/actions/:action/challenge`, async c => {
    const { call, module } = await open(deps, c);
    const action = module.actions.get(c.req.param('action') ?? '');
    if (!action) throw Problem.of('NOT_FOUND');
    checkAction(module, action, call.actor);
    if (!action.json.captcha || call.actor.kind !== 'visitor') throw Problem.of('NOT_FOUND');
    const { without } = await readValid(c.req.raw, asking);
    const { limiter } = deps.runtime.ports;
    const verdict = await limiter.take(
      `captcha-asked:${call.actor.siteId}:${call.callerHash}`,
      mostChallenges,
      validSeconds,
    );
    if (!verdict.allowed) throw rateLimited(verdict);
    const asked = verdict.limit - verdict.remaining;
    const purpose = { module: module.name, action: action.name };
    const data = issueChallenge(deps.runtime, call, purpose, { asked, without: without !== undefined });
    return send(c, { status: 200, body: JSON.stringify({ data }) });
  });
}
