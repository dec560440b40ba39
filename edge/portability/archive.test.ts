import assert from 'node:assert/strict';
import { it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import type { SqlValue } from '../../schemas/ports/index.ts';
import { openValue, sealColumns } from '../engine/sealing.ts';
import type { TestEngine } from '../engine/testing.ts';
import { startLedger } from '../engine/testing-ledger.ts';
import { rows, start } from '../engine/testing-room.ts';
import { archiveRow, lineOf, memberNames } from './archive.ts';
import { exportClient, type StoreCopy } from './export-client.ts';
import { sequenceStatements } from './import-client.ts';
import { zipOf } from './zip-writer.ts';

async function* each<T>(...items: T[]): AsyncGenerator<T> {
  yield* items;
}

it('numbers keep their digits and nothing but plain values is a row', () => {
  const line = lineOf({ id: 'a', wide: 9007199254740993n, none: null, n: 1.5 });
  assert.deepEqual(archiveRow.parse(JSON.parse(line)), { id: 'a', wide: 9007199254740993n, none: null, n: 1.5 });
  for (const bad of ['[]', '{"a":true}', '{"a":{"b":1}}', '{"a":{"$int":"x"}}', '"a"']) {
    assert.equal(archiveRow.safeParse(JSON.parse(bad)).success, false, bad);
  }
});

it('names of members lead nowhere', () => {
  for (const good of ['manifest.json', 'data/guest-book.entryLine.jsonl', `files/${'a'.repeat(64)}`]) {
    assert.match(good, memberNames);
  }
  for (const bad of [
    '../a',
    '/manifest.json',
    'data/../x.jsonl',
    'data/a.b.jsonl/..',
    'files/x',
    'data\\a.b.jsonl',
    'files/',
  ]) {
    assert.doesNotMatch(bad, memberNames);
  }
});

it('an archive is written piece by piece', async () => {
  const big = Buffer.alloc(100_000, 'abc');
  let produced = 0;
  const body = (async function* () {
    for (let i = 0; i < 50; i++) {
      produced += 1;
      yield big;
    }
  })();
  let first: number | undefined;
  const parts: Uint8Array[] = [];
  for await (const part of zipOf(each({ name: 'a', body, stored: true }))) {
    parts.push(part);
    if (parts.length === 2) first = produced;
  }
  assert.ok(first !== undefined && first <= 2, `${first} of 50 pieces were read before anything came out`);
  assert.equal(unzipSync(new Uint8Array(Buffer.concat(parts)))['a']!.length, 5_000_000);
});

/** A copy of the engine's store, without a control plane to note it. */
async function copied({ runtime, tenant, now }: TestEngine): Promise<StoreCopy> {
  const { databases } = runtime.ports;
  await databases.copy(tenant.store, 'the-copy');
  return { name: 'the-copy', at: now, drop: () => databases.drop('the-copy') };
}

it('an archive stands for one instant, whatever is written while it is read', async t => {
  const engine = start();
  t.after(() => engine.close());
  const { runtime, tenant, actors } = engine;
  const db = await runtime.stores.open(tenant.store, tenant.modules);
  const first = await engine.create(actors.admin, 'room', 'room', { name: 'First' });
  await engine.create(actors.admin, 'room', 'stay', {
    room: first.id,
    start: '2026-02-01T10:00:00Z',
    end: '2026-02-01T11:00:00Z',
  });
  const [row] = (await rows(engine, 'SELECT * FROM "room_room"')) as [SqlValue[]];
  const { columns } = (await db.read([{ sql: 'SELECT * FROM "room_room" LIMIT 0' }]))[0]!;
  const filled = Array.from({ length: 1400 }, (_, i) =>
    row.map((value, at) => (columns[at] === 'id' || columns[at] === 'name' ? `z${String(i).padStart(5, '0')}` : value)),
  );
  const sql = `INSERT INTO "room_room" VALUES (${row.map(() => '?').join(', ')})`;
  await db.write(filled.map(args => ({ sql, args })));
  const around = { client: { id: tenant.client.id, name: 'Rosa', zone: 'UTC' }, modules: [], sites: [] };
  const before = Number((await rows(engine, 'SELECT max("seq") FROM "_audit"'))[0]![0]);
  const parts: Uint8Array[] = [];
  let written = 0;
  for await (const part of await exportClient(runtime, tenant, around, () => copied(engine))) {
    parts.push(part);
    if (parts.length % 3 !== 1 || written >= 20) continue;
    // Rooms come with stays in them, and others go, while pages of both are being read.
    written += 1;
    const { id } = await engine.create(actors.admin, 'room', 'room', { name: `Late ${written}` });
    const start = new Date(Date.UTC(2026, 2, written, 10)).toISOString();
    await engine.create(actors.admin, 'room', 'stay', { room: id, start, end: start.replace('T10', 'T11') });
    await engine.remove(actors.admin, 'room', 'room', `z${String(1400 - written).padStart(5, '0')}`);
  }
  assert.ok(written >= 2, `${written} writes came in between`);
  const members = unzipSync(new Uint8Array(Buffer.concat(parts)));
  const lines = (name: string) =>
    strFromU8(members[name]!)
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, string>);
  const rooms = new Set(lines('data/room.room.jsonl').map(({ id }) => id));
  assert.equal(rooms.size, 1401);
  const stays = lines('data/room.stay.jsonl');
  assert.deepEqual(
    stays.map(stay => rooms.has(stay['room']!)),
    [true],
  );
  const manifest = JSON.parse(strFromU8(members['manifest.json']!));
  assert.deepEqual([manifest.audit, manifest.exportedAt], [before, new Date(engine.now).toISOString()]);
  await assert.rejects(async () => runtime.ports.databases.open('the-copy'), 'the copy is dropped');
});

it('numberings go along and follow their site', async t => {
  const engine = start();
  t.after(() => engine.close());
  const { runtime, tenant } = engine;
  const db = await runtime.stores.open(tenant.store, tenant.modules);
  const statements = await sequenceStatements(
    each({ series: 'shop.order.number', scope: 'old-site', period: '2026', value: 41 }),
    new Map([['old-site', 'new-site']]),
  );
  await db.write(statements);
  assert.deepEqual(await rows(engine, 'SELECT * FROM "_sequence"'), [['shop.order.number', 'new-site', '2026', 41]]);
  const around = { client: { id: tenant.client.id, name: 'Rosa', zone: 'UTC' }, modules: [], sites: [] };
  const parts: Uint8Array[] = [];
  for await (const part of await exportClient(runtime, tenant, around, () => copied(engine))) parts.push(part);
  const members = unzipSync(new Uint8Array(Buffer.concat(parts)));
  assert.equal(
    strFromU8(members['sequences.jsonl']!),
    '{"series":"shop.order.number","scope":"new-site","period":"2026","value":41}\n',
  );
  const manifest = JSON.parse(strFromU8(members['manifest.json']!));
  assert.equal(manifest.members['sequences.jsonl'].rows, 1);
  assert.ok('data/room.room.jsonl' in manifest.members);
});

it('what is sealed is opened on its way out, and sealed for whoever has it next', async t => {
  const engine = startLedger();
  t.after(() => engine.close());
  const { runtime, tenant, actors } = engine;
  const price = { amount: 100, currency: 'EUR' };
  const { id } = await engine.create(actors.admin, 'ledgers', 'bill', { price, iban: 'CZ65 0800 "x"' });
  const damaged = await engine.create(actors.admin, 'ledgers', 'bill', { price, iban: 'CZ00' });
  const db = await runtime.stores.open(tenant.store, tenant.modules);
  const bill = tenant.byName.get('ledgers')!.entities.get('bill')!;
  const field = bill.encrypted[0]!;
  const column = field.columns[0]!.slice(1, -1);
  await db.write([
    { sql: `UPDATE "${bill.table}" SET "${column}" = 'sealed.AAAA' WHERE "id" = ?`, args: [damaged.id] },
  ]);
  const around = { client: { id: tenant.client.id, name: 'Rosa', zone: 'UTC' }, modules: [], sites: [] };
  const parts: Uint8Array[] = [];
  for await (const part of await exportClient(runtime, tenant, around, () => copied(engine))) parts.push(part);
  const members = unzipSync(new Uint8Array(Buffer.concat(parts)));
  const lines = strFromU8(members['data/ledgers.bill.jsonl']!).trim().split('\n');
  const found = lines.map(line => JSON.parse(line) as Record<string, SqlValue>);
  const row = found.find(one => one['id'] === id)!;
  assert.equal(row[column], JSON.stringify('CZ65 0800 "x"'));
  assert.equal(found.find(one => one['id'] === damaged.id)![column], null);
  assert.deepEqual(JSON.parse(strFromU8(members['manifest.json']!)).omitted, [`ledgers.bill.iban of ${damaged.id}`]);
  const other = new Uint8Array(32).fill(7);
  sealColumns(() => other, bill, row);
  assert.match(`${row[column]}`, /^sealed\./);
  assert.equal(openValue(other, bill, field, id, `${row[column]}`), 'CZ65 0800 "x"');
});
