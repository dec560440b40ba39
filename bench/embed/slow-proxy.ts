/** Stands before the app, holds every reply back until it has taken as long as on a slow line, and writes down when each request began and ended. */
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Trip {
  readonly path: string;
  /** Milliseconds since the log was cleared. */
  readonly began: number;
  ended: number | undefined;
  readonly preflight: boolean;
}

/** What becomes of the requests whose path holds `path`: no answer at all, or 503. */
export interface Fault {
  readonly path: string;
  readonly kind: 'silent' | 'broken';
}

export interface SlowProxy {
  readonly port: number;
  readonly trips: readonly Trip[];
  fault: Fault | undefined;
  clear(): void;
  stop(): Promise<void>;
}

export interface SlowProxyOptions {
  readonly port: number;
  readonly target: number;
  /** Milliseconds from a request to its reply, at least. */
  readonly delay: number;
  /** Path -> a reply of the proxy's own, as late as the others. */
  readonly own: Readonly<Record<string, string>>;
}

/** The host name stays as the browser sent it. A script asked for with `?copy` refers to a second copy of its widgets. */
export async function startSlowProxy({ port, target, delay, own }: SlowProxyOptions): Promise<SlowProxy> {
  const trips: Trip[] = [];
  let zero = performance.now();
  const server = createServer((incoming, outgoing) => {
    const trip: Trip = {
      path: incoming.url ?? '',
      began: performance.now() - zero,
      ended: undefined,
      preflight: incoming.method === 'OPTIONS',
    };
    trips.push(trip);
    outgoing.once('close', () => {
      trip.ended = performance.now() - zero;
    });
    const due = performance.now() + delay;
    const fault = proxy.fault && incoming.url?.includes(proxy.fault.path) ? proxy.fault.kind : undefined;
    const reply = own[incoming.url ?? ''];
    if (reply !== undefined) {
      const headers = { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' };
      setTimeout(() => outgoing.writeHead(200, headers).end(reply), delay);
      return;
    }
    const broken = () => outgoing.writeHead(503, { 'access-control-allow-origin': '*' }).end();
    if (fault === 'broken') setTimeout(broken, delay);
    else if (fault === undefined) pass(incoming, outgoing, target, due);
  });
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const proxy: SlowProxy = {
    port: (server.address() as AddressInfo).port,
    trips,
    fault: undefined,
    clear() {
      trips.length = 0;
      zero = performance.now();
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, port: number, due: number): void {
  const copy = incoming.url?.endsWith('.js?copy') ?? false;
  const { method, url, headers } = incoming;
  const onward = send({ host: '127.0.0.1', port, method, path: url, headers }, reply => {
    const chunks: Buffer[] = [];
    reply.on('data', chunk => chunks.push(chunk));
    reply.on('end', () => {
      const { 'content-length': _, ...rest } = reply.headers;
      const body = Buffer.concat(chunks);
      setTimeout(
        () => {
          outgoing.writeHead(reply.statusCode ?? 502, rest);
          outgoing.end(copy ? body.toString().replaceAll(/\.js(["'`])/g, '.js?copy$1') : body);
        },
        Math.max(0, due - performance.now()),
      );
    });
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}

/** The longest chain of requests of which each began after the one before had ended. */
export function sequentialTrips(trips: readonly Trip[], before = Number.POSITIVE_INFINITY): number {
  const depths: { ended: number; depth: number }[] = [];
  for (const { began, ended } of trips) {
    if (began > before) continue;
    const depth = 1 + Math.max(0, ...depths.filter(item => item.ended <= began).map(item => item.depth));
    depths.push({ ended: ended ?? Number.POSITIVE_INFINITY, depth });
  }
  return Math.max(0, ...depths.map(({ depth }) => depth));
}
