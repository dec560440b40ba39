/** Variables, secrets and bindings of the Worker, parsed once in each isolate. */
import { z } from 'zod';
import {
  analyticsKept,
  analyticsVariables,
  fileLimits,
  fileVariables,
  flag,
  hostnameAccount,
  hostnameVariables,
  mailbox,
  origin,
  parseEnvironment,
} from '../../environment.ts';
import type { AlarmNamespace } from './alarms.ts';
import type { AssetsBinding } from './assets.ts';
import type { BucketBinding } from './blobs.ts';
import { createSqldAdmin, createTursoAdmin, type DatabaseAdmin } from './database-admin.ts';
import type { ShardNamespace } from './limiter.ts';

export interface WorkerBindings extends Readonly<Record<string, unknown>> {
  readonly ASSETS: AssetsBinding;
  readonly FILES: BucketBinding;
  readonly LIMITER: ShardNamespace;
  readonly ALARMS: AlarmNamespace;
}

export interface WorkerEnvironment {
  readonly publicUrl: string;
  readonly masterKey: Uint8Array;
  readonly demo: boolean;
  readonly files: ReturnType<typeof fileLimits>;
  readonly analytics: ReturnType<typeof analyticsKept>;
  readonly mailFrom: { readonly address: string; readonly name: string };
  readonly resendApiKey: string | undefined;
  /** Where tokens of Turnstile are verified; Cloudflare where it is not given. */
  readonly turnstileUrl: string | undefined;
  readonly hostnames: ReturnType<typeof hostnameAccount>;
  /** A resolver that speaks JSON over HTTPS; Cloudflare's where it is not given. */
  readonly dnsUrl: string | undefined;
  readonly databaseUrl: string;
  readonly databaseToken: string | undefined;
  readonly databaseAdmin: DatabaseAdmin;
}

const schema = z.object({
  PUBLIC_URL: origin,
  MASTER_KEY: z.string().regex(/^[\w-]{43}=?$/, 'must be 32 bytes in base64url'),
  INLAY_DEMO: flag.default(false),
  MAIL_FROM: mailbox.default({ address: 'inlay@localhost', name: 'Inlay' }),
  RESEND_API_KEY: z.string().optional(),
  TURNSTILE_URL: origin.optional(),
  DNS_URL: z.url().optional(),
  ...fileVariables,
  ...analyticsVariables,
  ...hostnameVariables,
  DATABASE_URL: z.string().regex(/^(?:https?|libsql):\/\//, 'must start with https:// or libsql://'),
  DATABASE_TOKEN: z.string().optional(),
  SQLD_ADMIN_URL: origin.optional(),
  SQLD_ADMIN_KEY: z.string().optional(),
  TURSO_ORGANIZATION: z.string().optional(),
  TURSO_GROUP: z.string().default('default'),
  TURSO_API_TOKEN: z.string().optional(),
  TURSO_API_URL: origin.optional(),
});

export function parseWorkerEnvironment(bindings: Readonly<Record<string, unknown>>): WorkerEnvironment {
  const env = parseEnvironment(schema, bindings);
  return {
    publicUrl: env.PUBLIC_URL,
    masterKey: fromBase64Url(env.MASTER_KEY),
    demo: env.INLAY_DEMO,
    files: fileLimits(env),
    analytics: analyticsKept(env),
    mailFrom: env.MAIL_FROM,
    resendApiKey: env.RESEND_API_KEY,
    turnstileUrl: env.TURNSTILE_URL,
    hostnames: hostnameAccount(env),
    dnsUrl: env.DNS_URL,
    databaseUrl: env.DATABASE_URL,
    databaseToken: env.DATABASE_TOKEN,
    databaseAdmin: adminOf(env),
  };
}

function adminOf(env: z.output<typeof schema>): DatabaseAdmin {
  if (env.SQLD_ADMIN_URL !== undefined) return createSqldAdmin({ url: env.SQLD_ADMIN_URL, key: env.SQLD_ADMIN_KEY });
  if (env.TURSO_ORGANIZATION !== undefined && env.TURSO_API_TOKEN !== undefined) {
    return createTursoAdmin({
      organization: env.TURSO_ORGANIZATION,
      group: env.TURSO_GROUP,
      token: env.TURSO_API_TOKEN,
      url: env.TURSO_API_URL,
    });
  }
  throw new Error('The environment is not right:\n  Set SQLD_ADMIN_URL, or TURSO_ORGANIZATION and TURSO_API_TOKEN.');
}

function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
  return Uint8Array.from(binary, character => character.charCodeAt(0));
}
