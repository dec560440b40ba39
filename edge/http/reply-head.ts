/** What every reply of a request carries, collected while it is served and written once. */
import { securityHeaders } from './security-headers.ts';

/** Names in the spelling that this folder uses throughout, so that one header never stands in it twice. */
export type PlainHeaders = Readonly<Record<string, string>>;

export class ReplyHead {
  readonly requestId: string;
  readonly #headers: Record<string, string>;
  /** The reply that has these headers already. */
  #whole: Response | undefined;

  constructor(requestId: string) {
    this.requestId = requestId;
    this.#headers = { 'X-Request-Id': requestId, ...securityHeaders };
  }

  /** For every reply of this request, whichever it will be; the last value counts. */
  set(name: string, value: string): void {
    this.#headers[name] = value;
  }

  /** A reply made in one piece: the fast way. `headers` may hold a `Content-Security-Policy`, and neither a `Vary` nor a cookie. */
  reply(body: string | Uint8Array<ArrayBuffer> | null, status: number, headers: PlainHeaders): Response {
    const all = { ...headers, ...this.#headers };
    const policy = headers['Content-Security-Policy'];
    if (policy !== undefined) {
      all['Content-Security-Policy'] = policy;
      delete all['X-Frame-Options'];
    }
    this.#whole = new Response(body, { status, headers: all });
    return this.#whole;
  }

  /** Gives any other reply what it lacks. */
  complete(response: Response): Response {
    if (response === this.#whole) return response;
    const { headers } = response;
    const hasPolicy = headers.has('Content-Security-Policy');
    for (const name in this.#headers) {
      const value = this.#headers[name]!;
      if (hasPolicy && (name === 'Content-Security-Policy' || name === 'X-Frame-Options')) continue;
      const own = name === 'Vary' ? headers.get(name) : null;
      headers.set(name, own === null || own === value ? value : `${own}, ${value}`);
    }
    return response;
  }
}
