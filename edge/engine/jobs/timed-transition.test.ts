/** Timed transitions of a manifest: armed by whatever writes the record, void once it has moved on, taken once. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { entity, f, implement } from '../../../schemas/module/index.ts';
import { createTestEngine, type TestEngine } from '../testing.ts';
import { testModule } from '../testing-module.ts';
import { rows } from '../testing-room.ts';

const minute = 60_000;
const all = { read: true, create: true, update: true, delete: true } as const;

/** `timed` is whether the version has timed transitions. */
function offers(version: '1.0.0' | '1.1.0', timed: boolean) {
  const module = testModule({
    id: 'inlay.offers',
    version,
    entities: {
      offer: entity({
        label: 'Offer',
        softDelete: true,
        fields: {
          state: f.enum(['open', 'lapsed', 'reminded', 'taken']).default('open').readOnly(),
          until: f.instant().optional(),
          title: f.text(),
          held: f.bool().default(false),
          ended: f.instant().optional().readOnly(),
        },
        states: {
          field: 'state',
          initial: 'open',
          transitions: {
            lapse: {
              from: ['open', 'reminded'],
              to: 'lapsed',
              roles: ['admin'],
              guard: '!record.held',
              askReason: 'optional',
              ...(timed ? { after: { field: 'until', seconds: 60 } } : {}),
            },
            take: { from: ['open'], to: 'taken', roles: ['admin'], askReason: 'required' },
            archive: {
              from: ['taken'],
              to: 'lapsed',
              roles: [],
              ...(timed ? { after: { seconds: 120 } } : {}),
            },
          },
        },
        access: { admin: all },
      }),
      diary: entity({ label: 'Diary', fields: { text: f.text() }, access: { admin: all } }),
    },
    actions: {
      shift: { input: { by: f.int() }, access: ['admin'], effect: 'write', system: true },
      lapse: { input: { id: f.ref('offer') }, access: ['admin'], effect: 'write', system: true },
    },
    subscribes: { hear: 'offers.offer.lapse' },
  });
  const code = implement(module, {
    actions: {
      shift: ({ by }, ctx) => {
        ctx.asSystem().offer.updateWhere({ held: { eq: false } }, { until: ctx.now + by });
        return undefined;
      },
      lapse: ({ id }, ctx) => {
        ctx.asSystem().offer.transition(id, 'lapse');
        return undefined;
      },
    },
    transitions: {
      offer: {
        lapse: ({ title }, ctx) => {
          ctx.asSystem().diary.create({ text: `${title} by ${ctx.actor.kind}` });
          return { ended: ctx.now };
        },
      },
    },
    subscribers: { hear: async (payload, ctx) => void ctx.asSystem().diary.create({ text: JSON.stringify(payload) }) },
  });
  return { module, code };
}

function start(t: TestContext, folder?: string, version = offers('1.0.0', true)): TestEngine {
  const engine = createTestEngine({ modules: [version], now: '2026-01-05T09:00:00Z', folder });
  t.after(() => engine.close());
  return engine;
}
const iso = (at: number) => new Date(at).toISOString();
const jobs = (engine: TestEngine) =>
  rows(engine, `SELECT name, key, next_at FROM _job WHERE timetable IS NULL ORDER BY next_at, name`);
const diary = async (engine: TestEngine) =>
  (await rows(engine, 'SELECT text FROM offers_diary ORDER BY id')).map(row => row[0]);
const stateOf = async (engine: TestEngine, id: string) =>
  (await engine.get(engine.actors.admin, 'offers', 'offer', id))['state'];

test('a record waits from the commit that made it, and its transition is taken once, as the system', async t => {
  const engine = start(t);
  const { admin } = engine.actors;
  const until = engine.now + 10 * minute;
  const woken: number[] = [];
  const { wake } = engine.runtime.outbox;
  engine.runtime.outbox.wake = (tenant, at) => {
    woken.push(at);
    wake(tenant, at);
  };
  const { id } = await engine.create(admin, 'offers', 'offer', { title: 'A', until: iso(until) });
  assert.deepEqual(await jobs(engine), [['offers.offer.lapse', id, until + minute]]);
  assert.deepEqual(woken, [until + minute]);
  engine.now = until + minute - 1;
  await engine.sweep();
  assert.equal(await stateOf(engine, id), 'open');
  engine.now += 1;
  await engine.sweep();
  await engine.sweep();
  const offer = await engine.get(admin, 'offers', 'offer', id);
  assert.deepEqual([offer['state'], offer['rev'], Date.parse(String(offer['ended']))], ['lapsed', 2, engine.now]);
  const told = { id, from: 'open', to: 'lapsed', actor: { kind: 'system', id: null }, reason: null };
  assert.deepEqual(await diary(engine), ['A by system', JSON.stringify(told)]);
  const audit = await rows(engine, `SELECT actor_kind, action FROM _audit WHERE record = '${id}' ORDER BY seq`);
  assert.deepEqual(audit, [
    ['user', 'created'],
    ['system', 'lapse'],
  ]);
  assert.deepEqual(await jobs(engine), []);
});

test('what changes counts anew, what leaves the state or goes is void, what comes back waits again', async t => {
  const engine = start(t);
  const { admin } = engine.actors;
  const until = engine.now + 10 * minute;
  const offer = (title: string) => engine.create(admin, 'offers', 'offer', { title, until: iso(until) });
  const [moved, freed, taken, gone] = [await offer('m'), await offer('f'), await offer('t'), await offer('g')];
  await engine.update(admin, 'offers', 'offer', moved.id, { until: iso(until + minute) });
  await engine.update(admin, 'offers', 'offer', freed.id, { until: null });
  await engine.transition(admin, 'offers', 'offer', taken.id, 'take', { reason: 'first come' });
  await engine.remove(admin, 'offers', 'offer', gone.id);
  assert.deepEqual(await jobs(engine), [
    ['offers.offer.archive', taken.id, engine.now + 2 * minute],
    ['offers.offer.lapse', moved.id, until + 2 * minute],
  ]);
  engine.now += 30_000;
  await engine.update(admin, 'offers', 'offer', taken.id, { title: 'again' });
  assert.equal((await jobs(engine))[0]![2], engine.now + 2 * minute);
  await engine.call(admin, 'offers', 'shift', { by: minute });
  assert.deepEqual(
    (await jobs(engine)).filter(row => row[0] === 'offers.offer.lapse').map(row => row[2]),
    [engine.now + 2 * minute, engine.now + 2 * minute],
  );
  const { restoreRecord } = await import('../records/index.ts');
  const module = engine.tenant.byName.get('offers')!;
  const { systemCall } = await import('../outbox.ts');
  const call = { ...systemCall(engine.tenant, 'r'), actor: admin };
  await restoreRecord(engine.runtime, call, { module, entity: module.entities.get('offer')! }, gone.id);
  assert.ok((await jobs(engine)).some(row => row[1] === gone.id));
});

test('a guard that does not hold leaves the record, and its next change asks again', async t => {
  const engine = start(t);
  const { admin } = engine.actors;
  const until = engine.now;
  const { id } = await engine.create(admin, 'offers', 'offer', { title: 'A', held: true, until: iso(until) });
  engine.now += 2 * minute;
  await engine.sweep();
  assert.equal(await stateOf(engine, id), 'open');
  assert.deepEqual(await jobs(engine), []);
  await engine.update(admin, 'offers', 'offer', id, { held: false });
  await engine.sweep();
  assert.equal(await stateOf(engine, id), 'lapsed');
});

test('records from before the version that brought the timer wait too; a rolled back version leaves them alone', async t => {
  const { mkdtempSync, rmSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const folder = mkdtempSync(join(tmpdir(), 'inlay-timers-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const first = start(t, folder, offers('1.0.0', false));
  const { admin } = first.actors;
  const until = iso(first.now);
  const { id } = await first.create(admin, 'offers', 'offer', { title: 'A', until });
  assert.deepEqual(await jobs(first), []);
  const second = start(t, folder, offers('1.1.0', true));
  await second.get(admin, 'offers', 'offer', id);
  assert.deepEqual(await jobs(second), [['offers.offer.lapse', id, first.now + minute]]);
  const back = start(t, folder, offers('1.0.0', false));
  back.now += 5 * minute;
  await back.sweep();
  assert.equal(await stateOf(back, id), 'open');
  await back.create(admin, 'offers', 'offer', { title: 'B', until });
  assert.deepEqual(await jobs(back), []);
});

test('a transition says whence, whither, by whom and why', async t => {
  const engine = start(t);
  const { admin } = engine.actors;
  const { id } = await engine.create(admin, 'offers', 'offer', { title: 'A' });
  const refused = (input: unknown, pointer: string) =>
    assert.rejects(
      engine.transition(admin, 'offers', 'offer', id, 'take', input),
      (error: { options: { errors: { pointer: string }[] } }) => {
        assert.deepEqual(
          error.options.errors.map(entry => entry.pointer),
          [pointer],
        );
        return true;
      },
    );
  await refused({}, '/reason');
  await refused({ reason: ' ' }, '/reason');
  await refused({ reason: 'x'.repeat(501) }, '/reason');
  await refused({ reason: 'x', nothing: 1 }, '/nothing');
  await engine.transition(admin, 'offers', 'offer', id, 'take', { reason: ' it suits me ' });
  const payload = async (event: string) =>
    JSON.parse(String((await rows(engine, `SELECT payload FROM _outbox WHERE event = '${event}'`))[0]![0]));
  const actor = { kind: 'user', id: 'user-admin' };
  assert.deepEqual(await payload('offers.offer.take'), { id, from: 'open', to: 'taken', actor, reason: 'it suits me' });
  const [[diff]] = (await rows(engine, `SELECT diff FROM _audit WHERE action = 'take'`)) as [[string]];
  assert.deepEqual(JSON.parse(diff), { state: 'taken', reason: 'it suits me' });
  const other = await engine.create(admin, 'offers', 'offer', { title: 'B' });
  await engine.call(admin, 'offers', 'lapse', { id: other.id });
  assert.equal((await payload('offers.offer.lapse')).from, 'open');
});
