/** The data plane of one client: exchanges the session for a short token, and speaks to any module's entities and actions. */
import type { AccessToken, ListEnvelope, RecordBase, RecordEnvelope } from '../../schemas/protocol/index.ts';
import { type Call, type Fetch, send } from './http.ts';
import { ApiProblem } from './problem.ts';

/** A record of an entity that is known from its manifest alone. */
export type AnyRecord = RecordBase & { readonly [field: string]: unknown };

/** Names an entity: module, its major version, entity. */
export interface EntityAddress {
  readonly module: string;
  readonly version: number;
  readonly entity: string;
}

export interface ListQuery {
  /** Field -> operator -> value. */
  readonly filter?: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
  readonly sort?: string;
  readonly size?: number;
  readonly after?: string | null;
  readonly count?: boolean;
}

/** The token is renewed when less than this is left of it. */
const margin = 30_000;

export const listPath = (at: EntityAddress, query: ListQuery = {}): string => {
  const search = new URLSearchParams();
  for (const [field, operators] of Object.entries(query.filter ?? {})) {
    for (const [operator, value] of Object.entries(operators)) search.set(`filter[${field}][${operator}]`, `${value}`);
  }
  if (query.sort) search.set('sort', query.sort);
  if (query.size) search.set('page[size]', `${query.size}`);
  if (query.after) search.set('page[after]', query.after);
  if (query.count) search.set('count', 'exact');
  const text = search.toString();
  return `${entityPath(at)}${text ? `?${text}` : ''}`;
};

const entityPath = (at: EntityAddress) => `/api/m/${at.module}/v${at.version}/${at.entity}`;

export class DataClient {
  readonly clientId: string;
  readonly #fetch: Fetch;
  readonly #exchange: () => Promise<AccessToken>;
  #token: Promise<AccessToken> | undefined;
  #expires = 0;

  constructor(fetch: Fetch, clientId: string, exchange: () => Promise<AccessToken>) {
    this.#fetch = fetch;
    this.clientId = clientId;
    this.#exchange = exchange;
  }

  async #bearer(): Promise<string> {
    if (!this.#token || Date.now() > this.#expires - margin) {
      const pending = this.#exchange();
      this.#token = pending;
      this.#expires = Number.POSITIVE_INFINITY;
      try {
        this.#expires = Date.parse((await pending).expiresAt);
      } catch (error) {
        if (this.#token === pending) this.#token = undefined;
        throw error;
      }
    }
    return (await this.#token).token;
  }

  async #call<T>(call: Call): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      const headers = { ...call.headers, Authorization: `Bearer ${await this.#bearer()}` };
      try {
        return await send<T>(this.#fetch, { ...call, headers });
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 401 || attempt > 0) throw error;
        this.#token = undefined;
      }
    }
  }

  list<T = AnyRecord>(at: EntityAddress, query: ListQuery = {}): Promise<ListEnvelope<T>> {
    return this.#call({ path: listPath(at, query) });
  }

  async get<T = AnyRecord>(at: EntityAddress, id: string): Promise<T> {
    return (await this.#call<RecordEnvelope<T>>({ path: `${entityPath(at)}/${id}` })).data;
  }

  async create<T = AnyRecord>(at: EntityAddress, body: unknown, intent: string): Promise<T> {
    return (await this.#call<RecordEnvelope<T>>({ method: 'POST', path: entityPath(at), body, intent })).data;
  }

  /** `rev` is the version the change was made on; null overwrites whatever is there. */
  async update<T = AnyRecord>(
    at: EntityAddress,
    id: string,
    body: unknown,
    options: { readonly rev: number | null; readonly intent: string },
  ): Promise<T> {
    const headers: Record<string, string> = options.rev === null ? {} : { 'If-Match': `"${options.rev}"` };
    const path = `${entityPath(at)}/${id}`;
    return (await this.#call<RecordEnvelope<T>>({ method: 'PATCH', path, body, headers, intent: options.intent })).data;
  }

  remove(at: EntityAddress, id: string, intent: string): Promise<void> {
    return this.#call({ method: 'DELETE', path: `${entityPath(at)}/${id}`, intent });
  }

  async transition<T = AnyRecord>(at: EntityAddress, id: string, name: string, intent: string): Promise<T> {
    const path = `${entityPath(at)}/${id}/transitions/${name}`;
    return (await this.#call<RecordEnvelope<T>>({ method: 'POST', path, body: {}, intent })).data;
  }

  async action<T>(at: Omit<EntityAddress, 'entity'>, name: string, input: unknown, intent: string): Promise<T> {
    const path = `/api/m/${at.module}/v${at.version}/actions/${name}`;
    return (await this.#call<RecordEnvelope<T>>({ method: 'POST', path, body: input, intent })).data;
  }
}
