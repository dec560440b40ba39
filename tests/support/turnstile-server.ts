/** The service's siteverify, as Cloudflare documents it, for one secret: a token is what the page proved, spent by its first use. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const serviceKey = '0x4AAAAAAAtestsitekey';
export const secretKey = '0x4AAAAAAAtestsecretkey0123456789';

/** What a browser proved on a page. */
export interface Proved {
  readonly hostname: string;
  readonly action: string;
  readonly cdata: string;
}

export interface TurnstileServer {
  readonly url: string;
  /** Every body that it was sent. */
  readonly asked: Readonly<Record<string, string>>[];
  /** While true it answers 503. */
  away: boolean;
  /** A token as the service's script gives it to the page. */
  token(proved: Proved): string;
  close(): Promise<void>;
}

export async function startTurnstileServer(): Promise<TurnstileServer> {
  const tokens = new Map<string, Proved & { id?: string | undefined }>();
  const asked: Record<string, string>[] = [];
  let away = false;
  const judge = ({ secret, response = '', idempotency_key: id }: Record<string, string>) => {
    if (secret !== secretKey) return { success: false, 'error-codes': ['invalid-input-secret'] };
    const found = tokens.get(response);
    if (!found) return { success: false, 'error-codes': ['invalid-input-response'] };
    if (found.id !== undefined && found.id !== id) return { success: false, 'error-codes': ['timeout-or-duplicate'] };
    found.id = id ?? '';
    const { hostname, action, cdata } = found;
    return { success: true, 'error-codes': [], challenge_ts: new Date().toISOString(), hostname, action, cdata };
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const known = request.method === 'POST' && request.url === '/turnstile/v0/siteverify';
    if (!known || away) return void response.writeHead(known ? 503 : 404).end();
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>;
    asked.push(body);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(judge(body)));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    get away() {
      return away;
    },
    set away(value) {
      away = value;
    },
    token(proved) {
      const token = `0.${tokens.size}.${Math.random().toString(36).slice(2)}`;
      tokens.set(token, proved);
      return token;
    },
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  };
}
