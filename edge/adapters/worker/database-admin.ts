/** Creates, copies and deletes databases: namespaces of a libSQL server, or databases of the Turso platform. */
import { DatabaseError } from '../../../schemas/ports/index.ts';

export interface DatabaseAdmin {
  /** Creates the database unless it exists. */
  create(name: string): Promise<void>;
  /** Makes `to` a copy of one instant; refused where `to` is taken. */
  copy(name: string, to: string): Promise<void>;
  /** Deletes the database if it exists. */
  drop(name: string): Promise<void>;
}

export interface SqldAdminOptions {
  /** Origin of the server's admin listener. */
  readonly url: string;
  /** The server's `--admin-auth-key`, if it has one. */
  readonly key?: string;
}

export interface TursoAdminOptions {
  readonly organization: string;
  readonly group: string;
  readonly token: string;
  /** Origin of the API; another one only in tests. */
  readonly url?: string;
}

const TIMEOUT_MS = 15_000;
const COPY_TIMEOUT_MS = 120_000;

/** The admin API of sqld. */
export function createSqldAdmin({ url, key }: SqldAdminOptions): DatabaseAdmin {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `basic ${key}` };
  return {
    async create(name) {
      const reply = await send(`${url}/v1/namespaces/${name}/create`, 'POST', headers, {});
      if (!reply.ok && !reply.text.includes('already exists')) throw refused('create', name, reply);
    },
    async copy(name, to) {
      const reply = await send(`${url}/v1/namespaces/${name}/fork/${to}`, 'POST', headers, {}, COPY_TIMEOUT_MS);
      if (!reply.ok) throw refused('copy', name, reply);
    },
    async drop(name) {
      const reply = await send(`${url}/v1/namespaces/${name}`, 'DELETE', headers);
      if (!reply.ok && reply.status !== 404) throw refused('drop', name, reply);
    },
  };
}

/** The Turso platform API (https://docs.turso.tech/api-reference/databases). */
export function createTursoAdmin({
  organization,
  group,
  token,
  url = 'https://api.turso.tech',
}: TursoAdminOptions): DatabaseAdmin {
  const databases = `${url}/v1/organizations/${encodeURIComponent(organization)}/databases`;
  const headers = { authorization: `Bearer ${token}` };
  return {
    async create(name) {
      const reply = await send(databases, 'POST', headers, { name, group });
      if (!reply.ok && reply.status !== 409) throw refused('create', name, reply);
    },
    async copy(name, to) {
      const seed = { type: 'database', name };
      const reply = await send(databases, 'POST', headers, { name: to, group, seed }, COPY_TIMEOUT_MS);
      if (!reply.ok) throw refused('copy', name, reply);
    },
    async drop(name) {
      const reply = await send(`${databases}/${name}`, 'DELETE', headers);
      if (!reply.ok && reply.status !== 404) throw refused('drop', name, reply);
    },
  };
}

interface Reply {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
}

async function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: object,
  timeoutMs = TIMEOUT_MS,
): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { ok: response.ok, status: response.status, text: (await response.text()).slice(0, 500) };
  } catch (error) {
    throw new DatabaseError('unavailable', 'The database service cannot be reached.', undefined, error);
  }
}

function refused(verb: string, name: string, { status, text }: Reply): DatabaseError {
  return new DatabaseError('unavailable', `The database service would not ${verb} "${name}": ${status} ${text}`);
}
