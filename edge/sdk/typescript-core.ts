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
  /** Records that \`include\` asked for. */
  readonly included?: Included;
  readonly page: {
    readonly size: number;
    readonly after: string | null;
    /** Where this is not the first page. */
    readonly before?: string | null;
    readonly total?: number;
  };
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
  /** Both ends are included. */
  readonly between?: readonly [T, T];
}

export interface TextComparison extends Comparison<string> {
  readonly contains?: string;
  readonly startsWith?: string;
}

export interface Presence {
  readonly null?: boolean;
}

/** Of a list: one of its elements, or all of them. */
export interface Quantified<T> {
  readonly some?: T;
  readonly every?: T;
}

/** Of records that are referred to, or that refer here. */
export type Related<Conditions> = Quantified<Filter<Conditions>>;

/** Conditions on fields are joined by AND. */
export type Filter<Conditions> = { readonly [K in keyof Conditions]?: Conditions[K] } & {
  readonly and?: readonly Filter<Conditions>[];
  readonly or?: readonly Filter<Conditions>[];
  readonly not?: Filter<Conditions>;
};

export interface FilterQuery<Conditions> {
  readonly filter?: Filter<Conditions>;
  /** Words to find, where the records can be searched. */
  readonly q?: string;
  /** Deleted records alone, or with the others; for admins. */
  readonly deleted?: 'only' | 'with';
}

export interface SortedQuery<Conditions, Sort extends string> extends FilterQuery<Conditions> {
  /** In order of weight, a minus before a descending field. */
  readonly sort?: readonly (Sort | \`-\${Sort}\`)[];
}

export interface ListQuery<Conditions, Sort extends string, Include extends string> extends SortedQuery<Conditions, Sort> {
  /** Related records to bring along, at most two steps away. */
  readonly include?: readonly Include[];
  /** Records on a page, from 1 to 200. */
  readonly size?: number;
  readonly after?: string;
  /** A cursor to go back from, or end for the last page. */
  readonly before?: string;
  /** Adds page.total. */
  readonly count?: boolean;
}

interface AnyQuery extends Omit<ListQuery<never, string, string>, 'filter'> {
  readonly filter?: unknown;
  readonly fields?: readonly string[];
}

export interface AggregateQuery<Conditions, Measure extends string, Group extends string> extends FilterQuery<Conditions> {
  readonly measure?: readonly Measure[];
  readonly group?: readonly Group[];
  /** IANA zone of calendar units; the client's without it. */
  readonly zone?: string;
  /** Groups and measures in order of weight. */
  readonly sort?: readonly (Measure | Group | \`-\${Measure | Group}\`)[];
}

/** One group with its measures. */
export interface AggregateRow<Measures, Groups> {
  readonly group: Groups;
  readonly measures: Measures;
}

/** What was done to a record. */
export interface HistoryEntry {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id: string | null };
  /** created, updated, deleted, restored, or the name of a step. */
  readonly action: string;
  /** Values that were set, and the reason of a step. */
  readonly diff: Readonly<Record<string, unknown>> | null;
}

export interface HistoryQuery {
  /** Entries on a page, from 1 to 100. */
  readonly size?: number;
  readonly after?: string;
}

export interface HistoryPage {
  readonly data: readonly HistoryEntry[];
  readonly page: { readonly size: number; readonly after: string | null };
}

/** What became of one operation, in order. */
export interface Outcome<T> {
  /** As of an HTTP reply. */
  readonly status: number;
  readonly data?: T;
  readonly error?: ProblemBody;
}

export interface ImportInput {
  /** A file with a header, or rows by column. */
  readonly csv?: string;
  readonly rows?: readonly Readonly<Record<string, unknown>>[];
  /** Field by column. */
  readonly mapping?: Readonly<Record<string, string>>;
  /** Field by whose value a row finds the record to change. */
  readonly match?: string;
  readonly dryRun?: boolean;
}

export interface ImportOutcome {
  /** To undo it; null where nothing was written. */
  readonly import: string | null;
  readonly dryRun: boolean;
  readonly new: number;
  readonly update: number;
  readonly error: number;
  readonly errors: readonly (FieldProblem & { readonly row: number })[];
}

export interface UndoneImport {
  readonly removed: number;
  readonly reverted: number;
  /** Records that somebody has changed since. */
  readonly kept: readonly string[];
}

export interface SearchQuery<Entity extends string> {
  readonly q: string;
  /** Results of each entity, from 1 to 50. */
  readonly size?: number;
  readonly entities?: readonly Entity[];
}

export interface SearchReply<Entity extends string> {
  readonly data: readonly { readonly entity: Entity; readonly id: string; readonly label: string | null }[];
  readonly counts: readonly { readonly entity: Entity; readonly label: string; readonly count: number }[];
}

export interface FieldProblem {
  /** JSON Pointer into the input. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** An error reply as it travels. */
export interface ProblemBody {
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly traceId?: string;
  readonly errors?: readonly FieldProblem[];
}

/** Every error reply; decide by its code. */
export class InlayError extends Error {
  override readonly name = 'InlayError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly traceId: string | undefined;
  readonly errors: readonly FieldProblem[];

  constructor(problem: ProblemBody) {
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
  /** Gives the reply as it is. */
  readonly text?: boolean;
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
      if (response.ok) {
        if (request.text) return (await response.text()) as T;
        return (response.status === 204 ? undefined : await response.json()) as T;
      }
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
    return new InlayError((await response.json()) as ProblemBody);
  } catch {
    return new InlayError({ code: 'INTERNAL', status: response.status, title: 'The reply could not be read' });
  }
}
`;
