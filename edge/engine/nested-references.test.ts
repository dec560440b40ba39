import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { entity, f, parseManifest, toManifest } from '../../schemas/module/index.ts';
import type { Database } from '../../schemas/ports/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { createTestEngine, type TestEngine } from './testing.ts';
import { testModule } from './testing-module.ts';

const access = { admin: { read: true, create: true, update: true, delete: true } } as const;
const club = testModule({
  id: 'inlay.club',
  entities: {
    member: entity({
      label: 'Member',
      fields: { name: f.text(), sponsors: f.list(f.ref('member', 'cascade')).default([]) },
      access,
    }),
    team: entity({
      label: 'Team',
      fields: {
        name: f.text().search(),
        players: f.list(f.ref('member')).default([]),
        fans: f.list(f.ref('member', 'setNull')).default([]),
        staff: f.object({ coach: f.ref('member', 'setNull').optional(), room: f.int().optional() }).optional(),
        games: f
          .list(
            f.object({
              day: f.date(),
              referee: f.ref('member', 'setNull').optional(),
              goals: f.list(f.object({ minute: f.int(), by: f.ref('member', 'setNull') })).default([]),
            }),
          )
          .default([]),
      },
      access,
    }),
    vote: entity({ label: 'Vote', fields: { by: f.list(f.ref('member', 'cascade')) }, access }),
  },
});

let engine: TestEngine;
let admin: Actor;
let db: Database;
before(async () => {
  engine = createTestEngine({ modules: [{ module: club }], now: '2026-01-05T09:00:00Z' });
  admin = engine.actors.admin;
  db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
});
after(() => engine.close());

const make = async (name: string, input: unknown) => (await engine.create(admin, 'club', name, input)).id;
const member = (name: string, sponsors: readonly string[] = []) => make('member', { name, sponsors });
const get = (name: string, id: string) => engine.get<Record<string, unknown>>(admin, 'club', name, id);
const remove = (name: string, id: string) => engine.remove(admin, 'club', name, id);
const gone = (name: string, id: string) => assert.rejects(get(name, id), { code: 'NOT_FOUND' });

test('restrict: a record that a list names stays until the list names it no more', async () => {
  const [ann, bob] = [await member('Ann'), await member('Bob')];
  const team = await make('team', { name: 'Reds', players: [ann, bob, ann] });
  await assert.rejects(remove('member', ann), { code: 'IN_USE' });
  assert.equal((await get('member', ann))['name'], 'Ann', 'nothing was written');
  await engine.update(admin, 'club', 'team', team, { name: 'Blues' });
  await assert.rejects(remove('member', ann), { code: 'IN_USE' }, 'a write beside the list changes nothing');
  await engine.update(admin, 'club', 'team', team, { players: [bob] });
  await remove('member', ann);
  await remove('team', team);
  await remove('member', bob);
});

test('set null: the element goes, a member becomes null, the rest and the order stay, and the record has a new revision', async () => {
  const [ann, bob, cas] = [await member('Ann'), await member('Bob'), await member('Cas')];
  const goals = [
    { minute: 1, by: ann },
    { minute: 2, by: bob },
    { minute: 3, by: ann },
  ];
  const team = await make('team', {
    name: 'Greens',
    fans: [bob, ann, cas, ann],
    staff: { coach: ann, room: 7 },
    games: [
      { day: '2026-01-01', referee: ann, goals },
      { day: '2026-01-02', referee: bob, goals: [{ minute: 9, by: ann }] },
      { day: '2026-01-03', referee: null, goals: [] },
    ],
  });
  const other = await make('team', { name: 'Others', fans: [bob], staff: { coach: bob } });
  await remove('member', ann);
  const after = await get('team', team);
  assert.deepEqual(after['fans'], [bob, cas]);
  assert.deepEqual(after['staff'], { coach: null, room: 7 });
  assert.deepEqual(after['games'], [
    { day: '2026-01-01', referee: null, goals: [{ minute: 2, by: bob }] },
    { day: '2026-01-02', referee: bob, goals: [] },
    { day: '2026-01-03', referee: null, goals: [] },
  ]);
  assert.ok((after['rev'] as number) > 1, 'an If-None-Match of before finds no 304');
  assert.deepEqual((await get('team', other))['rev'], 1, 'who names others is not touched');
  await engine.update(admin, 'club', 'team', team, { fans: after['fans'] });
});

test('cascade: what names the record in its list goes with it, through records of its own kind too', async () => {
  const ann = await member('Ann');
  const bob = await member('Bob', [ann]);
  const cas = await member('Cas', [bob]);
  const dan = await member('Dan', [cas, ann]);
  await engine.update(admin, 'club', 'member', ann, { sponsors: [dan] });
  const vote = await make('vote', { by: [await member('Eva'), dan] });
  const team = await make('team', { name: 'Fans of all', fans: [bob, cas] });
  await remove('member', ann);
  for (const id of [ann, bob, cas, dan]) await gone('member', id);
  await gone('vote', vote);
  assert.deepEqual((await get('team', team))['fans'], []);
});

test('cascade stops where something else restricts, and then nothing has happened', async () => {
  const ann = await member('Ann');
  const bob = await member('Bob', [ann]);
  const team = await make('team', { name: 'Keeps', players: [bob] });
  await assert.rejects(remove('member', ann), { code: 'IN_USE' });
  assert.deepEqual((await get('member', bob))['sponsors'], [ann]);
  await remove('team', team);
  await remove('member', ann);
  await gone('member', bob);
});

test('a reference that is added while its record is deleted: one of the two is refused', async () => {
  for (let round = 0; round < 20; round++) {
    const ann = await member('Ann');
    const team = await make('team', { name: `Race ${round}` });
    const [deleted, named] = await Promise.allSettled([
      remove('member', ann),
      engine.update(admin, 'club', 'team', team, { players: [ann] }),
    ]);
    assert.notEqual(deleted.status, named.status);
    const { reason } = [deleted, named].find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    assert.equal(reason.code, deleted.status === 'rejected' ? 'IN_USE' : 'VALIDATION_FAILED');
    assert.deepEqual((await get('team', team))['players'], deleted.status === 'rejected' ? [ann] : []);
  }
});

test('of 10,000 records a delete looks at those that name it, by the key of the table beside', async () => {
  const ann = await member('Ann');
  const row = `'1', 1, 1, 'T' || value, json_array(?), '[]', '[]'`;
  const many = `INSERT INTO "club_team" ("id", "rev", "created_at", "updated_at", "name", "fans", "players", "games") SELECT 'row-' || value, ${row} FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 10000) SELECT value FROM n)`;
  await db.write([{ sql: many, args: [await member('Bob')] }]);
  await make('team', { name: 'Hers', fans: [ann] });
  await db.write([{ sql: 'ANALYZE' }]);
  const [trigger] = await db.read([
    { sql: `SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'club_team.fans.refs.delete'` },
  ]);
  const chosen = / (WHERE "id" IN \(SELECT "record" .*\)); END$/.exec(String(trigger!.rows[0]![0]))![1]!;
  const rows = `SELECT 1 FROM "club_team" ${chosen.replace('OLD."id"', '?1')}`;
  // What the foreign key asks, and which rows the trigger changes.
  for (const sql of [`SELECT 1 FROM "club_team.fans.refs" WHERE "target" = ?1`, rows]) {
    const [plan] = await db.read([{ sql: `EXPLAIN QUERY PLAN ${sql}`, args: [ann] }]);
    const lines = plan!.rows.map(step => String(step[3]));
    assert.deepEqual(
      lines.filter(line => line.startsWith('SCAN')),
      [],
      lines.join('\n'),
    );
    assert.ok(
      lines.some(line => line.startsWith('SEARCH club_team.fans.refs USING PRIMARY KEY (target=?)')),
      sql,
    );
  }
  await remove('member', ann);
});

test('a store from before has its elements counted; one whose record had gone keeps nothing from going', async t => {
  const late = createTestEngine({ modules: [{ module: club }], now: '2026-01-05T09:00:00Z' });
  t.after(() => late.close());
  const actor = late.actors.admin;
  const store = await late.runtime.stores.open(late.tenant.store, late.tenant.modules);
  const [ann, bob] = [
    (await late.create(actor, 'club', 'member', { name: 'Ann' })).id,
    (await late.create(actor, 'club', 'member', { name: 'Bob' })).id,
  ];
  const team = (await late.create(actor, 'club', 'team', { name: 'Old', players: [ann], fans: [bob] })).id;
  const [parts] = await store.read([
    { sql: `SELECT type, name FROM sqlite_schema WHERE name LIKE 'club%refs%' AND sql IS NOT NULL ORDER BY type DESC` },
  ]);
  const schema = async () =>
    (await store.read([{ sql: 'SELECT name, sql FROM sqlite_schema ORDER BY name' }]))[0]!.rows;
  const whole = await schema();
  await store.write([
    ...parts!.rows.filter(([type]) => type !== 'index').map(([type, name]) => ({ sql: `DROP ${type} "${name}"` })),
    { sql: `UPDATE "club_team" SET "fans" = json_array(?, 'went', ?)`, args: [bob, ann] },
    { sql: `UPDATE "_migration" SET "fingerprint" = '1.0.0:before' WHERE "module" = 'club'` },
  ]);
  late.runtime.stores.forget(late.tenant.store);
  await assert.rejects(late.remove(actor, 'club', 'member', ann), { code: 'IN_USE' });
  assert.deepEqual(await schema(), whole);
  await late.remove(actor, 'club', 'member', bob);
  const { fans } = await late.get<{ fans: string[] }>(actor, 'club', 'team', team);
  assert.deepEqual(fans, ['went', ann]);
});

test('what would leave a record without a part that it must have is refused with the manifest', () => {
  const bad = (field: unknown) => {
    const json = JSON.parse(JSON.stringify(toManifest(club)));
    json.entities.team.fields.bad = field;
    return () => parseManifest(json);
  };
  const ref = { kind: 'ref', to: 'member', required: true };
  const who = (onDelete: string) => ({ kind: 'object', required: true, fields: { who: { ...ref, onDelete } } });
  assert.throws(bad(who('setNull')), /bad: a part that must be there/);
  assert.throws(bad({ kind: 'object', required: true, fields: { in: who('setNull') } }), /bad: a part that must be/);
  const sealed = { kind: 'list', required: true, encrypted: true, of: { ...ref, onDelete: 'restrict' } };
  assert.throws(bad(sealed), /bad: a reference cannot be encrypted/);
  bad(who('restrict'))();
  bad({ ...who('setNull'), required: false })();
  bad({ kind: 'list', required: true, of: who('setNull') })();
});
