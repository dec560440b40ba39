/** A client of our own API, as anybody could write one: what the demo is made with. */
import type { AccessToken } from '../../schemas/protocol/index.ts';

export type Fetch = (request: Request) => Response | Promise<Response>;

interface Sent {
  readonly method?: string;
  readonly body?: unknown;
  readonly token?: string;
}

export class ApiClient {
  private readonly fetch: Fetch;
  readonly url: string;
  private cookie = '';

  constructor(fetch: Fetch, url: string) {
    this.fetch = fetch;
    this.url = url;
  }

  /** The reply's `data`. Throws with the problem's text on any other answer. */
  async send<T>(path: string, { method = 'POST', body, token }: Sent = {}): Promise<T> {
    const headers: Record<string, string> = { origin: this.url };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (token) headers['authorization'] = `Bearer ${token}`;
    else if (this.cookie) headers['cookie'] = this.cookie;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const response = await this.fetch(new Request(`${this.url}${path}`, { method, headers, body: text }));
    this.cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.cookie;
    const reply = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${reply}`);
    return (reply ? (JSON.parse(reply) as { data: T }).data : undefined) as T;
  }

  get<T>(path: string, token?: string): Promise<T> {
    return this.send(path, { method: 'GET', token });
  }

  /** A public file with these bytes; its id. */
  async upload(
    token: string,
    file: { readonly name: string; readonly contentType: string; readonly purpose: string },
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<string> {
    const { id, upload } = await this.send<{
      id: string;
      upload: { method: string; url: string; headers: Record<string, string> };
    }>('/api/files', { token, body: { ...file, size: bytes.byteLength, acl: 'public' } });
    const { method, url, headers } = upload;
    const sent = await this.fetch(new Request(url, { method, headers, body: bytes }));
    if (!sent.ok) throw new Error(`${method} ${file.name}: ${sent.status} ${await sent.text()}`);
    await this.send(`/api/files/${id}/complete`, { token, body: {} });
    return id;
  }

  async clientToken(clientId: string): Promise<string> {
    return (await this.send<AccessToken>('/api/session/token', { body: { clientId } })).token;
  }
}
