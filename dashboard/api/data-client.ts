/** The data plane of one client: exchanges the session for a short token, and speaks to any module's entities and actions. */
import type { FieldProblem } from '../../schemas/errors/index.ts';
import type { AccessToken, ListEnvelope, RecordBase, RecordEnvelope } from '../../schemas/protocol/index.ts';
import type { Answer } from './contexts.ts';
import { type Call, type Fetch, jsonOf, sendRaw } from './http.ts';
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
  /** Words to be found in the searched fields. */
  readonly q?: string;
  /** Deleted records that are kept, instead of the others. */
  readonly deleted?: boolean;
}

export type BulkOperation =
  | { readonly op: 'delete'; readonly id: string }
  | { readonly op: 'transition'; readonly id: string; readonly transition: string; readonly data?: Answer };

/** What became of one operation of many. */
export interface BulkOutcome {
  readonly status: number;
  readonly data?: AnyRecord;
  readonly error?: { readonly title: string; readonly detail?: string };
}

export interface ImportRequest {
  readonly csv: string;
  /** Column -> field. */
  readonly mapping: Readonly<Record<string, string>>;
  /** Field by whose value a row finds the record to change. */
  readonly match?: string;
  readonly dryRun: boolean;
}

export interface ImportReport {
  readonly import: string | null;
  readonly new: number;
  readonly update: number;
  readonly error: number;
  /** `row` counts from 1, without the header. */
  readonly errors: readonly (FieldProblem & { readonly row: number })[];
}

/** Something that was done to a record. */
export interface HistoryEntry {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id: string | null };
  /** created, updated, deleted, restored, or the name of a step. */
  readonly action: string;
  readonly diff: Readonly<Record<string, unknown>> | null;
}

/** What is known of a stored file from its reply. */
export interface StoredFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
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
  if (query.q) search.set('q', query.q);
  if (query.deleted) search.set('deleted', 'only');
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

  async #raw(call: Call): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      // Texts come in all their languages, so that each can be edited.
      const headers = { ...call.headers, 'Accept-Language': '*', Authorization: `Bearer ${await this.#bearer()}` };
      try {
        return await sendRaw(this.#fetch, { ...call, headers });
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 401 || attempt > 0) throw error;
        this.#token = undefined;
      }
    }
  }

  async #call<T>(call: Call): Promise<T> {
    return jsonOf<T>(await this.#raw(call));
  }

  list<T = AnyRecord>(at: EntityAddress, query: ListQuery = {}): Promise<ListEnvelope<T>> {
    return this.#call({ path: listPath(at, query) });
  }

  async get<T = AnyRecord>(at: EntityAddress, id: string): Promise<T> {
    return (await this.#call<RecordEnvelope<T>>({ path: `${entityPath(at)}/${id}` })).data;
  }

  /** The latest first, at most a hundred. */
  async history(at: EntityAddress, id: string): Promise<readonly HistoryEntry[]> {
    const path = `${entityPath(at)}/${id}/history?${new URLSearchParams({ 'page[size]': '100' })}`;
    return (await this.#call<{ data: HistoryEntry[] }>({ path })).data;
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

  /** `input` says why, where the step asks for it. */
  async transition<T = AnyRecord>(
    at: EntityAddress,
    id: string,
    name: string,
    intent: string,
    input: Answer = {},
  ): Promise<T> {
    const path = `${entityPath(at)}/${id}/transitions/${name}`;
    return (await this.#call<RecordEnvelope<T>>({ method: 'POST', path, body: input, intent })).data;
  }

  /** Of a record that was deleted and kept. */
  async restore(at: EntityAddress, id: string, intent: string): Promise<AnyRecord> {
    const path = `${entityPath(at)}/${id}/restore`;
    return (await this.#call<RecordEnvelope<AnyRecord>>({ method: 'POST', path, body: {}, intent })).data;
  }

  /** At most 100 operations, each by itself; what was refused is in its outcome. */
  async bulk(at: EntityAddress, operations: readonly BulkOperation[], intent: string): Promise<readonly BulkOutcome[]> {
    const body = { mode: 'each', operations };
    const path = `${entityPath(at)}/bulk`;
    return (await this.#call<{ data: BulkOutcome[] }>({ method: 'POST', path, body, intent })).data;
  }

  async exportCsv(at: EntityAddress, query: ListQuery): Promise<Blob> {
    const path = listPath(at, query).replace(entityPath(at), `${entityPath(at)}/export.csv`);
    return (await this.#raw({ path })).blob();
  }

  async importCsv(at: EntityAddress, body: ImportRequest, intent: string): Promise<ImportReport> {
    const path = `${entityPath(at)}/import`;
    return (await this.#call<{ data: ImportReport }>({ method: 'POST', path, body, intent })).data;
  }

  async undoImport(at: EntityAddress, id: string, intent: string): Promise<void> {
    await this.#call({ method: 'POST', path: `${entityPath(at)}/imports/${id}/undo`, body: {}, intent });
  }

  /** Stores a file and gives its id; `purpose` is a short word. */
  async upload(file: File, purpose: string): Promise<string> {
    const contentType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(file.type) ? file.type : 'application/octet-stream';
    const body = { name: file.name, size: file.size, contentType, purpose };
    const intent = crypto.randomUUID();
    const { data } = await this.#call<{ data: { id: string; upload: { url: string } } }>({
      method: 'POST',
      path: '/api/files',
      body,
      intent,
    });
    const { pathname, search } = new URL(data.upload.url);
    const sent = await this.#fetch(pathname + search, {
      method: 'PUT',
      headers: { 'Content-Type': contentType },
      body: file,
    }).catch(() => {
      throw ApiProblem.network();
    });
    if (!sent.ok) throw await ApiProblem.from(sent);
    await this.#call({ method: 'POST', path: `/api/files/${data.id}/complete`, intent: crypto.randomUUID() });
    return data.id;
  }

  async file(id: string): Promise<StoredFile> {
    const { headers } = await this.#raw({ method: 'HEAD', path: `/api/files/${id}` });
    const encoded = /filename\*=UTF-8''([^;]+)/.exec(headers.get('Content-Disposition') ?? '')?.[1];
    return { name: encoded ? decodeURIComponent(encoded) : id, size: Number(headers.get('Content-Length') ?? 0) };
  }

  async download(id: string): Promise<Blob> {
    return (await this.#raw({ path: `/api/files/${id}` })).blob();
  }

  async action<T>(at: Omit<EntityAddress, 'entity'>, name: string, input: unknown, intent: string): Promise<T> {
    const path = `/api/m/${at.module}/v${at.version}/actions/${name}`;
    return (await this.#call<RecordEnvelope<T>>({ method: 'POST', path, body: input, intent })).data;
  }
}
