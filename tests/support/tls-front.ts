/** What stands before the app and speaks TLS for clients' names, as a front in production does; browsers have to pass over its certificate. */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { root } from '../../tools/root.ts';

export interface TlsFront {
  readonly port: number;
  stop(): Promise<void>;
}

/** The development certificate of the test runner's own server. */
const certificate = (end: string) =>
  readFileSync(join(root, `node_modules/@web/dev-server-core/.self-signed-dev-server-ssl.${end}`));

/** Hands everything on to `url`, under the name that was asked for. */
export async function startTlsFront(url: string): Promise<TlsFront> {
  const { hostname, port } = new URL(url);
  const server = createServer({ cert: certificate('cert'), key: certificate('key') }, (asked, answer) => {
    const { method, url: path, headers } = asked;
    const sent = request({ hostname, port, method, path, headers }, reply => {
      answer.writeHead(reply.statusCode!, reply.headers);
      reply.pipe(answer);
    });
    sent.on('error', () => answer.destroy());
    asked.pipe(sent);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}
