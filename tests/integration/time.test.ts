/** What happens in time with nobody asking, what is sealed, and the audit trail: on both hosts, seen in the databases themselves. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../edge/demo/api-client.ts';
import { leaseMs } from '../../edge/engine/lease.ts';
import type { Database } from '../../schemas/ports/index.ts';
import type { ApiKey, AuditVerdict, Client } from '../../schemas/protocol/index.ts';
import { type DemoClient, demoClient } from '../support/demo-world.ts';
import { openWorkshop, type Workshop } from '../support/workshop.ts';
import { startHost, type TestHost } from './host.ts';

const manifest = `/** Parcels that are lost by themselves. */
import { defineModule, entity, f } from '../../schemas/module/index.ts';

export const parcel = defineModule({
  id: 'inlay.parcel',
  version: '1.0.0',
  type: 'app',
  label: 'Parcels',
  description: '',
  icon: 'box',
  categories: [],
  settings: {},
  entities: {
    parcel: entity({
      label: 'Parcel',
      fields: {
        state: f.enum(['sent', 'lost', 'found']).default('sent').readOnly(),
        label: f.text(),
        content: f.text().optional().encrypted(),
      },
      states: {
        field: 'state',
        initial: 'sent',
        transitions: {
          lose: { from: ['sent'], to: 'lost', roles: [], after: { seconds: 3 } },
          find: { from: ['sent', 'lost'], to: 'found', roles: ['admin'], askReason: 'required' },
        },
      },
      access: { admin: { read: true, create: true, update: true, delete: true } },
    }),
  },
  events: {},
  actions: {},
});
`;

describe('in time', () => {
  let workshop: Workshop;
  let host: TestHost;
  let api: ApiClient;
  let client: Client;
  let user: DemoClient;
  let store: Database;
  before(async () => {
    workshop = openWorkshop();
    workshop.add('parcel', 'records');
    writeFileSync(join(workshop.folder, 'widgets/parcel/module.ts'), manifest);
    host = await startHost({ checkout: workshop.folder });
    api = new ApiClient(request => fetch(request), host.url);
    const body = { agencyName: 'Post', name: 'Olga', email: 'olga@post.example', password: 'correct horse battery' };
    await api.send('/api/signup', { body });
    client = await api.send<Client>('/api/clients', { body: { name: 'Office', zone: 'Europe/Prague' } });
    await api.send(`/api/clients/${client.id}/installations`, { body: { module: 'parcel' } });
    const { key } = await api.send<ApiKey>(`/api/clients/${client.id}/keys`, { body: { name: 'T', scopes: ['*'] } });
    user = demoClient(host.url, key!, '');
    await user.data('parcel/v1/parcel');
    const control = await host.databases.open('control');
    const [found] = await control.read([{ sql: 'SELECT name FROM store WHERE client_id = ?', args: [client.id] }]);
    store = await host.databases.open(found!.rows[0]![0] as string);
  });
  after(async () => {
    await host?.stop();
    workshop?.remove();
  });

  const send = (label: string, more: object = {}, headers?: Readonly<Record<string, string>>) =>
    user.data<{ id: string }>('parcel/v1/parcel', { body: { label, ...more }, headers });
  /** Asks the database, and nothing of the host. */
  const untilLost = async (id: string): Promise<void> => {
    for (let tries = 0; tries < 240; tries++) {
      const [found] = await store.read([{ sql: 'SELECT state FROM parcel_parcel WHERE id = ?', args: [id] }]);
      if (found!.rows[0]![0] === 'lost') return;
      await sleep(250);
    }
    throw new Error('Nothing happened.');
  };
  const steps = async (id: string): Promise<unknown[]> => {
    const sql = `SELECT "actor_kind", "action" FROM "_audit" WHERE "record" = ? ORDER BY "seq"`;
    const [found] = await store.read([{ sql, args: [id] }]);
    return found!.rows.map(row => row.join(' '));
  };

  it('a state ends by itself though nothing more is asked of the host', async () => {
    const { id } = await send('alone');
    await untilLost(id);
    assert.deepEqual(await steps(id), ['key created', 'system lose']);
  });

  it('what a runner that died had taken is done by another, once, after its lease', async () => {
    const { id } = await send('taken');
    const until = Date.now() + 8_000;
    assert.ok(until < Date.now() + leaseMs);
    const [taken] = await store.write([
      {
        sql: `UPDATE "_job" SET "runner" = 'dead', "next_at" = ?, "attempts" = 1 WHERE "key" = ? AND "runner" IS NULL`,
        args: [until, id],
      },
    ]);
    assert.equal(taken!.changes, 1);
    await untilLost(id);
    assert.ok(Date.now() >= until, 'the lease was kept');
    assert.deepEqual(await steps(id), ['key created', 'system lose']);
    const [left] = await store.read([{ sql: 'SELECT count(*) FROM "_job" WHERE "key" = ?', args: [id] }]);
    assert.deepEqual(left!.rows, [[0]]);
  });

  it('a transition asks why, and its event and audit row tell it', async () => {
    const { id } = await send('found');
    const path = `parcel/v1/parcel/${id}/transitions/find`;
    assert.equal((await user.call(path, { body: {} })).status, 422);
    await user.data(path, { body: { reason: 'behind the door' } });
    const [event, audit] = await store.read([
      { sql: `SELECT "payload" FROM "_outbox" WHERE "event" = 'parcel.parcel.find' AND "record" = ?`, args: [id] },
      { sql: `SELECT "diff" FROM "_audit" WHERE "action" = 'find' AND "record" = ?`, args: [id] },
    ]);
    const told = JSON.parse(String(event!.rows[0]![0]));
    assert.deepEqual([told.from, told.to, told.actor.kind, told.reason], ['sent', 'found', 'key', 'behind the door']);
    assert.equal(JSON.parse(String(audit!.rows[0]![0])).reason, 'behind the door');
  });

  it('what is sealed is read by those who may, and lies open in no table and in no file of the databases', async () => {
    const [canary, label] = ['canary-7f3e-content', 'label-9c41-open'];
    const { id } = await send(label, { content: canary }, { 'idempotency-key': 'seal-1' });
    const again = await send(label, { content: canary }, { 'idempotency-key': 'seal-1' });
    assert.equal(again.id, id, 'the kept reply was given again');
    assert.equal((await user.data(`parcel/v1/parcel/${id}`))['content'], canary);
    const changed = `${canary}-changed`;
    const patched = await user.call(`parcel/v1/parcel/${id}`, { method: 'PATCH', body: { content: changed } });
    assert.equal(patched.status, 200);
    assert.equal((await user.data(`parcel/v1/parcel/${id}`))['content'], changed);
    assert.equal((await user.call('parcel/v1/parcel', { body: { label: 1, content: canary } })).status, 422);
    const control = await host.databases.open('control');
    for (const db of [store, control]) assert.deepEqual(await tablesWith(db, canary), []);
    assert.deepEqual(
      await tablesWith(store, 'sealed.'),
      ['_idempotency.body', 'parcel_parcel.content'],
      'it is there, sealed',
    );
    const files = readdirSync(host.storage, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
    assert.ok(
      files.some(({ name }) => name.endsWith('-wal')),
      'the log is among them',
    );
    const holds = (word: string) =>
      files.filter(entry => readFileSync(join(entry.parentPath, entry.name)).includes(word)).map(({ name }) => name);
    assert.notDeepEqual(holds(label), [], 'what is not sealed is found');
    assert.deepEqual(holds(canary), []);
  });

  it('the audit trail is whole, and a row that was changed behind its back is named, to its own agency alone', async () => {
    const path = `/api/audit/verify?clientId=${client.id}`;
    const verdict = await api.get<AuditVerdict>(path);
    assert.equal(verdict.ok, true);
    assert.ok(verdict.rows >= 6);
    const stranger = new ApiClient(request => fetch(request), host.url);
    const body = { agencyName: 'Other', name: 'Petr', email: 'petr@other.example', password: 'correct horse battery' };
    await stranger.send('/api/signup', { body });
    await assert.rejects(stranger.get(path), /404/);
    await store.write([{ sql: `UPDATE "_audit" SET "actor_id" = 'somebody' WHERE "seq" = 4` }]);
    assert.deepEqual((await api.get<AuditVerdict>(path)).broken, { seq: 4, problem: 'changed' });
  });
});

/** Columns of texts with `word` in them. */
async function tablesWith(db: Database, word: string): Promise<string[]> {
  const [columns] = await db.read([
    {
      sql: `SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY 1, 2`,
    },
  ]);
  const names = columns!.rows as [string, string][];
  const counts = await db.read(
    names.map(([table, column]) => ({
      sql: `SELECT count(*) FROM "${table}" WHERE instr(CAST("${column}" AS BLOB), CAST(? AS BLOB)) > 0`,
      args: [word],
    })),
  );
  return names.filter((_, i) => counts[i]!.rows[0]![0] !== 0).map(([table, column]) => `${table}.${column}`);
}
