/** The first requests to a store that nobody has opened, and to one that is not there any more, over HTTP. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { ApiKey, Client } from '../../schemas/protocol/index.ts';
import { startHost, type TestHost } from './host.ts';

/** Of one store at once. On a Worker each request asks a server of databases, which shares this machine's processors with all the rest. */
const callers = { node: 1_000, worker: 200 } as const;

interface Tenant {
  readonly id: string;
  readonly key: string;
}

describe('a cold store', () => {
  let host: TestHost;
  let api: ApiClient;
  before(async () => {
    host = await startHost();
    api = new ApiClient(request => fetch(request), host.url);
    const owner = { agencyName: 'Cold', name: 'Cold', email: 'cold@inlay.example', password: 'correct horse battery' };
    await api.send('/api/signup', { body: owner });
  });
  after(() => host?.stop());

  const tenant = async (name: string): Promise<Tenant> => {
    const { id } = await api.send<Client>('/api/clients', { body: { name, zone: 'Europe/Prague' } });
    await api.send(`/api/clients/${id}/installations`, { body: { module: 'booking' } });
    const { key } = await api.send<ApiKey>(`/api/clients/${id}/keys`, { body: { name: 'K', scopes: ['*'] } });
    return { id, key: key! };
  };
  const read = ({ key }: Tenant) =>
    fetch(`${host.url}/api/m/booking/v1/service`, { headers: { authorization: `Bearer ${key}` } });
  const storeOf = async ({ id }: Tenant): Promise<string> => {
    const control = await host.databases.open('control');
    const [found] = await control.read([{ sql: 'SELECT name FROM store WHERE client_id = ?', args: [id] }]);
    return String(found!.rows[0]![0]);
  };

  it('is made and migrated once for all who ask at once', { timeout: 120_000 }, async () => {
    const cold = await tenant('Cold');
    // A server of databases that is given too much at once may refuse some for now, and they ask again.
    const patiently = async (tries = 20): Promise<Response> => {
      const reply = await read(cold);
      if (reply.status !== 503 || tries === 0) return reply;
      await sleep(500);
      return patiently(tries - 1);
    };
    const replies = await Promise.all(Array.from({ length: callers[host.kind] }, () => patiently()));
    const statuses = Map.groupBy(replies, ({ status }) => status);
    assert.deepEqual(
      [...statuses.keys()],
      [200],
      JSON.stringify([...statuses].map(([code, all]) => [code, all.length])),
    );
    const store = await host.databases.open(await storeOf(cold));
    const [ledger] = await store.read([{ sql: 'SELECT module, at FROM "_migration" ORDER BY module' }]);
    assert.deepEqual(
      ledger!.rows.map(([module]) => module),
      ['_system', 'booking', 'calendar', 'party'],
    );
    // A second migration would have written its own time over the first one's.
    assert.equal(new Set(ledger!.rows.map(([, at]) => at)).size, 1);
  });

  it('that is gone refuses its own tenant alone', async t => {
    if (host.kind === 'node')
      return t.skip('a file stays readable for whoever has it open; faults of files have a test of their own');
    const [gone, neighbour] = [await tenant('Gone'), await tenant('Neighbour')];
    for (const each of [gone, neighbour]) assert.equal((await read(each)).status, 200);
    await host.databases.drop(await storeOf(gone));
    const replies = await Promise.all([read(gone), ...Array.from({ length: 20 }, () => read(neighbour))]);
    assert.equal(replies[0]!.status, 503);
    assert.equal(replies[0]!.headers.get('content-type'), 'application/problem+json');
    for (const { status } of replies.slice(1)) assert.equal(status, 200);
  });
});
