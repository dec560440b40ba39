/** The members of the control plane's bodies, each with the one rule that holds everywhere. */
import { z } from 'zod';
import { parseInstant } from '../../schemas/time/index.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it refuses
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/;

/** One line of text; no line break that could end up in a mail header. */
export const name = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(120)
  .refine(text => !CONTROL_CHARACTERS.test(text), 'Use one line of plain text.');

export const email = z.string().max(254).trim().toLowerCase().pipe(z.email('Give an e-mail address.'));

export const password = z.string().min(10, 'Use 10 characters or more.').max(200);

export const id = z.guid();

export const zone = z.string().max(64).refine(isZone, 'Give an IANA time zone, such as Europe/Prague.');

export const locale = z
  .string()
  .max(35)
  .refine(isLocale, 'Give a BCP 47 language tag, such as en or cs-CZ.')
  .transform(tag => Intl.getCanonicalLocales(tag)[0] ?? tag);

// A closed form, since it ends up in a style sheet.
const COLOUR = /^(?:#[0-9a-f]{3,8}|[a-z]{3,24}|(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\([0-9a-z.,%/ +-]{1,60}\))$/i;

export const theme = z.strictObject({
  accent: z.string().regex(COLOUR, 'Give a CSS colour.').optional(),
  radius: z
    .string()
    .regex(/^(?:0|\d{1,3}(?:\.\d{1,2})?(?:px|rem|em|%))$/, 'Give a CSS length, such as 8px.')
    .optional(),
  scheme: z.enum(['light', 'dark', 'auto']).optional(),
});

/** RFC 3339; epoch milliseconds. */
export const instant = z
  .string()
  .max(40)
  .transform((text, context) => {
    const at = parseInstant(text);
    if (at !== undefined) return at;
    context.addIssue({ code: 'custom', message: 'Give an instant, such as 2027-01-31T23:00:00Z.' });
    return z.NEVER;
  });

/** Who is counted on a site. */
export const analytics = z.enum(['off', 'cookieless', 'consent']);

export const settings = z.record(z.string().max(60), z.unknown());

export const scopes = z
  .array(z.string().regex(/^(?:\*|[a-z][a-z0-9-]{0,62}:(?:read|write))$/, 'Give * or module:read or module:write.'))
  .min(1)
  .max(50)
  .transform(list => [...new Set(list)]);

/** Stored as `new URL(x).origin`; a path that was pasted along is dropped. */
export const origin = z
  .string()
  .trim()
  .max(300)
  .transform((text, context) => {
    const normal = normalOrigin(text);
    if (normal) return normal;
    context.addIssue({ code: 'custom', message: 'Give the address of a website, such as https://www.example.com.' });
    return z.NEVER;
  });

/** Undefined for what is no website's origin: http is for this machine alone. */
export function normalOrigin(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || url.username + url.password !== '' || url.hostname === '' || url.hostname.includes('*')) return undefined;
  if (url.protocol === 'https:') return url.origin;
  const isLocal = /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  return url.protocol === 'http:' && isLocal ? url.origin : undefined;
}

function isZone(zone: string): boolean {
  try {
    return /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
