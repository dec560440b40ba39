/** An HTTP server with bounded waits that ends without cutting a reply short. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { limitBody } from '../../body-limit.ts';

export interface ServerOptions {
  readonly fetch: (request: Request, env: HttpBindings) => Response | Promise<Response>;
  readonly port: number;
  readonly hostname: string;
}

export interface RunningServer {
  readonly port: number;
  /** Accepts nothing new, waits for replies under way, and cuts what remains after `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>;
}

const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** Longer than the idle time of common proxies, so that they close first. */
const KEEP_ALIVE_MS = 75_000;

export async function startServer({ fetch, port, hostname }: ServerOptions): Promise<RunningServer> {
  const bounded = limitBody(fetch);
  const server = createAdaptorServer({
    fetch: (request, env) => bounded(request, env as HttpBindings),
    serverOptions: {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 2000,
    },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: timeoutMs => stop(server, timeoutMs),
  };
}

async function stop(server: Server, timeoutMs: number): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()));
  // A connection kept alive by its client would otherwise hold the server open.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), timeoutMs);
  server.closeIdleConnections();
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
