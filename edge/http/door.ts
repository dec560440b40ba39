/** What is turned away before any route looks: foreign host names, and addresses that no text can be. */
import type { MiddlewareHandler } from 'hono';
import { Problem } from '../../schemas/errors/index.ts';
import type { AppEnv } from './env.ts';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Answers 421 for a host other than the installation's own, so that a name somebody points here (DNS rebinding) or a forged `Host`
 * reaches nothing; 400 for U+0000 in the address. Loopback names are whoever sits at the machine.
 */
export function door(publicUrl: string): MiddlewareHandler<AppEnv> {
  const own = new URL(publicUrl).hostname;
  return async (c, next) => {
    const { url } = c.req;
    const start = url.indexOf('//') + 2;
    const end = url.indexOf('/', start);
    const hostname = url.slice(start, end < 0 ? undefined : end).replace(/:\d+$/, '');
    if (hostname !== own && !loopback.test(hostname)) throw Problem.of('MISDIRECTED');
    if (url.includes('%00'))
      throw Problem.of('INVALID_REQUEST', { detail: 'An address cannot hold the character U+0000.' });
    await next();
  };
}
