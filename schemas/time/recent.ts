/** A bounded map that forgets what was not used lately: two generations, so that a hit costs one lookup and no reordering. */
export class Recent<Key, Value> {
  readonly limit: number;
  #young = new Map<Key, Value>();
  #old = new Map<Key, Value>();

  /** Keeps at least the last `limit` keys used and at most twice as many. */
  constructor(limit: number) {
    this.limit = limit;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** The kept value, or the one that `make` gives, kept from now on; nothing is kept when `make` throws. */
  get(key: Key, make: (key: Key) => Value): Value {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const value = this.#old.get(key) ?? make(key);
    this.#old.delete(key);
    if (this.#young.size >= this.limit) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
    return value;
  }
}
