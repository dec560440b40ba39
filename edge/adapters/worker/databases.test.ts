import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { DatabaseError, type Databases } from '../../../schemas/ports/index.ts';
import { type Sqld, startSqld } from '../../../tools/sqld.ts';
import { databasesContract } from '../databases.contract.ts';
import { createSqldAdmin } from './database-admin.ts';
import { createRemoteDatabases } from './databases.ts';

let sqld: Sqld;
let databases: Databases;

before(async () => {
  sqld = await startSqld();
  databases = createRemoteDatabases({ url: sqld.url, admin: createSqldAdmin({ url: sqld.adminUrl }) });
});

after(() => sqld.stop());

databasesContract('libSQL server by header', () => databases);

describe('remote databases', () => {
  const unavailable = (error: unknown) => error instanceof DatabaseError && error.kind === 'unavailable';

  it('puts the name into the address where the template says so, and not into a header', async () => {
    const seen: unknown[] = [];
    const server = createServer((request, response) => {
      seen.push([request.url, request.headers['x-namespace-bin'], request.headers.authorization]);
      response.writeHead(404).end();
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/{name}/`;
    const admin = createSqldAdmin({ url: sqld.adminUrl });
    const byAddress = createRemoteDatabases({ url, authToken: 'secret', admin });
    await assert.rejects(async () => (await byAddress.open('s-1')).read([{ sql: 'SELECT 1' }]), unavailable);
    server.close();
    assert.deepEqual(seen, [['/s-1/v2/pipeline', undefined, 'Bearer secret']]);
  });

  it('answers "unavailable" when the server is down', async () => {
    const down = createRemoteDatabases({
      url: 'http://127.0.0.1:9',
      admin: createSqldAdmin({ url: 'http://127.0.0.1:9' }),
    });
    await assert.rejects(async () => (await down.open('a')).read([{ sql: 'SELECT 1' }]), unavailable);
    await assert.rejects(down.create('a'), unavailable);
  });

  it('answers "unavailable" within two seconds when the server does not answer', async () => {
    const silent = createSocketServer(() => {});
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const mute = createRemoteDatabases({ url, admin: createSqldAdmin({ url }), timeoutMs: 200 });
    await assert.rejects(async () => (await mute.open('a')).read([{ sql: 'SELECT 1' }]), unavailable);
    silent.close();
  });
});
