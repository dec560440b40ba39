/** What an element shows of the server: one reading at a time, with its loading, its error and what it showed before. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Client, ClientError, Result } from '../../../embed-sdk/types.ts';

/** Reads by an input; it must heed the signal, and an exception counts as `UNREACHABLE`. */
export type Read<Input, Value> = (input: Input, signal: AbortSignal) => Promise<Result<Value>>;

/** Reads by an action of the element's module. */
export const byAction =
  <Input, Value>(client: () => Client | undefined, action: string): Read<Input, Value> =>
  async (input, signal) =>
    (await client()?.call<Value>(action, input, { signal })) ?? {
      ok: false,
      error: { code: 'UNREACHABLE', message: '' },
    };

/** Codes that another try may cure once the visitor is online again. */
const passing = ['OFFLINE', 'UNREACHABLE'];

export class DataController<Input, Value> implements ReactiveController {
  /** The last reply that was right, also while the next one is on its way or has failed. */
  value?: Value;
  error?: ClientError | undefined;
  loading = false;
  readonly #host: ReactiveControllerHost;
  readonly #read: Read<Input, Value>;
  #asked?: AbortController | undefined;
  #last?: { readonly input: Input };
  #interrupted = false;

  constructor(host: ReactiveControllerHost, read: Read<Input, Value>) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  /** Whether `value` is not the answer to what was asked last. */
  get stale(): boolean {
    return this.value !== undefined && (this.loading || !!this.error);
  }

  hostConnected(): void {
    addEventListener('online', this.#online);
    if (this.#interrupted) this.retry();
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#online);
    this.#interrupted = this.loading;
    this.abort();
  }

  /** Reads; an earlier reading that is still on its way is given up, so that its reply cannot overtake this one. */
  async load(input: Input): Promise<void> {
    this.#asked?.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    this.#last = { input };
    this.#interrupted = false;
    this.loading = true;
    this.error = undefined;
    this.#host.requestUpdate();
    let result: Result<Value>;
    try {
      result = await this.#read(input, signal);
    } catch (error) {
      result = { ok: false, error: { code: 'UNREACHABLE', message: `${error}` } };
    }
    if (signal.aborted) return;
    this.loading = false;
    if (result.ok) this.value = result.value;
    else this.error = result.error;
    this.#host.requestUpdate();
  }

  /** Asks the last question again. */
  retry = async (): Promise<void> => {
    if (this.#last) await this.load(this.#last.input);
  };

  /** Gives up what is on its way; what was shown stays. */
  abort(): void {
    this.#asked?.abort();
    if (this.loading) this.#host.requestUpdate();
    this.loading = false;
  }

  #online = (): void => {
    if (passing.includes(this.error?.code ?? '')) this.retry();
  };
}
