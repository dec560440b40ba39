/** Fetches the records that point to those of a level: one read for each relation and way of asking, whatever the level holds. */
import type { Call } from '../engine/call.ts';
import type { QueryInput } from '../engine/query/input.ts';
import { type ListedPage, readChildren } from '../engine/records/index.ts';
import type { Runtime } from '../engine/runtime.ts';
import { keyOf, type Relation } from '../openapi/surface.ts';

interface Wanted {
  readonly resolve: (page: ListedPage) => void;
  readonly reject: (error: unknown) => void;
}

interface Group {
  readonly relation: Relation;
  readonly input: QueryInput;
  readonly parents: Map<string, Wanted[]>;
}

export class ChildLoader {
  readonly #runtime: Runtime;
  readonly #call: Call;
  readonly #waiting = new Map<string, Group>();

  constructor(runtime: Runtime, call: Call) {
    this.#runtime = runtime;
    this.#call = call;
  }

  load(relation: Relation, parent: string, input: QueryInput): Promise<ListedPage> {
    const key = `${keyOf(relation.target)}:${relation.field} ${JSON.stringify(input)}`;
    return new Promise((resolve, reject) => {
      if (this.#waiting.size === 0) queueMicrotask(() => queueMicrotask(() => this.#flush()));
      let group = this.#waiting.get(key);
      if (!group) {
        group = { relation, input, parents: new Map() };
        this.#waiting.set(key, group);
      }
      const wanted = group.parents.get(parent) ?? [];
      group.parents.set(parent, [...wanted, { resolve, reject }]);
    });
  }

  #flush(): void {
    const groups = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const group of groups) void this.#read(group);
  }

  async #read({ relation, input, parents }: Group): Promise<void> {
    try {
      const ids = [...parents.keys()];
      const pages = await readChildren(this.#runtime, this.#call, relation.target, relation.field, ids, input);
      for (const [id, wanted] of parents) for (const { resolve } of wanted) resolve(pages.get(id)!);
    } catch (error) {
      for (const wanted of parents.values()) for (const { reject } of wanted) reject(error);
    }
  }
}
