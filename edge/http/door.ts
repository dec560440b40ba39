/** What is turned away before any route looks: foreign host names, and addresses that no text can be. */
import { Problem } from '../../schemas/errors/index.ts';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The refusal of a request to this URL, or undefined. */
export type Door = (url: string) => Problem | undefined;

/**
 * Answers 421 for a host other than the installation's own, so that a name somebody points here (DNS rebinding) or a forged `Host`
 * reaches nothing; 400 for U+0000 in the address. Loopback names are whoever sits at the machine.
 */
export function createDoor(publicUrl: string): Door {
  const own = new URL(publicUrl).hostname;
  return url => {
    const start = url.indexOf('//') + 2;
    const end = url.indexOf('/', start);
    const hostname = url.slice(start, end < 0 ? undefined : end).replace(/:\d+$/, '');
    if (hostname !== own && !loopback.test(hostname)) return Problem.of('MISDIRECTED');
    if (!url.includes('%00')) return undefined;
    return Problem.of('INVALID_REQUEST', { detail: 'An address cannot hold the character U+0000.' });
  };
}
