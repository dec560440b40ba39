/** Who may pass to a route: the page it came from, the session it carries, the role it has. */
import { createFactory } from 'hono/factory';
import { Problem } from '../../schemas/errors/index.ts';
import type { MembershipRole } from '../../schemas/protocol/index.ts';
import { findSession } from '../auth/sessions.ts';
import type { AppContext, AppEnv } from '../http/env.ts';
import { isJson } from '../http/json-body.ts';
import type { ControlDeps } from './deps.ts';
import { readSessionCookie } from './session-cookie.ts';

const { createMiddleware } = createFactory<AppEnv>();

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a write that another website could have caused: a form can send neither our Origin nor JSON.
 * For cookie routes, those that set one included.
 */
export const sameOrigin = ({ config }: ControlDeps) =>
  createMiddleware(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    if (!SAFE.has(c.req.method)) refuseForeign(c, config.publicUrl);
    await next();
  });

function refuseForeign(c: AppContext, publicUrl: string): void {
  const origin = c.req.header('origin');
  if (origin === undefined || (origin !== publicUrl && origin !== new URL(c.req.url).origin)) {
    throw Problem.of('ORIGIN_NOT_ALLOWED');
  }
  const contentType = c.req.header('content-type');
  // A DELETE has no body; no form can send one either.
  if (contentType === undefined && c.req.method === 'DELETE') return;
  if (!isJson(contentType)) throw Problem.of('UNSUPPORTED_MEDIA_TYPE');
}

const requireRole = (deps: ControlDeps, roles: readonly MembershipRole[]) =>
  createMiddleware(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    if (!SAFE.has(c.req.method)) refuseForeign(c, deps.config.publicUrl);
    const secret = readSessionCookie(c);
    const { db } = deps;
    const session = secret === undefined ? undefined : await findSession({ db, ...deps.ports }, secret);
    if (!session) throw Problem.of('UNAUTHENTICATED');
    // Before any id is looked at, so that a refusal tells nothing about what exists.
    if (!roles.includes(session.role)) throw Problem.of('FORBIDDEN');
    c.set('session', session);
    await next();
  });

/** The four kinds of cookie route. */
export const guards = (deps: ControlDeps) => ({
  /** No session, yet not from another website. */
  open: sameOrigin(deps),
  /** Anyone signed in, a client's own people included; the query narrows what they see. */
  anyone: requireRole(deps, ['owner', 'admin', 'member', 'client']),
  /** The agency's people. */
  staff: requireRole(deps, ['owner', 'admin', 'member']),
  /** Those who run the agency. */
  admin: requireRole(deps, ['owner', 'admin']),
});

/** Whether a role may give or take another: an owner is made and removed by owners alone. */
export const mayManage = (own: MembershipRole, other: MembershipRole): boolean => other !== 'owner' || own === 'owner';
