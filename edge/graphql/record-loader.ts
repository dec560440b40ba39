/** Fetches referenced records: every id that a level of a query asks for, one list read per entity. */
import type { Call } from '../engine/call.ts';
import type { QueryInput } from '../engine/query/input.ts';
import { readPage, type Target } from '../engine/records/index.ts';
import type { Runtime } from '../engine/runtime.ts';

export type RecordJson = Readonly<Record<string, unknown>> & { readonly id: string };

interface Wanted {
  readonly resolve: (record: RecordJson | null) => void;
  readonly reject: (error: unknown) => void;
}

/** The list's own bound on a page and on the operands of `in`. */
const most = 200;
const plain: QueryInput = {
  filters: [],
  sort: ['id'],
  size: most,
  after: undefined,
  before: undefined,
  fields: new Map(),
  include: [],
  q: undefined,
  count: false,
  deleted: undefined,
};

export class RecordLoader {
  readonly #runtime: Runtime;
  readonly #call: Call;
  readonly #kept = new Map<string, Promise<RecordJson | null>>();
  readonly #waiting = new Map<Target['entity'], { target: Target; ids: Map<string, Wanted> }>();

  constructor(runtime: Runtime, call: Call) {
    this.#runtime = runtime;
    this.#call = call;
  }

  /** Null for a record that is gone or that the caller may not read. */
  load(target: Target, id: string): Promise<RecordJson | null> {
    const key = `${target.entity.table}:${id}`;
    let pending = this.#kept.get(key);
    if (!pending) {
      pending = new Promise((resolve, reject) => {
        if (this.#waiting.size === 0) queueMicrotask(() => queueMicrotask(() => this.#flush()));
        let group = this.#waiting.get(target.entity);
        if (!group) {
          group = { target, ids: new Map() };
          this.#waiting.set(target.entity, group);
        }
        group.ids.set(id, { resolve, reject });
      });
      this.#kept.set(key, pending);
    }
    return pending;
  }

  #flush(): void {
    const groups = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { target, ids } of groups) {
      const entries = [...ids];
      for (let at = 0; at < entries.length; at += most) void this.#read(target, entries.slice(at, at + most));
    }
  }

  async #read(target: Target, wanted: readonly (readonly [string, Wanted])[]): Promise<void> {
    try {
      const ids = wanted.map(([id]) => id);
      const { data } = await readPage(this.#runtime, this.#call, target, () => ({
        ...plain,
        filters: [{ id: { in: ids } }],
      }));
      const byId = new Map((data as readonly RecordJson[]).map(record => [record.id, record]));
      for (const [id, { resolve }] of wanted) resolve(byId.get(id) ?? null);
    } catch (error) {
      for (const [, { reject }] of wanted) reject(error);
    }
  }
}
