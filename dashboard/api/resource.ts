/** A value that a screen shows: cached content first, then the fresh one, and what went wrong. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Cache } from './cache.ts';
import { type ApiProblem, asProblem } from './problem.ts';

export interface Source<T> {
  readonly key: string;
  readonly read: () => Promise<T>;
}

/** Younger than this is shown without asking again. */
const fresh = 2_000;

export class Resource<T> implements ReactiveController {
  value: T | undefined;
  problem: ApiProblem | undefined;
  loading = false;
  readonly #host: ReactiveControllerHost;
  readonly #cache: () => Cache;
  readonly #source: () => Source<T> | null;
  #key: string | null = null;
  #run = 0;
  #unlisten: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, cache: () => Cache, source: () => Source<T> | null) {
    this.#host = host;
    this.#cache = cache;
    this.#source = source;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#unlisten ??= this.#cache().listen(key => {
      if (key === this.#key && !this.loading) this.#refresh(this.#source());
    });
    const source = this.#source();
    if (source?.key === this.#key || (!source && this.#key === null)) return;
    this.#key = source?.key ?? null;
    this.value = undefined;
    this.#refresh(source);
  }

  hostDisconnected(): void {
    this.#unlisten?.();
    this.#unlisten = undefined;
    this.#key = null;
  }

  /** Reads again, whatever its age. */
  reload(): void {
    if (this.#key) this.#cache().stale(this.#key);
  }

  #refresh(source: Source<T> | null): void {
    const run = ++this.#run;
    this.problem = undefined;
    this.loading = false;
    if (!source) return;
    const cache = this.#cache();
    this.value = cache.peek<T>(source.key) ?? this.value;
    this.#host.requestUpdate();
    if (cache.age(source.key) < fresh) return;
    this.loading = true;
    const settle = (change: () => void) => {
      if (run !== this.#run) return;
      this.loading = false;
      change();
      this.#host.requestUpdate();
    };
    cache.load(source.key, source.read).then(
      value => settle(() => (this.value = value)),
      error => settle(() => (this.problem = asProblem(error))),
    );
  }
}
