/** A module's code: what handlers are given, typed from the manifest. */
import type { Mail } from '../ports/mailer.ts';
import type { Actor } from '../protocol/actor.ts';
import type { EntityDef, Where } from './entity.ts';
import type { Draft, Fields, Input, Parsed, Row } from './field.ts';
import type { AnyModule } from './module.ts';

type FieldsOf<M extends AnyModule, N extends keyof M['entities']> =
  M['entities'][N] extends EntityDef<infer F, any, any> ? F : never;
export type EntityName<M extends AnyModule> = keyof M['entities'] & string;
export type RowOf<M extends AnyModule, N extends EntityName<M>> = Row<FieldsOf<M, N>>;
export type DraftOf<M extends AnyModule, N extends EntityName<M>> = Draft<FieldsOf<M, N>>;
export type WhereOf<M extends AnyModule, N extends EntityName<M>> = Where<FieldsOf<M, N>>;
export type TransitionOf<M extends AnyModule, N extends EntityName<M>> =
  M['entities'][N] extends EntityDef<any, any, infer T> ? T : never;
export type SettingsOf<M extends AnyModule> = Parsed<M['settings']>;
export type ErrorOf<M extends AnyModule> = keyof NonNullable<M['errors']> & string;

/** `site`: the one the page belongs to, where it still shows the module; `locale`: the language the reader had. */
export interface PageOptions {
  readonly site?: string | null;
  readonly locale?: string;
}

/** The revision a write was decided on; `retry` runs the handler again on fresh reads when it moved on. */
export interface Expected {
  readonly rev?: number;
  readonly retry?: boolean;
}

interface RowQuery<F extends Fields> {
  where?: Where<F>;
  sort?: readonly ((keyof F & string) | `-${keyof F & string}` | 'createdAt' | '-createdAt')[];
  limit?: number;
}

type NumberName<F extends Fields> = {
  [K in keyof F]: NonNullable<F[K]['value']> extends number ? K : never;
}[keyof F];

/** Some fields of a row, and its id. */
export type RowPart<F extends Fields, K extends keyof F> = { readonly id: string } & {
  readonly [N in K]: F[N]['value'];
};

/**
 * Reads and writes of one entity. Reads issued together travel in one batch. Writes are buffered and committed in ONE batch when
 * the handler returns; a read never sees them.
 */
export interface Repository<F extends Fields, T extends string> {
  get(id: string): Promise<Row<F> | undefined>;
  first(where: Where<F>): Promise<Row<F> | undefined>;
  /** At most `limit` rows (default 1,000); with `fields`, these and the id alone, which many rows are read faster by. */
  list<K extends keyof F & string>(query: RowQuery<F> & { fields: readonly K[] }): Promise<RowPart<F, K>[]>;
  list(query?: RowQuery<F>): Promise<Row<F>[]>;
  /** The record as it will be stored. */
  create(draft: Draft<F>): Row<F>;
  /** Refuses the whole commit with NOT_FOUND when the row is gone, PRECONDITION_FAILED when it is not as `expected`. */
  update(id: string, patch: Partial<Draft<F>>, expected?: Expected): void;
  /** Refuses the whole commit with INVALID_TRANSITION when the row is not in one of the transition's states. */
  transition(id: string, name: T, patch?: Partial<Draft<F>>, expected?: Expected): void;
  /**
   * Adds to numbers of a row, or takes away, as the commit runs: callers who meet add up and none runs again for it. Constraints
   * judge the sums. Refuses the whole commit with NOT_FOUND when the row is gone.
   */
  add(id: string, amounts: { readonly [K in NumberName<F>]?: number }): void;
  /** Updates every row that matches. */
  updateWhere(where: Where<F>, patch: Partial<Draft<F>>): void;
  delete(id: string): void;
  /** Refuses the whole commit with `code` unless fewer than `limit` rows match as the commit gets there. */
  expectFewer(where: Where<F>, limit: number, code: string): void;
  /** Refuses the whole commit with `code` when a row matches as the commit runs. */
  expectNone(where: Where<F>, code: string): void;
}

type Extended<M extends AnyModule> = NonNullable<M['extends']>;

/** The module's own fields on another's records, under their own names; the records themselves belong to the other module. */
export interface ExtensionRepository<F extends Fields> {
  get(id: string): Promise<Row<F> | undefined>;
  first(where: Where<F>): Promise<Row<F> | undefined>;
  /** At most `limit` rows (default 1,000), in the order they were made. */
  list(query?: { where?: Where<F>; limit?: number }): Promise<Row<F>[]>;
  /** As `update` of a repository. */
  update(id: string, patch: Partial<Draft<F>>, expected?: Expected): void;
}

/** By entity; by `module.entity` where the module adds fields to another's. */
export type Repositories<M extends AnyModule> = {
  readonly [N in EntityName<M>]: Repository<FieldsOf<M, N>, TransitionOf<M, N>>;
} & {
  readonly [T in keyof Extended<M> & `${string}.${string}`]: Extended<M>[T] extends {
    readonly fields: infer F extends Fields;
  }
    ? ExtensionRepository<F>
    : never;
};

export interface SiteContext {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly zone: string;
  readonly locale: string;
}

export interface Context<M extends AnyModule> {
  readonly db: Repositories<M>;
  /** Repositories without the actor's limits; the action or subscription must declare `system`. */
  asSystem(): Repositories<M>;
  readonly actor: Actor;
  /** The business this store belongs to. */
  readonly client: { readonly id: string; readonly name: string; readonly zone: string };
  /** The site the call came from; else the client's first. */
  readonly site: SiteContext | undefined;
  readonly settings: SettingsOf<M>;
  /** Epoch milliseconds, the same for the whole call and its commit. */
  readonly now: number;
  /** The request's address as a salted hash, for counting; empty for internal calls. */
  readonly callerHash: string;
  /** Subscribers hear events of one `key`, such as a record's id, in the order of their commits. */
  emit<K extends keyof M['events'] & string>(
    name: K,
    payload: Input<M['events'][K]>,
    options?: { readonly key?: string },
  ): void;
  /** Has a job with a payload run at `at` (epoch milliseconds), from this commit on; the same job and key replace what was asked before. */
  schedule<J extends DelayedJob<M>>(
    job: J,
    payload: PayloadOf<M, J>,
    options: { readonly at: number; readonly key?: string },
  ): void;
  /** Takes back what `schedule` asked for with this key, if it has not run. */
  unschedule(job: DelayedJob<M>, key: string): void;
  /**
   * Has a transition happen at `at` (epoch milliseconds), as the system, with its effects; nothing happens where the record is no
   * longer at revision `rev`. The same record and transition replace what was asked before.
   */
  transitionAt<N extends EntityName<M>>(
    entity: N,
    record: { readonly id: string; readonly rev: number },
    transition: TransitionOf<M, N>,
    at: number,
  ): void;
  /** Runs another module's action inside this call: its writes join this commit. */
  call<Output = unknown>(module: string, action: string, input: unknown): Promise<Output>;
  fail(
    code: ErrorOf<M>,
    options?: { detail?: string; errors?: readonly { pointer: string; code: string; message: string }[] },
  ): never;
  /** A 128-bit token that this installation alone can make; the same parts give the same token. */
  secret(...parts: readonly string[]): Promise<string>;
  /** SHA-256 of a token as base64url: what is stored of it. */
  hash(token: string): Promise<string>;
  /**
   * Absolute URL of a smaller picture that one of this module's fields declares, `entity.field.name`. Whoever has it may look for a
   * day or two, also where the file is private; it is the same all day, so that browsers keep what they have.
   */
  pictureUrl(file: string, variant: string): string;
  /** Absolute URL of the page that shows one of this module's widgets for the site. */
  pageUrl(widget: keyof NonNullable<M['widgets']> & string, options?: PageOptions): string;
  /** Absolute URL of one of this module's screens at the desk. */
  screenUrl(screen: keyof NonNullable<M['screens']> & string): string;
}

/** What runs after the commit may do outside the store; a run may repeat, and then asks with the same keys. */
interface Outside {
  /** Sends mail with the platform's sender; `key` tells several mails of one run apart. */
  mail(mail: Omit<Mail, 'from' | 'key'> & { readonly key?: string }): Promise<void>;
}

export interface EventContext<M extends AnyModule> extends Context<M>, Outside {
  readonly event: { readonly id: string; readonly at: number };
}

/** `job.at` is the time it was planned for, in epoch milliseconds; `job.id` is the same in every try of one run. */
export interface JobContext<M extends AnyModule> extends Context<M>, Outside {
  readonly job: { readonly id: string; readonly at: number };
}

/** Jobs that run when they are asked for. */
export type DelayedJob<M extends AnyModule> = {
  [J in keyof NonNullable<M['jobs']>]: NonNullable<M['jobs']>[J] extends { readonly payload: Fields } ? J : never;
}[keyof NonNullable<M['jobs']>] &
  string;
export type PayloadOf<M extends AnyModule, J extends DelayedJob<M>> = NonNullable<M['jobs']>[J] extends {
  readonly payload: infer F extends Fields;
}
  ? Input<F>
  : never;

type Output<F> = F extends Fields ? Input<F> : undefined;
type MaybePromise<T> = T | Promise<T>;

export type ActionHandler<M extends AnyModule, A extends keyof M['actions']> = (
  input: Parsed<M['actions'][A]['input']>,
  ctx: Context<M>,
) => MaybePromise<Output<M['actions'][A]['output']>>;

/** `payload` is checked against the emitting module's manifest before it is stored. */
export type EventHandler<M extends AnyModule, P = any> = (payload: P, ctx: EventContext<M>) => Promise<void>;
/** `payload` is what `ctx.schedule` was given; nothing for a job with a timetable. */
export type JobHandler<M extends AnyModule, P = any> = (ctx: JobContext<M>, payload: P) => MaybePromise<void>;

export type TransitionHandler<M extends AnyModule, N extends EntityName<M>> = (
  record: RowOf<M, N>,
  ctx: Context<M>,
) => MaybePromise<Partial<DraftOf<M, N>> | undefined>;

export interface Implementation<M extends AnyModule> {
  readonly actions: { readonly [A in keyof M['actions']]: ActionHandler<M, A> };
  readonly subscribers?: { readonly [S in keyof NonNullable<M['subscribes']>]: EventHandler<M> };
  readonly jobs?: {
    readonly [J in keyof NonNullable<M['jobs']>]: NonNullable<M['jobs']>[J] extends {
      readonly payload: infer F extends Fields;
    }
      ? JobHandler<M, Parsed<F>>
      : JobHandler<M, void>;
  };
  /** What else a transition does, in the same commit; runs before it, on the record as it was, with system access. What it returns is set on the record. */
  readonly transitions?: {
    readonly [N in EntityName<M>]?: { readonly [T in TransitionOf<M, N>]?: TransitionHandler<M, N> };
  };
  /** UI strings by locale, then by surface (`element`, ...). */
  readonly strings?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Joins code to a manifest; the call exists for inference alone. */
export function implement<M extends AnyModule>(_module: M, implementation: Implementation<M>): Implementation<M> {
  return implementation;
}
