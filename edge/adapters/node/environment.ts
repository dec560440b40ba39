/** The environment of a Node installation, parsed once. */
import { resolve } from 'node:path';
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

export interface NodeEnvironment {
  /** 0 picks a free one. */
  readonly port: number;
  /** Address to listen on. */
  readonly hostname: string;
  readonly dataFolder: string;
  readonly publicUrl: string;
  readonly demo: boolean;
  /** Port of the demo business's website. */
  readonly sitePort: number;
  readonly watch: boolean;
  readonly trustedProxies: number;
  readonly files: ReturnType<typeof fileLimits>;
  readonly analytics: ReturnType<typeof analyticsKept>;
  readonly mailFrom: { readonly address: string; readonly name: string };
  readonly resendApiKey: string | undefined;
  /** Where tokens of Turnstile are verified; Cloudflare where it is not given. */
  readonly turnstileUrl: string | undefined;
  readonly hostnames: ReturnType<typeof hostnameAccount>;
  /** Where names are looked up, as `address` or `address:port`; the system's resolver where it is not given. */
  readonly dnsServers: readonly string[] | undefined;
}

const port = z.coerce.number().int().min(0).max(65535);

const schema = z.object({
  PORT: port.default(8787),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  PUBLIC_URL: origin.optional(),
  SITE_PORT: port.default(8788),
  INLAY_DEMO: flag.optional(),
  INLAY_WATCH: flag.default(false),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  MAIL_FROM: mailbox.default({ address: 'inlay@localhost', name: 'Inlay' }),
  RESEND_API_KEY: z.string().optional(),
  TURNSTILE_URL: origin.optional(),
  DNS_SERVERS: z.string().optional(),
  ...fileVariables,
  ...analyticsVariables,
  ...hostnameVariables,
});

/** The demo is on where nothing says under which address the installation is reached: that is a first try. */
export function parseNodeEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): NodeEnvironment {
  const env = parseEnvironment(schema, environment);
  const demo = env.INLAY_DEMO ?? env.PUBLIC_URL === undefined;
  return {
    port: env.PORT,
    hostname: env.HOST,
    dataFolder: resolve(env.DATA_DIR),
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    demo: args.includes('--no-demo') ? false : demo,
    sitePort: env.SITE_PORT,
    watch: env.INLAY_WATCH,
    trustedProxies: env.TRUSTED_PROXIES,
    files: fileLimits(env),
    analytics: analyticsKept(env),
    mailFrom: env.MAIL_FROM,
    resendApiKey: env.RESEND_API_KEY,
    turnstileUrl: env.TURNSTILE_URL,
    hostnames: hostnameAccount(env),
    dnsServers: env.DNS_SERVERS?.split(',').map(server => server.trim()),
  };
}
