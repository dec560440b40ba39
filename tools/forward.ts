/** A plain HTTP forwarder, for a server that cannot choose its own port. */
import { createServer, request } from 'node:http';

export interface Forwarder {
  stop(): Promise<void>;
}

/** Listens on 127.0.0.1 and hands everything to `target`, an http origin. */
export async function forward(port: number, target: string): Promise<Forwarder> {
  const { hostname, port: targetPort } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const onward = request({ hostname, port: targetPort, method, path, headers }, reply => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
      reply.pipe(outgoing);
    });
    onward.on('error', () => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end();
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
