/** The session's cookie. */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { ABSOLUTE_MS } from '../auth/sessions.ts';
import type { AppContext } from '../http/env.ts';

/** Sent as `__Host-inlay`: browsers then insist on Secure, Path=/ and this very host (RFC 6265bis section 4.1.3.2). */
const NAME = 'inlay';
const OPTIONS = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', prefix: 'host' } as const;

export const readSessionCookie = (c: AppContext): string | undefined => getCookie(c, NAME, 'host');

export const setSessionCookie = (c: AppContext, secret: string): void =>
  setCookie(c, NAME, secret, { ...OPTIONS, maxAge: ABSOLUTE_MS / 1000 });

export function clearSessionCookie(c: AppContext): void {
  deleteCookie(c, NAME, OPTIONS);
}
