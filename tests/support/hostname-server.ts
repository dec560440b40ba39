/** Speaks Cloudflare's API of custom hostnames on this machine: its envelope, its statuses, its refusals. */
import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Hostname {
  readonly id: string;
  readonly hostname: string;
  status: string;
  ssl: { status: string; method: string; type: string; validation_errors?: { message: string }[] };
  verification_errors?: string[];
  readonly ownership_verification: { readonly type: 'txt'; readonly name: string; readonly value: string };
}

type Errors = readonly { readonly code: number; readonly message: string }[];

export interface HostnameServer {
  readonly apiUrl: string;
  readonly zone: string;
  readonly token: string;
  /** By id; a test changes their states as it likes. */
  readonly names: Map<string, Hostname>;
  readonly requests: { readonly line: string; readonly body: unknown }[];
  named(hostname: string): Hostname | undefined;
  /** The next request is answered so: with errors in the envelope, or with this body. */
  answer(status: number, body: Errors | object | string, headers?: Readonly<Record<string, string>>): void;
  reset(): void;
  stop(): Promise<void>;
}

export async function startHostnameServer(): Promise<HostnameServer> {
  const zone = '023e105f4ecef8ad9ca31a8372d0c353';
  const token = 'cf-token';
  const names = new Map<string, Hostname>();
  const requests: { line: string; body: unknown }[] = [];
  let next: ((response: ServerResponse) => void) | undefined;
  const named = (hostname: string) => [...names.values()].find(name => name.hostname === hostname);

  const send = (response: ServerResponse, status: number, result: unknown, errors: Errors = []) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ success: errors.length === 0, errors, messages: [], result }));

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const body = text ? JSON.parse(text) : undefined;
    const url = new URL(request.url!, 'http://api');
    requests.push({ line: `${request.method} ${url.pathname}`, body });
    const answer = next;
    next = undefined;
    if (answer) return answer(response);
    if (request.headers.authorization !== `Bearer ${token}`)
      return send(response, 403, null, [{ code: 10000, message: 'Authentication error' }]);
    const [, id] = new RegExp(`^/client/v4/zones/${zone}/custom_hostnames(?:/(\\w+))?$`).exec(url.pathname) ?? [];
    const name = id ? names.get(id) : undefined;
    const verb = `${request.method}${id ? ' one' : ''}`;
    if (verb === 'GET') {
      const part = url.searchParams.get('hostname') ?? '';
      return send(
        response,
        200,
        [...names.values()].filter(({ hostname }) => hostname.includes(part)),
      );
    }
    if (verb === 'POST') {
      if (named(body.hostname))
        return send(response, 409, null, [{ code: duplicate, message: 'Duplicate custom hostname found.' }]);
      const made: Hostname = {
        id: randomUUID().replaceAll('-', ''),
        hostname: body.hostname,
        status: 'pending',
        ssl: { status: 'initializing', method: body.ssl.method, type: body.ssl.type },
        ownership_verification: { type: 'txt', name: `_cf-custom-hostname.${body.hostname}`, value: randomUUID() },
      };
      names.set(made.id, made);
      return send(response, 201, made);
    }
    if (!name) return send(response, 404, null, [{ code: 1436, message: 'The custom hostname was not found.' }]);
    if (verb === 'DELETE one') {
      names.delete(name.id);
      return send(response, 200, { id: name.id });
    }
    name.ssl = { status: 'pending_validation', method: body.ssl.method, type: body.ssl.type };
    delete name.verification_errors;
    return send(response, 202, name);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    zone,
    token,
    names,
    requests,
    named,
    answer(status, body, headers = {}) {
      next = response => {
        for (const [header, value] of Object.entries(headers)) response.setHeader(header, value);
        if (Array.isArray(body)) send(response, status, null, body as Errors);
        else response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
      };
    },
    reset() {
      names.clear();
      requests.length = 0;
      next = undefined;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}

const duplicate = 1406;
