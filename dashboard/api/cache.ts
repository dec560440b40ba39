/** Remembers what was read, so that a screen seen before has content at once while it is read again. */

interface Entry {
  value?: unknown;
  at: number;
  pending?: Promise<unknown>;
}

export class Cache {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<(key: string) => void>();

  peek<T>(key: string): T | undefined {
    return this.#entries.get(key)?.value as T | undefined;
  }

  /** Milliseconds since the value was read; Infinity when it never was or was marked stale. */
  age(key: string): number {
    const entry = this.#entries.get(key);
    return entry?.value === undefined ? Number.POSITIVE_INFINITY : Date.now() - entry.at;
  }

  /** Reads through; two who ask at the same time share one request. */
  load<T>(key: string, read: () => Promise<T>): Promise<T> {
    const entry = this.#entries.get(key) ?? { at: 0 };
    this.#entries.set(key, entry);
    if (entry.pending) return entry.pending as Promise<T>;
    const pending = read().then(
      value => {
        // A value marked stale while it was on its way is shown, but read again by the next who asks.
        if (entry.pending === pending) Object.assign(entry, { value, at: Date.now(), pending: undefined });
        this.#tell(key);
        return value;
      },
      error => {
        if (entry.pending === pending) entry.pending = undefined;
        throw error;
      },
    );
    entry.pending = pending;
    return pending;
  }

  put(key: string, value: unknown): void {
    this.#entries.set(key, { value, at: Date.now() });
    this.#tell(key);
  }

  /** Marks everything under the prefix as old; shown values stay until the new ones arrive. */
  stale(prefix: string): void {
    for (const [key, entry] of this.#entries) {
      if (!key.startsWith(prefix)) continue;
      entry.at = Number.NEGATIVE_INFINITY;
      entry.pending = undefined;
      this.#tell(key);
    }
  }

  /** Forgets all: another person may sign in. */
  clear(): void {
    this.#entries.clear();
  }

  /** Forgets all and has what is shown read again: something went that must not be seen any more. */
  forget(): void {
    const keys = [...this.#entries.keys()];
    this.#entries.clear();
    for (const key of keys) this.#tell(key);
  }

  listen(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(key: string): void {
    for (const listener of [...this.#listeners]) listener(key);
  }
}
