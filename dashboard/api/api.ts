/** Everything the screens call, made once in main.ts. */
import { Cache } from './cache.ts';
import { ControlClient } from './control-client.ts';
import { DataClient } from './data-client.ts';
import type { Fetch } from './http.ts';

export class Api {
  readonly control: ControlClient;
  readonly cache = new Cache();
  readonly #fetch: Fetch;
  readonly #data = new Map<string, DataClient>();

  constructor(fetch: Fetch = (input, init) => globalThis.fetch(input, init)) {
    this.#fetch = fetch;
    this.control = new ControlClient(fetch);
  }

  data(clientId: string): DataClient {
    const known = this.#data.get(clientId);
    if (known) return known;
    const client = new DataClient(this.#fetch, clientId, () => this.control.token(clientId));
    this.#data.set(clientId, client);
    return client;
  }

  /** Forgets tokens and content: another person may sign in. */
  forget(): void {
    this.#data.clear();
    this.cache.clear();
  }
}
