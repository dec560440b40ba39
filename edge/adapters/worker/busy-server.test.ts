import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createRemoteDatabases } from './databases.ts';

const admin = { create: async () => {}, copy: async () => {}, drop: async () => {} };

/** A server that gives these statuses, one a request, and counts them. */
async function serverOf(statuses: readonly number[]): Promise<{ url: string; requests: () => number; close(): void }> {
  let requests = 0;
  const server = createServer((request, reply) => {
    request.resume();
    reply.writeHead(statuses[Math.min(requests, statuses.length - 1)]!).end('{}');
    requests += 1;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests: () => requests, close: () => server.close() };
}

test('a busy server is asked again, a broken one is not', async t => {
  const server = await serverOf([429, 429, 500]);
  t.after(() => server.close());
  const db = await createRemoteDatabases({ url: server.url, admin }).open('one');
  await assert.rejects(async () => db.read([{ sql: 'SELECT 1' }]), { kind: 'unavailable' });
  assert.equal(server.requests(), 3);
});

test('a server that stays busy is given up in time', async t => {
  const server = await serverOf([429]);
  t.after(() => server.close());
  const db = await createRemoteDatabases({ url: server.url, admin, timeoutMs: 200 }).open('one');
  await assert.rejects(async () => db.read([{ sql: 'SELECT 1' }]), { kind: 'unavailable' });
  assert.ok(server.requests() > 1);
});
