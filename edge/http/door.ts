/** What is turned away before any route looks: foreign host names, and addresses that no text can be. */
import { Problem } from '../../schemas/errors/index.ts';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
/** What a client's own name leads to: its widgets and what they ask for, never the dashboard or the control plane. */
const forVisitors = /^\/(?:$|\?|embed\/|p\/|api\/(?:m|files)\/|healthz(?:\?|$))/;

/** The refusal of a request to this URL, or undefined. */
export type Door = (url: string) => Problem | undefined | Promise<Problem | undefined>;

/** Whether a name is a client's own, and verified. */
export type LeadsHere = (host: string) => boolean | Promise<boolean>;

/**
 * Answers 421 for a host other than the installation's own and its clients', so that a name somebody points here (DNS rebinding) or a
 * forged `Host` reaches nothing; 400 for U+0000 in the address. Loopback names are whoever sits at the machine.
 */
export function createDoor(publicUrl: string, leadsHere: LeadsHere = () => false): Door {
  const own = new URL(publicUrl).hostname;
  return url => {
    if (url.includes('%00'))
      return Problem.of('INVALID_REQUEST', { detail: 'An address cannot hold the character U+0000.' });
    const start = url.indexOf('//') + 2;
    const end = url.indexOf('/', start);
    const hostname = url.slice(start, end < 0 ? undefined : end).replace(/:\d+$/, '');
    if (hostname === own || loopback.test(hostname)) return undefined;
    const path = end < 0 ? '/' : url.slice(end);
    const known = forVisitors.test(path) && leadsHere(hostname);
    return known instanceof Promise ? known.then(refuseUnless) : refuseUnless(known);
  };
}

const refuseUnless = (known: boolean): Problem | undefined => (known ? undefined : Problem.of('MISDIRECTED'));
