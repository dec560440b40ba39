import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Problem } from '../../schemas/errors/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { exportCsv } from './csv/export.ts';
import { importRecords } from './csv/import.ts';
import { createTestEngine, type TestEngine } from './testing.ts';
import { callBy, targetOf } from './testing-library.ts';
import { folk, folkCode, loyalty, loyaltyCode } from './testing-loyalty.ts';

const both = [
  { module: folk, code: folkCode },
  { module: loyalty, code: loyaltyCode },
];
const now = '2026-01-05T09:00:00Z';
let engine: TestEngine;
let admin: Actor;
let staff: Actor;
before(() => {
  engine = createTestEngine({ modules: both, now });
  ({ admin, staff } = engine.actors);
});
after(() => engine.close());

const people = (query = '', actor = admin) => engine.list(actor, 'folk', 'person', query);
const problem = (code: string, pointer?: string) => (error: unknown) =>
  error instanceof Problem && error.code === code && (!pointer || error.options.errors?.[0]?.pointer === pointer);

test('what another module adds is written, read, filtered, sorted and searched like an own field', async () => {
  const tier = await engine.create(admin, 'loyalty-card', 'tier', { name: 'Gold' });
  const spent = { amount: 500, currency: 'EUR' };
  const ada = await engine.create(admin, 'folk', 'person', {
    name: 'Ada',
    loyaltyCard_points: 7,
    loyaltyCard_tier: tier.id,
    loyaltyCard_code: 'AB-1',
    loyaltyCard_spent: spent,
    loyaltyCard_pin: '1234',
  });
  const bob = await engine.create(admin, 'folk', 'person', { name: 'Bob' });
  assert.deepEqual([ada['loyaltyCard_spent'], ada['loyaltyCard_pin'], bob['loyaltyCard_points']], [spent, '1234', 0]);
  const names = async (query: string) => (await people(query)).map(row => row['name']);
  assert.deepEqual(await names('filter[loyaltyCard_points][gt]=3'), ['Ada']);
  assert.deepEqual(await names('filter[loyaltyCard_tier.name][eq]=Gold'), ['Ada']);
  assert.deepEqual(await names('filter[loyaltyCard_spent.amount][gte]=500'), ['Ada']);
  assert.deepEqual(await names('sort=-loyaltyCard_points'), ['Ada', 'Bob']);
  assert.deepEqual(await names('q=ab1'), ['Ada']);
  const [only] = await people('fields=loyaltyCard_points&filter[name][eq]=Ada');
  assert.deepEqual([only!['loyaltyCard_points'], 'name' in only!], [7, false]);
  await assert.rejects(
    engine.create(admin, 'folk', 'person', { name: 'Eve', loyaltyCard_points: -1 }),
    problem('VALIDATION_FAILED', '/loyaltyCard_points'),
  );
  await assert.rejects(
    engine.create(admin, 'folk', 'person', { name: 'Eve', loyaltyCard_code: 'AB-1' }),
    problem('ALREADY_EXISTS', '/loyaltyCard_code'),
  );
  await assert.rejects(
    engine.create(admin, 'folk', 'person', { name: 'Eve', loyaltyCard_tier: 'nowhere' }),
    problem('VALIDATION_FAILED'),
  );
  await engine.update(admin, 'folk', 'person', bob.id, { loyaltyCard_since: now });
  await assert.rejects(
    engine.update(admin, 'folk', 'person', bob.id, { loyaltyCard_since: '2027-01-05T09:00:00Z' }),
    problem('LOCKED', '/loyaltyCard_since'),
  );
  await engine.remove(admin, 'loyalty-card', 'tier', tier.id);
  assert.equal((await engine.get(admin, 'folk', 'person', ada.id))['loyaltyCard_tier'], null);
});

test("the extending module's access decides who sees and who writes them, within what the record allows", async () => {
  const eve = await engine.create(admin, 'folk', 'person', { name: 'Eve', loyaltyCard_points: 5 });
  const seen = await engine.get(staff, 'folk', 'person', eve.id);
  assert.equal(seen['loyaltyCard_points'], 5);
  await assert.rejects(
    engine.update(staff, 'folk', 'person', eve.id, { loyaltyCard_points: 6 }),
    problem('FORBIDDEN', '/loyaltyCard_points'),
  );
  await engine.update(staff, 'folk', 'person', eve.id, { name: 'Eva' });
  const { visitor } = engine.actors;
  const public_ = await engine.get(visitor, 'folk', 'person', eve.id);
  assert.deepEqual(Object.keys(public_).sort(), ['createdAt', 'id', 'name', 'rev', 'updatedAt']);
  await assert.rejects(people('filter[loyaltyCard_points][gt]=1', visitor), problem('INVALID_QUERY'));
  await assert.rejects(people('sort=loyaltyCard_points', visitor), problem('INVALID_QUERY'));
  const key = (scopes: string[]): Actor => ({ ...admin, kind: 'key', role: null, scopes });
  const folkOnly = key(['folk:write']);
  assert.ok(!('loyaltyCard_points' in (await engine.get(folkOnly, 'folk', 'person', eve.id))));
  const reader = key(['folk:write', 'loyalty-card:read']);
  assert.equal((await engine.get(reader, 'folk', 'person', eve.id))['loyaltyCard_points'], 5);
  const patch = { loyaltyCard_points: 9 };
  await assert.rejects(engine.update(reader, 'folk', 'person', eve.id, patch), problem('FORBIDDEN'));
  await engine.update(key(['folk:write', 'loyalty-card:write']), 'folk', 'person', eve.id, patch);
});

test("each module's code sees its own fields: the owner as if nothing were added, the extender under its own names", async () => {
  const { person } = await engine.call<{ person: string }>(staff, 'folk', 'found', { name: 'Zoe' });
  const { members } = await engine.call<{ members: string[] }>(staff, 'folk', 'rename', { person, name: 'Zoë' });
  assert.deepEqual(members.sort(), ['createdAt', 'id', 'motto', 'name', 'note', 'rev', 'updatedAt']);
  assert.deepEqual(await engine.call(staff, 'loyalty-card', 'award', { person, points: 120 }), {
    points: 120,
    rich: 0,
  });
  assert.deepEqual(await engine.call(staff, 'loyalty-card', 'award', { person, points: 1 }), { points: 121, rich: 1 });
  const row = await engine.get(admin, 'folk', 'person', person);
  assert.deepEqual([row['name'], row['loyaltyCard_points'], row['rev']], ['Zoë', 121, 4]);
});

test('they go out as CSV and come in again', async () => {
  const target = targetOf(engine, 'folk', 'person');
  const csv = 'name,loyaltyCard_points,loyaltyCard_spent.amount,loyaltyCard_spent.currency\nMax,42,900,CZK\n';
  await importRecords(engine.runtime, callBy(engine, admin), target, { csv });
  const stream = await exportCsv(engine.runtime, callBy(engine, admin), target, [['filter[name][eq]', 'Max']]);
  const text = await new Response(stream).text();
  assert.match(text, /loyaltyCard_points,.*loyaltyCard_spent\.amount,loyaltyCard_spent\.currency/);
  assert.match(text, /42,.*900,CZK/);
});

test('installed, removed and installed again: columns come, stay, and what was in them is there again', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-extension-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const start = (modules: typeof both | [(typeof both)[0]]) => createTestEngine({ modules, now, folder });
  const columns = async (from: TestEngine) => {
    const db = await from.runtime.stores.open(from.tenant.store, from.tenant.modules);
    const [found] = await db.read([{ sql: `SELECT name FROM pragma_table_info('folk_person') ORDER BY name` }]);
    return found!.rows.map(row => String(row[0]));
  };
  const alone = start([both[0]!]);
  const old = await alone.create(alone.actors.admin, 'folk', 'person', { name: 'Old' });
  const bare = await columns(alone);
  alone.close();
  const first = start(both);
  const before = await columns(first);
  assert.deepEqual(before.filter(name => !bare.includes(name)).length, 8);
  assert.ok(before.every(name => bare.includes(name) || /^x[a-z0-9]{10}__/.test(name)));
  assert.equal((await first.get(first.actors.admin, 'folk', 'person', old.id))['loyaltyCard_points'], null);
  await first.update(first.actors.admin, 'folk', 'person', old.id, { loyaltyCard_points: 3, loyaltyCard_code: 'K' });
  first.close();
  const without = start([both[0]!]);
  const seen = await without.get(without.actors.admin, 'folk', 'person', old.id);
  assert.ok(!Object.keys(seen).some(name => name.includes('_')));
  await without.update(without.actors.admin, 'folk', 'person', old.id, { name: 'Older' });
  assert.deepEqual(await columns(without), before, 'nothing is dropped');
  without.close();
  const again = start(both);
  const back = await again.get(again.actors.admin, 'folk', 'person', old.id);
  assert.deepEqual([back['name'], back['loyaltyCard_points'], back['loyaltyCard_code']], ['Older', 3, 'K']);
  again.close();
});
