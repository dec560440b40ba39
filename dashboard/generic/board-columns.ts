/** The columns of a board: a page of each, more on request, and moves that show before the server has answered. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ListEnvelope } from '../../schemas/protocol/index.ts';
import type { Cache } from '../api/cache.ts';
import type { AnyRecord } from '../api/data-client.ts';
import { type ApiProblem, asProblem } from '../api/problem.ts';

export interface BoardColumn {
  readonly value: string;
  readonly records: readonly AnyRecord[];
  /** Undefined until it is known. */
  readonly total: number | undefined;
  readonly more: boolean;
  readonly problem: ApiProblem | undefined;
}

export interface ColumnSource {
  /** Under which the first page is remembered. */
  readonly key: string;
  /** Reads the page after the cursor. */
  readonly read: (after: string | null) => Promise<ListEnvelope<AnyRecord>>;
}

interface Loaded {
  key: string;
  page: ListEnvelope<AnyRecord> | undefined;
  later: AnyRecord[];
  after: string | null;
  problem: ApiProblem | undefined;
  loading: boolean;
}

interface Move {
  readonly record: AnyRecord;
  readonly from: string;
  readonly to: string;
}

export class BoardColumns implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #cache: () => Cache;
  readonly #source: (value: string) => ColumnSource | null;
  readonly #values: () => readonly string[];
  readonly #loaded = new Map<string, Loaded>();
  readonly #moves = new Map<string, Move>();
  #unlisten: (() => void) | undefined;

  constructor(
    host: ReactiveControllerHost,
    cache: () => Cache,
    values: () => readonly string[],
    source: (value: string) => ColumnSource | null,
  ) {
    this.#host = host;
    this.#cache = cache;
    this.#values = values;
    this.#source = source;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#unlisten ??= this.#cache().listen(key => {
      for (const [value, column] of this.#loaded) if (column.key === key) void this.#load(value);
    });
    for (const value of this.#values()) {
      const key = this.#source(value)?.key;
      if (!key || this.#loaded.get(value)?.key === key) continue;
      // What was there stays until the new content is.
      const page = this.#cache().peek<ListEnvelope<AnyRecord>>(key) ?? this.#loaded.get(value)?.page;
      const column: Loaded = {
        key,
        page,
        later: [],
        after: page?.page.after ?? null,
        problem: undefined,
        loading: false,
      };
      this.#loaded.set(value, column);
      void this.#load(value);
    }
  }

  hostDisconnected(): void {
    this.#unlisten?.();
    this.#unlisten = undefined;
    this.#loaded.clear();
  }

  async #load(value: string): Promise<void> {
    const column = this.#loaded.get(value)!;
    const source = this.#source(value);
    const cache = this.#cache();
    if (!source || column.loading || (column.page && cache.age(column.key) < 2_000)) {
      if (source && column.page !== cache.peek(column.key)) this.#take(column, cache.peek(column.key)!);
      return;
    }
    column.loading = true;
    column.problem = undefined;
    try {
      this.#take(column, await cache.load(source.key, () => source.read(null)));
    } catch (error) {
      column.problem = asProblem(error);
    } finally {
      column.loading = false;
      this.#host.requestUpdate();
    }
  }

  #take(column: Loaded, page: ListEnvelope<AnyRecord>): void {
    // Pages that were added belong to the page before; they are asked for again when it has changed.
    Object.assign(column, { page, later: [], after: page.page.after });
    this.#host.requestUpdate();
  }

  /** Reads a column's next page. */
  async more(value: string): Promise<void> {
    const column = this.#loaded.get(value);
    const source = this.#source(value);
    if (!column?.after || !source || column.loading) return;
    column.loading = true;
    try {
      const { data, page } = await source.read(column.after);
      column.later.push(...data);
      column.after = page.after;
    } catch (error) {
      column.problem = asProblem(error);
    } finally {
      column.loading = false;
      this.#host.requestUpdate();
    }
  }

  retry(value: string): void {
    const column = this.#loaded.get(value);
    if (column) this.#cache().stale(column.key);
  }

  /** Shows the record in another column until the work has ended: then as the server says, or back where it was. */
  async move(record: AnyRecord, from: string, to: string, work: () => Promise<unknown>): Promise<void> {
    this.#moves.set(record.id, { record, from, to });
    this.#host.requestUpdate();
    try {
      await work();
      await Promise.all([from, to].map(value => this.#settled(value)));
    } finally {
      this.#moves.delete(record.id);
      this.#host.requestUpdate();
    }
  }

  async #settled(value: string): Promise<void> {
    const source = this.#source(value);
    const column = this.#loaded.get(value);
    if (!source || !column) return;
    const page = await this.#cache()
      .load(source.key, () => source.read(null))
      .catch(() => undefined);
    if (page) this.#take(column, page);
  }

  get columns(): readonly BoardColumn[] {
    const moves = [...this.#moves.values()];
    return this.#values().map(value => {
      const column = this.#loaded.get(value);
      const stayed = [...(column?.page?.data ?? []), ...(column?.later ?? [])];
      const arrived = moves.filter(({ to, record }) => to === value && !stayed.some(({ id }) => id === record.id));
      const left = moves.filter(({ from, record }) => from === value && stayed.some(({ id }) => id === record.id));
      const total = column?.page?.page.total;
      return {
        value,
        records: [
          ...arrived.map(({ record }) => record),
          ...stayed.filter(({ id }) => !left.some(({ record }) => record.id === id)),
        ],
        total: total === undefined ? undefined : total + arrived.length - left.length,
        more: Boolean(column?.after),
        problem: column?.problem,
      };
    });
  }
}
