import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { DatabaseError } from '../../../schemas/ports/index.ts';
import { createTursoAdmin, type DatabaseAdmin } from './database-admin.ts';

describe('createTursoAdmin', () => {
  let server: Server;
  let admin: DatabaseAdmin;
  let status = 200;
  let seen: { method?: string; url?: string; authorization?: string; body: string }[];

  before(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method, url, headers } = request;
      seen.push({ method, url, authorization: headers.authorization, body: Buffer.concat(chunks).toString() });
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":"as the platform says"}');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    admin = createTursoAdmin({ organization: 'my-org', group: 'default', token: 'secret', url });
  });

  after(() => server.close());
  beforeEach(() => {
    seen = [];
  });

  it('creates a database in its group', async () => {
    status = 200;
    await admin.create('s-1');
    const [request] = seen;
    assert.deepEqual(
      { ...request, body: JSON.parse(request!.body) },
      {
        method: 'POST',
        url: '/v1/organizations/my-org/databases',
        authorization: 'Bearer secret',
        body: { name: 's-1', group: 'default' },
      },
    );
  });

  it('copies a database by a seed, and never over another one', async () => {
    status = 200;
    await admin.copy('s-1', 's-2');
    const body = { name: 's-2', group: 'default', seed: { type: 'database', name: 's-1' } };
    assert.deepEqual([seen[0]!.method, JSON.parse(seen[0]!.body)], ['POST', body]);
    status = 409;
    await assert.rejects(admin.copy('s-1', 's-2'), DatabaseError);
  });

  it('takes an existing database as created, a missing one as deleted', async () => {
    status = 409;
    await admin.create('s-1');
    status = 404;
    await admin.drop('s-1');
    assert.equal(seen[1]!.method, 'DELETE');
    assert.equal(seen[1]!.url, '/v1/organizations/my-org/databases/s-1');
  });

  it('reports every other answer as "unavailable"', async () => {
    for (status of [400, 401, 429, 500]) {
      await assert.rejects(
        admin.create('s-1'),
        (error: unknown) =>
          error instanceof DatabaseError && error.kind === 'unavailable' && /as the platform says/.test(error.message),
      );
    }
  });
});
