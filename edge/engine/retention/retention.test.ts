/** What is past its time goes, once and in chunks; what is not, or has a say in it, stays; the audit chain stays whole. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { entity, f, implement } from '../../../schemas/module/index.ts';
import { claimJob, heldStatement } from '../jobs/job-rows.ts';
import { Superseded } from '../lease.ts';
import { createTestEngine, type TestEngine } from '../testing.ts';
import { testModule } from '../testing-module.ts';
import { rows } from '../testing-room.ts';
import { kept } from './kept.ts';
import { runRetention } from './run-retention.ts';

const day = 86_400_000;
const access = { admin: { read: true, create: true, update: true, delete: true } } as const;
const module = testModule({
  id: 'inlay.guests',
  entities: {
    guest: entity({
      label: 'Guest',
      fields: {
        name: f.text().pii().search(),
        mail: f.text().optional().pii(),
        left: f.date(),
        keep: f.bool().default(false),
      },
      access,
      retention: { after: 30, from: 'left', action: 'anonymise', where: { keep: { eq: false } } },
    }),
    stay: entity({
      label: 'Stay',
      fields: { note: f.text().search(), room: f.text().default('') },
      access,
      retention: { after: 1, from: 'createdAt', action: 'delete' },
    }),
    bill: entity({
      label: 'Bill',
      fields: { stay: f.ref('stay') },
      access,
      retention: { after: 3, from: 'createdAt', action: 'delete' },
    }),
    tour: entity({
      label: 'Tour',
      fields: { stops: f.list(f.ref('stay')).default([]), seen: f.list(f.ref('stay', 'setNull')).default([]) },
      access,
    }),
  },
  actions: { many: { input: { count: f.int() }, access: ['admin'], effect: 'write', system: true } },
  subscribes: { gone: 'guests.stay.deleted' },
});

function start(t: TestContext, heard: string[] = []): TestEngine {
  const code = implement(module, {
    actions: {
      many({ count }, ctx) {
        for (let i = 0; i < count; i++) ctx.asSystem().stay.create({ note: `${i}` });
        return undefined;
      },
    },
    subscribers: { gone: async ({ id }) => void heard.push(id) },
  });
  const engine = createTestEngine({ modules: [{ module, code }], now: '2026-03-01T12:00:00Z' });
  t.after(() => engine.close());
  return engine;
}
const open = (engine: TestEngine) => engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
const count = async (engine: TestEngine, table: string) =>
  (await rows(engine, `SELECT count(*) FROM ${table}`))[0]![0] as number;
/** Time goes by; whatever was due meanwhile is done. */
async function pass(engine: TestEngine, ms: number): Promise<void> {
  engine.now += ms;
  await engine.sweep();
}

test('each night takes the person out of what is past its time, once', async t => {
  const engine = start(t);
  const { admin } = engine.actors;
  await engine.sweep();
  const guest = (name: string, left: string, keep = false) =>
    engine.create(admin, 'guests', 'guest', { name, mail: 'a@b.test', left, keep });
  await guest('old', '2026-01-01');
  await guest('kept', '2026-01-01', true);
  await guest('fresh', '2026-02-20');
  await pass(engine, day);
  const found = () => rows(engine, 'SELECT name, mail, rev FROM guests_guest ORDER BY id');
  const expected = [
    ['[erased]', null, 2],
    ['kept', 'a@b.test', 1],
    ['fresh', 'a@b.test', 1],
  ];
  assert.deepEqual(await found(), expected);
  await pass(engine, day);
  assert.deepEqual(await found(), expected);
  const audit = await rows(engine, `SELECT actor_kind, action FROM _audit WHERE action = 'anonymised'`);
  assert.deepEqual(audit, [['system', 'anonymised']]);
  const [night] = await rows(engine, `SELECT timetable, next_at FROM _job WHERE name = '_store.retention'`);
  assert.match(String(night![0]), /^\d+ [1-4] \* \* \* Europe\/Prague$/);
  assert.ok((night![1] as number) > engine.now && (night![1] as number) <= engine.now + day);
});

test('what is deleted goes chunk by chunk, is told of, and waits for what points to it', async t => {
  const heard: string[] = [];
  const engine = start(t, heard);
  const { admin } = engine.actors;
  await engine.sweep();
  const stay = await engine.create(admin, 'guests', 'stay', { note: 'billed' });
  await engine.create(admin, 'guests', 'bill', { stay: stay.id });
  await engine.call(admin, 'guests', 'many', { count: 450 });
  await pass(engine, 2 * day);
  await engine.sweep();
  assert.deepEqual(await rows(engine, 'SELECT note FROM guests_stay'), [['billed']]);
  assert.equal(new Set(heard).size, 450);
  assert.equal((await rows(engine, `SELECT 1 FROM _audit WHERE action = 'deleted'`)).length, 450);
  await pass(engine, 2 * day);
  assert.deepEqual([await count(engine, 'guests_stay'), await count(engine, 'guests_bill')], [0, 0]);
  assert.equal((await engine.verifyAudit()).ok, true);
});

test('a list holds what it names back, or lets go of it, as it says', async t => {
  const engine = start(t);
  const { admin } = engine.actors;
  await engine.sweep();
  const stay = async (note: string) => (await engine.create(admin, 'guests', 'stay', { note })).id;
  const [held, seen] = [await stay('held'), await stay('seen')];
  const tour = await engine.create(admin, 'guests', 'tour', { stops: [held], seen: [held, seen] });
  await pass(engine, 2 * day);
  assert.deepEqual(await rows(engine, 'SELECT note FROM guests_stay'), [['held']]);
  const after = await engine.get(admin, 'guests', 'tour', tour.id);
  assert.deepEqual([after['stops'], after['seen']], [[held], [held]]);
});

test('kept replies, delivered events and old audit rows go; dead letters stay; the chain is whole from where it begins', async t => {
  const engine = start(t);
  const { admin } = engine.actors;
  await engine.sweep();
  await engine.call(admin, 'guests', 'many', { count: 3 }, { idempotencyKey: 'k' });
  await pass(engine, 2 * day);
  assert.equal(await count(engine, '_idempotency'), 0);
  const dead = (await rows(engine, 'SELECT min(seq) FROM _delivery'))[0]![0] as number;
  await (await open(engine)).write([{ sql: `UPDATE _delivery SET state = 'dead' WHERE seq = ?`, args: [dead] }]);
  assert.equal(await count(engine, '_delivery'), 3);
  await pass(engine, kept.events + day);
  assert.deepEqual(await rows(engine, 'SELECT seq FROM _delivery'), [[dead]]);
  assert.equal(await count(engine, '_outbox'), 1);
  const before = await engine.verifyAudit();
  assert.deepEqual([before.ok, before.from, before.rows, before.anchored], [true, 1, 6, 6]);
  await pass(engine, kept.audit - 3 * day);
  await engine.create(admin, 'guests', 'guest', { name: 'late', left: '2026-01-01' });
  await pass(engine, 30 * day);
  await pass(engine, day);
  const after = await engine.verifyAudit();
  assert.equal(after.ok, true);
  assert.ok(after.from > 6 && after.rows >= 1);
  assert.equal(await count(engine, '_audit'), after.rows);
});

test('a trail that is broken is not let go of', async t => {
  const engine = start(t);
  await engine.sweep();
  await engine.call(engine.actors.admin, 'guests', 'many', { count: 3 });
  await engine.sweep();
  await (await open(engine)).write([{ sql: `UPDATE _audit SET record = 'x' WHERE seq = 2` }]);
  t.mock.method(console, 'error', () => {});
  await pass(engine, kept.audit + day);
  assert.deepEqual((await engine.verifyAudit()).broken, { seq: 2, problem: 'changed' });
  assert.deepEqual((await rows(engine, 'SELECT min(seq) FROM _audit'))[0], [1]);
});

test('a run whose job another has taken writes nothing more', async t => {
  const engine = start(t);
  await engine.sweep();
  await engine.call(engine.actors.admin, 'guests', 'many', { count: 3 });
  engine.now += 2 * day;
  const db = await open(engine);
  const row = (await claimJob(db, 'first', engine.now))!;
  const run = (runner: string) => runRetention(engine.runtime, engine.tenant, db, heldStatement(row, runner));
  await assert.rejects(run('second'), Superseded);
  assert.equal(await count(engine, 'guests_stay'), 3);
  await run('first');
  assert.equal(await count(engine, 'guests_stay'), 0);
});
