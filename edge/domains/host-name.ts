/** Host names that a client may bring. */
import { z } from 'zod';

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** In ASCII form (RFC 5890) and lower case; undefined for an address, a single label, or what is no name (RFC 1123 section 2.1). */
export function normalHost(text: string): string | undefined {
  const url = URL.parse(`https://${text.trim()}`);
  if (!url || url.host !== url.hostname || url.pathname !== '/' || url.username !== '') return undefined;
  const name = url.hostname.replace(/\.$/, '');
  const labels = name.split('.');
  const isName = labels.length > 1 && name.length <= 253 && labels.every(part => label.test(part));
  return isName && /[a-z]/.test(labels.at(-1)!) ? name : undefined;
}

export const hostName = z
  .string()
  .max(300)
  .transform((text, context) => {
    const name = normalHost(text);
    if (name) return name;
    context.addIssue({ code: 'custom', message: 'Give a host name, such as book.example.com.' });
    return z.NEVER;
  });

/** Where the owner of a name publishes the token. */
export const challengeName = (host: string): string => `_inlay-challenge.${host}`;
export const challengeText = (token: string): string => `inlay-site=${token}`;
