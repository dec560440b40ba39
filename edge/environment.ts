/** Parts of the environment that both hosts read the same way. */
import { z } from 'zod';

const FLAG: Readonly<Record<string, boolean>> = { '1': true, true: true, '0': false, false: false };

/** `1`, `true`, `0` or `false`. */
export const flag = z.enum(['1', 'true', '0', 'false']).transform(value => FLAG[value]!);

const bytes = (usual: number) => z.coerce.number().int().min(0).default(usual);

/** Limits on files, in bytes. */
export const fileVariables = {
  FILE_QUOTA_BYTES: bytes(5 * 1024 ** 3),
  FILE_MAX_BYTES: bytes(100 * 1024 ** 2),
  ARCHIVE_MAX_BYTES: bytes(1024 ** 3),
};

export const fileLimits = (env: z.output<z.ZodObject<typeof fileVariables>>) => ({
  quotaBytes: env.FILE_QUOTA_BYTES,
  maxBytes: env.FILE_MAX_BYTES,
  maxArchiveBytes: env.ARCHIVE_MAX_BYTES,
});

const days = (usual: number) => z.coerce.number().int().min(2).max(36_500).default(usual);

/** How long counts of visits are kept, in days. */
export const analyticsVariables = { ANALYTICS_HOURLY_DAYS: days(90), ANALYTICS_DAILY_DAYS: days(760) };

export const analyticsKept = (env: z.output<z.ZodObject<typeof analyticsVariables>>) => ({
  hourly: env.ANALYTICS_HOURLY_DAYS,
  daily: env.ANALYTICS_DAILY_DAYS,
});

/** An origin such as `https://app.example.com`; a trailing slash is cut. */
export const origin = z.url({ protocol: /^https?$/ }).transform((value, context) => {
  const url = new URL(value);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    context.addIssue({ code: 'custom', message: 'must be an origin alone, such as https://app.example.com' });
  }
  return url.origin;
});

/** Where Cloudflare for SaaS serves clients' names: the zone, and a token that may edit its SSL and certificates. */
export const hostnameVariables = {
  HOSTNAMES_ZONE: z.string().optional(),
  HOSTNAMES_TOKEN: z.string().optional(),
  HOSTNAMES_API_URL: origin.optional(),
};

/** Undefined where a server in front gets the certificates. */
export const hostnameAccount = (env: z.output<z.ZodObject<typeof hostnameVariables>>) => {
  const { HOSTNAMES_ZONE: zone, HOSTNAMES_TOKEN: token, HOSTNAMES_API_URL: apiUrl } = env;
  if (zone && token) return { zone, token, apiUrl };
  if (zone || token)
    throw new Error('The environment is not right:\n  Set HOSTNAMES_ZONE and HOSTNAMES_TOKEN, or neither.');
  return undefined;
};

/** `Name <address>` or an address alone. */
export const mailbox = z.string().transform((value, context) => {
  const [, name = '', address = ''] = /^\s*(?:(.*?)\s*<([^<>\s]+@[^<>\s]+)>|([^<>\s]+@[^<>\s]+))\s*$/.exec(value) ?? [];
  const bare = address || value.trim();
  if (!/^[^<>\s]+@[^<>\s]+$/.test(bare)) {
    context.addIssue({ code: 'custom', message: 'must be an address or "Name <address>"' });
  }
  return { address: bare, name: name.replace(/^"(.*)"$/, '$1') || 'Inlay' };
});

/** Parses an environment; an empty variable counts as a missing one. Throws with every problem by name. */
export function parseEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, unknown>>,
): z.output<Schema> {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== '' && value !== undefined),
  );
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`The environment is not right:\n${problems.join('\n')}`);
}
