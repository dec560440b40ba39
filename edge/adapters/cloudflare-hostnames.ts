/** Custom hostnames of Cloudflare for SaaS (https://developers.cloudflare.com/api/resources/custom_hostnames/). */
import { z } from 'zod';
import {
  type Certificates,
  CertificatesError,
  type HostCertificate,
  type HostRecord,
} from '../../schemas/ports/index.ts';

export interface CloudflareHostnamesOptions {
  /** The zone that Cloudflare for SaaS is on for. */
  readonly zone: string;
  /** A token with the permission "SSL and Certificates: Edit" on that zone. */
  readonly token: string;
  /** Origin of the API; another one only in tests. */
  readonly apiUrl?: string | undefined;
}

const TIMEOUT_MS = 10_000;
/** Validated by a file that Cloudflare serves itself as soon as the name leads to it. */
const certificate = { method: 'http', type: 'dv', settings: { min_tls_version: '1.2' } };
/** "Duplicate custom hostname found." */
const duplicate = 1406;
/** Names that cannot be: malformed, reserved, not allowed. */
const isBadName = (code: number): boolean => code >= 1407 && code <= 1421 && code !== 1413 && code !== 1414;

const errorSchema = z.object({ code: z.number(), message: z.string() });
const envelopeSchema = z.object({
  success: z.boolean(),
  errors: z.array(errorSchema).default([]),
  result: z.unknown(),
});
const said = z.array(z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)]));
const hostnameSchema = z.object({
  id: z.string(),
  hostname: z.string(),
  status: z.string().default('pending'),
  verification_errors: said.nullish(),
  ownership_verification: z.object({ type: z.string(), name: z.string(), value: z.string() }).nullish(),
  ssl: z
    .object({
      status: z.string().default('initializing'),
      validation_errors: said.nullish(),
      validation_records: z
        .array(z.object({ txt_name: z.string().optional(), txt_value: z.string().optional() }))
        .nullish(),
    })
    .nullish(),
});
type CustomHostname = z.output<typeof hostnameSchema>;

interface Reply {
  readonly status: number;
  readonly errors: readonly z.output<typeof errorSchema>[];
  readonly result: unknown;
}

export function createCloudflareHostnames({
  zone,
  token,
  apiUrl = 'https://api.cloudflare.com',
}: CloudflareHostnamesOptions): Certificates {
  const hostnames = `${apiUrl}/client/v4/zones/${encodeURIComponent(zone)}/custom_hostnames`;

  async function send(method: string, path: string, body?: object): Promise<Reply> {
    let response: Response;
    let envelope: z.output<typeof envelopeSchema> | undefined;
    try {
      response = await fetch(`${hostnames}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      envelope = envelopeSchema.safeParse(await response.json().catch(() => undefined)).data;
    } catch (cause) {
      throw new CertificatesError('Cloudflare cannot be reached.', { cause });
    }
    const { status } = response;
    const { errors = [], result } = envelope ?? {};
    if (response.ok && envelope?.success) return { status, errors: [], result };
    if (status < 500 && status !== 429 && errors.length > 0) return { status, errors, result };
    const retryAfter = Number(response.headers.get('retry-after')) || (status === 429 ? 300 : undefined);
    throw new CertificatesError(`Cloudflare answered ${status}${inWords(errors)}`, {
      ...(retryAfter && { retryAfter }),
    });
  }

  async function look(host: string): Promise<CustomHostname | undefined> {
    const reply = await send('GET', `?hostname=${encodeURIComponent(host)}`);
    if (reply.errors.length > 0) throw refused('list', reply);
    // The filter matches parts of names too.
    return parse(z.array(hostnameSchema), reply.result).find(({ hostname }) => hostname.toLowerCase() === host);
  }

  return {
    async ensure(host) {
      const reply = await send('POST', '', { hostname: host, ssl: certificate });
      const [error] = reply.errors;
      if (!error) return toCertificate(parse(hostnameSchema, reply.result));
      if (isBadName(error.code)) return failed(error.message);
      if (error.code !== duplicate) throw refused('create', reply);
      const known = await look(host);
      if (!known) return failed('Another account of Cloudflare has this name. Remove it there first.');
      const state = toCertificate(known);
      if (state.state !== 'failed') return state;
      // The same settings once more start the validation anew.
      const again = await send('PATCH', `/${known.id}`, { ssl: certificate });
      if (again.errors.length > 0) throw refused('edit', again);
      return toCertificate(parse(hostnameSchema, again.result));
    },
    async find(host) {
      const known = await look(host);
      return known && toCertificate(known);
    },
    async release(host) {
      const known = await look(host);
      if (!known) return;
      const reply = await send('DELETE', `/${known.id}`);
      if (reply.errors.length > 0 && reply.status !== 404) throw refused('delete', reply);
    },
  };
}

function parse<Schema extends z.ZodType>(schema: Schema, result: unknown): z.output<Schema> {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  throw new CertificatesError('Cloudflare answered in a form that is not known.', { cause: parsed.error });
}

const inWords = (errors: Reply['errors']): string => errors.map(({ code, message }) => `: ${code} ${message}`).join('');

const refused = (verb: string, { status, errors }: Reply): CertificatesError =>
  new CertificatesError(`Cloudflare would not ${verb} a custom hostname, ${status}${inWords(errors)}`);

const failed = (reason: string): HostCertificate => ({ state: 'failed', records: [], reason });

/** Both have to be active: a name that is, without a certificate that is, answers with an error of TLS. */
function toCertificate({ status, ssl, verification_errors, ownership_verification }: CustomHostname): HostCertificate {
  const reason = [...(verification_errors ?? []), ...(ssl?.validation_errors ?? [])].join(' ') || null;
  const issued = ssl?.status ?? 'initializing';
  if (/^active/.test(status) && issued === 'active') return { state: 'ready', records: [], reason: null };
  if (
    /^(?:moved|deleted|pending_deletion|blocked|pending_blocked)$/.test(status) ||
    /timed_out$|^expired$|^deleted$|^inactive$/.test(issued)
  )
    return { state: 'failed', records: [], reason: reason ?? `${status}, ${issued}` };
  const records: HostRecord[] = [];
  if (ownership_verification?.type === 'txt' && status !== 'active')
    records.push({ type: 'TXT', name: ownership_verification.name, value: ownership_verification.value });
  for (const { txt_name: name, txt_value: value } of ssl?.validation_records ?? [])
    if (name && value) records.push({ type: 'TXT', name, value });
  return { state: 'pending', records, reason };
}
