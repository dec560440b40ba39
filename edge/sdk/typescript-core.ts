/** The fixed half of the TypeScript client: transport, retries, errors, pages. Plain text, since it runs elsewhere. */
export const typescriptCore = `
/** Sent as the bearer token: an API key, or a function that gives a short token. */
export type Credential = string | (() => string | Promise<string>);

export interface ClientOptions {
  readonly credential: Credential;
  /** Origin of the API. */
  readonly url?: string;
  /** Tries after the first, for 429, 503 and a lost connection. Default 3. */
  readonly retries?: number;
  readonly fetch?: typeof globalThis.fetch;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

export interface WriteOptions extends RequestOptions {
  /** Made for each call when left out, so that a retry never writes twice. */
  readonly idempotencyKey?: string;
}

export interface ChangeOptions extends WriteOptions {
  /** The rev the change was decided on; PRECONDITION_FAILED when the record has moved on. */
  readonly ifMatch?: number;
}

/** Integer minor units and an ISO 4217 code. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export interface RecordBase {
  readonly id: string;
  /** RFC 3339 in UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly rev: number;
}

export interface Page<T> {
  readonly data: readonly T[];
  readonly page: { readonly size: number; readonly after: string | null; readonly total?: number };
}

export interface Comparison<T> {
  readonly eq?: T;
  readonly ne?: T;
  readonly in?: readonly T[];
  readonly nin?: readonly T[];
  readonly gt?: T;
  readonly gte?: T;
  readonly lt?: T;
  readonly lte?: T;
  readonly null?: boolean;
}

export interface TextComparison extends Comparison<string> {
  readonly contains?: string;
  readonly startsWith?: string;
}

export interface Presence {
  readonly null?: boolean;
}

/** Conditions on fields are joined by AND. */
export type Filter<Conditions> = { readonly [K in keyof Conditions]?: Conditions[K] } & {
  readonly and?: readonly Filter<Conditions>[];
  readonly or?: readonly Filter<Conditions>[];
  readonly not?: Filter<Conditions>;
};

export interface ListQuery<Conditions, Sort extends string> {
  readonly filter?: Filter<Conditions>;
  /** In order of weight, a minus before a descending field. */
  readonly sort?: readonly (Sort | \`-\${Sort}\`)[];
  /** Records on a page, from 1 to 200. */
  readonly size?: number;
  readonly after?: string;
  /** Adds page.total. */
  readonly count?: boolean;
}

export interface FieldProblem {
  /** JSON Pointer into the input. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** Every error reply; decide by its code. */
export class InlayError extends Error {
  override readonly name = 'InlayError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly traceId: string | undefined;
  readonly errors: readonly FieldProblem[];

  constructor(problem: {
    readonly code: ErrorCode;
    readonly status: number;
    readonly title: string;
    readonly detail?: string;
    readonly traceId?: string;
    readonly errors?: readonly FieldProblem[];
  }) {
    super(problem.detail ?? problem.title);
    this.code = problem.code;
    this.status = problem.status;
    this.traceId = problem.traceId;
    this.errors = problem.errors ?? [];
  }
}

interface Request extends ChangeOptions {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly writes?: boolean;
}

class Transport {
  private readonly options: ClientOptions;

  constructor(options: ClientOptions) {
    this.options = options;
  }

  async send<T>(request: Request): Promise<T> {
    const { credential, url = DEFAULT_URL, retries = 3, fetch = globalThis.fetch } = this.options;
    const target = new URL(request.path, url);
    for (const [name, value] of Object.entries(request.query ?? {})) target.searchParams.set(name, value);
    const headers: Record<string, string> = {};
    if (request.body !== undefined) headers['content-type'] = 'application/json';
    if (request.writes) headers['idempotency-key'] = request.idempotencyKey ?? crypto.randomUUID();
    if (request.ifMatch !== undefined) headers['if-match'] = '"' + request.ifMatch + '"';
    for (let attempt = 0; ; attempt++) {
      headers['authorization'] = 'Bearer ' + (typeof credential === 'string' ? credential : await credential());
      let response: Response;
      try {
        response = await fetch(target, {
          method: request.method,
          headers,
          ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
          ...(request.signal ? { signal: request.signal } : {}),
        });
      } catch (error) {
        if (attempt >= retries || request.signal?.aborted) throw error;
        await pause(attempt, null);
        continue;
      }
      if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
      if (attempt < retries && (response.status === 429 || response.status === 503)) {
        await response.body?.cancel();
        await pause(attempt, response.headers.get('retry-after'));
        continue;
      }
      throw await errorOf(response);
    }
  }
}

/** What the server asked for, else a wait that doubles. */
function pause(attempt: number, retryAfter: string | null): Promise<void> {
  const asked = Number(retryAfter ?? Number.NaN);
  const seconds = Number.isFinite(asked) ? asked : 0.25 * 2 ** attempt * (0.5 + Math.random());
  return new Promise(resolve => setTimeout(resolve, Math.min(seconds, 60) * 1000));
}

async function errorOf(response: Response): Promise<InlayError> {
  try {
    return new InlayError((await response.json()) as ConstructorParameters<typeof InlayError>[0]);
  } catch {
    return new InlayError({ code: 'INTERNAL', status: response.status, title: 'The reply could not be read' });
  }
}

const parametersOf = (query: ListQuery<never, string>): Record<string, string> => ({
  ...(query.filter ? { filter: JSON.stringify(query.filter) } : {}),
  ...(query.sort && query.sort.length > 0 ? { sort: query.sort.join(',') } : {}),
  ...(query.size === undefined ? {} : { 'page[size]': String(query.size) }),
  ...(query.after === undefined ? {} : { 'page[after]': query.after }),
  ...(query.count ? { count: 'exact' } : {}),
});

const one = (path: string, id: string): string => path + '/' + encodeURIComponent(id);

function reads<T, Conditions, Sort extends string>(transport: Transport, path: string) {
  type Query = ListQuery<Conditions, Sort>;
  const list = (query: Query = {}, options: RequestOptions = {}): Promise<Page<T>> =>
    transport.send({ ...options, method: 'GET', path, query: parametersOf(query as ListQuery<never, string>) });
  return {
    list,
    /** Every record, page after page. */
    async *all(query: Query = {}, options: RequestOptions = {}): AsyncGenerator<T, void, undefined> {
      let after = query.after;
      for (;;) {
        const found: Page<T> = await list({ ...query, ...(after === undefined ? {} : { after }) }, options);
        yield* found.data;
        if (found.page.after === null) return;
        after = found.page.after;
      }
    },
    async get(id: string, options: RequestOptions = {}): Promise<T> {
      return (await transport.send<{ data: T }>({ ...options, method: 'GET', path: one(path, id) })).data;
    },
  };
}

const creates =
  <Input, T>(transport: Transport, path: string) =>
  async (input: Input, options: WriteOptions = {}): Promise<T> =>
    (await transport.send<{ data: T }>({ ...options, method: 'POST', path, body: input, writes: true })).data;

const updates =
  <Input, T>(transport: Transport, path: string) =>
  async (id: string, input: Input, options: ChangeOptions = {}): Promise<T> => {
    const request = { ...options, method: 'PATCH', path: one(path, id), body: input, writes: true };
    return (await transport.send<{ data: T }>(request)).data;
  };

const removes =
  (transport: Transport, path: string) =>
  (id: string, options: ChangeOptions = {}): Promise<void> =>
    transport.send({ ...options, method: 'DELETE', path: one(path, id), writes: true });

const steps =
  <Input, T>(transport: Transport, path: string, name: string) =>
  async (id: string, input?: Input, options: ChangeOptions = {}): Promise<T> => {
    const target = one(path, id) + '/transitions/' + name;
    return (await transport.send<{ data: T }>({ ...options, method: 'POST', path: target, body: input ?? {}, writes: true }))
      .data;
  };

const acts =
  <Input, Output>(transport: Transport, path: string, writes: boolean) =>
  async (input: Input, options: WriteOptions = {}): Promise<Output> =>
    (await transport.send<{ data: Output }>({ ...options, method: 'POST', path, body: input, writes })).data;
`;
