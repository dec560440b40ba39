import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Problem } from '../../schemas/errors/index.ts';
import { entity, f, implement, whileText } from '../../schemas/module/index.ts';
import { surfaceOf } from '../openapi/surface.ts';
import { importRecords } from './csv/import.ts';
import { bulkRecords } from './records/bulk.ts';
import { createTestEngine } from './testing.ts';
import { startLedger } from './testing-ledger.ts';
import { callBy, startLibrary, targetOf } from './testing-library.ts';
import { testModule } from './testing-module.ts';

function open(t: TestContext) {
  const engine = startLibrary();
  t.after(() => engine.close());
  const { admin } = engine.actors;
  const books = targetOf(engine, 'library', 'book');
  const bulk = async (operation: object) =>
    JSON.parse(
      (await bulkRecords(engine.runtime, callBy(engine, admin), books, { mode: 'each', operations: [operation] })).body,
    ).data[0];
  const take = async (body: object) =>
    JSON.parse((await importRecords(engine.runtime, callBy(engine, admin), books, body)).body).data;
  const state = async (id: string) => (await engine.get(admin, 'library', 'book', id))['state'];
  return { engine, admin, bulk, take, state };
}

describe('a state moves by its transitions alone', () => {
  test('neither a create, a change, a bulk operation nor a body of a transition writes it', async t => {
    const { engine, admin, bulk, state } = open(t);
    const refused = { code: 'VALIDATION_FAILED' };
    await assert.rejects(engine.create(admin, 'library', 'book', { title: 'A', state: 'sold' }), refused);
    const { id } = await engine.create(admin, 'library', 'book', { title: 'A' });
    assert.equal(await state(id), 'draft');
    await assert.rejects(engine.update(admin, 'library', 'book', id, { state: 'sold' }), refused);
    await assert.rejects(engine.transition(admin, 'library', 'book', id, 'sell', { state: 'draft' }), refused);
    for (const operation of [
      { op: 'create', data: { title: 'B', state: 'sold' } },
      { op: 'update', id, data: { state: 'sold' } },
    ]) {
      assert.equal((await bulk(operation)).status, 422, operation.op);
    }
    assert.equal(await state(id), 'draft');
    await engine.transition(admin, 'library', 'book', id, 'sell');
    assert.equal(await state(id), 'sold');
  });

  test('an import leaves its column out, and refuses a mapping to it, of new records and of those that it finds', async t => {
    const { engine, admin, take, state } = open(t);
    const { id } = await engine.create(admin, 'library', 'book', { title: 'A', code: 'a' });
    const csv = 'title,code,state\nA,a,sold\nB,b,sold';
    assert.deepEqual((await take({ csv, match: 'code' })).error, 0);
    const made = (await engine.list(admin, 'library', 'book')).map(book => book['state']);
    assert.deepEqual([await state(id), made], ['draft', ['draft', 'draft']]);
    const mapping = { title: 'title', code: 'code', state: 'state' };
    await assert.rejects(take({ csv, mapping }), { code: 'VALIDATION_FAILED' });
  });

  test('every description of the API shows it as read-only', async t => {
    const { engine, admin } = open(t);
    const surface = surfaceOf({ actor: admin, tenant: engine.tenant, site: undefined });
    const books = surface.modules.flatMap(({ entities }) => entities).find(({ path }) => path.endsWith('/book'))!;
    assert.ok('state' in books.shown && 'title' in books.creatable! && 'title' in books.updatable!);
    assert.deepEqual(['state' in books.creatable!, 'state' in books.updatable!], [false, false]);
  });
});

const item = entity({
  label: 'Item',
  fields: { name: f.text(), state: f.enum(['new', 'old', 'gone']) },
  states: {
    field: 'state',
    initial: 'new',
    transitions: { age: { from: ['new'], to: 'old', roles: ['admin'] } },
  },
  lockWhen: { when: { state: { eq: 'old' } } },
  access: { admin: { read: true, create: true, update: true }, public: { create: true } },
});
const module = testModule({
  id: 'inlay.items',
  entities: { item },
  actions: {
    write: {
      input: { item: f.text().optional(), way: f.enum(['create', 'update', 'updateWhere']), system: f.bool() },
      access: ['admin'],
      effect: 'write',
      system: true,
    },
  },
});
const code = implement(module, {
  actions: {
    write({ item: id, way, system }, ctx) {
      const db = system ? ctx.asSystem() : ctx.db;
      if (way === 'create') db.item.create({ name: 'x', state: 'gone' });
      if (way === 'update') db.item.update(id!, { state: 'gone' });
      if (way === 'updateWhere') db.item.updateWhere({ id: { eq: id! } }, { state: 'gone' });
      return undefined;
    },
  },
});

test('code writes a state only as the system, and not past a lock', async t => {
  const engine = createTestEngine({ modules: [{ module, code }], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  const { admin } = engine.actors;
  const { id } = await engine.create(admin, 'items', 'item', { name: 'a' });
  const write = (way: string, system: boolean) => engine.call(admin, 'items', 'write', { item: id, way, system });
  const states = async () => (await engine.list(admin, 'items', 'item')).map(({ state }) => state);
  for (const way of ['create', 'update', 'updateWhere']) await assert.rejects(write(way, false), TypeError, way);
  assert.deepEqual(await states(), ['new']);
  await engine.transition(admin, 'items', 'item', id, 'age');
  for (const way of ['update', 'updateWhere']) await assert.rejects(write(way, true), { code: 'LOCKED' }, way);
  await write('create', true);
  assert.deepEqual((await states()).sort(), ['gone', 'old']);
});

test('a locked record does not move by a change of its state', async t => {
  const engine = startLedger();
  t.after(() => engine.close());
  const { admin } = engine.actors;
  const bill = await engine.create(admin, 'ledgers', 'bill', { price: { amount: 1, currency: 'EUR' } });
  await engine.transition(admin, 'ledgers', 'bill', bill.id, 'finalise');
  const moved = engine.update(admin, 'ledgers', 'bill', bill.id, { state: 'draft' });
  await assert.rejects(moved, { code: 'VALIDATION_FAILED' });
});

const parcel = entity({
  label: 'Parcel',
  fields: {
    state: f.enum(['open', 'closed']),
    paid: f.enum(['no', 'part', 'yes']).default('no'),
    sealed: f.bool().default(false),
  },
  states: {
    field: 'state',
    initial: 'open',
    transitions: {
      pay: { from: ['open'], to: 'open', roles: ['admin'], where: { paid: ['no', 'part'] }, reason: 'It is paid.' },
      close: { from: ['open'], to: 'closed', roles: ['admin'], where: { paid: ['yes'], sealed: [true] } },
    },
  },
  access: { admin: { read: true, create: true, update: true }, staff: { read: { fields: ['state'] } } },
});
const parcels = testModule({
  id: 'inlay.parcels',
  entities: { parcel },
  actions: {
    take: {
      input: { parcel: f.ref('parcel'), step: f.enum(['pay', 'close']), seal: f.bool().default(false) },
      access: ['admin'],
      effect: 'write',
      system: true,
    },
  },
});
const parcelCode = implement(parcels, {
  transitions: { parcel: { pay: () => ({ paid: 'yes' as const }) } },
  actions: {
    take({ parcel: id, step, seal }, ctx) {
      ctx.asSystem().parcel.transition(id, step, seal ? { sealed: true } : {});
      return undefined;
    },
  },
});

describe('a step that asks for more than the state', () => {
  function openParcels(t: TestContext) {
    const engine = createTestEngine({ modules: [{ module: parcels, code: parcelCode }], now: '2026-01-05T09:00:00Z' });
    t.after(() => engine.close());
    const { admin } = engine.actors;
    const make = async (body: object = {}) => (await engine.create(admin, 'parcels', 'parcel', body)).id;
    const step = (id: string, name: string) => engine.transition(admin, 'parcels', 'parcel', id, name);
    const take = (input: object) => engine.call(admin, 'parcels', 'take', input);
    return { engine, make, step, take };
  }

  test('is taken from the values that it names, once by two at a time, and says why not and what else', async t => {
    const { make, step } = openParcels(t);
    const id = await make();
    const closes = (allowed: readonly string[]) => (problem: Problem) => {
      assert.deepEqual([problem.code, problem.options.extensions], ['INVALID_TRANSITION', { allowed }]);
      return true;
    };
    await assert.rejects(step(id, 'close'), closes(['pay']));
    const both = await Promise.allSettled([step(id, 'pay'), step(id, 'pay')]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    await assert.rejects(step(id, 'pay'), { code: 'INVALID_TRANSITION', message: 'It is paid.' });
    await assert.rejects(step(id, 'close'), closes([]));
    const sealed = await make({ paid: 'yes', sealed: true });
    assert.equal((await step(sealed, 'close'))['state'], 'closed');
  });

  test('is judged by the commit where code has not read the record, and by what it was, not by what it becomes', async t => {
    const { make, take } = openParcels(t);
    const [open, paid, ready] = [await make(), await make({ paid: 'yes' }), await make({ paid: 'yes', sealed: true })];
    const refused = { code: 'INVALID_TRANSITION' };
    await assert.rejects(take({ parcel: paid, step: 'pay' }), refused);
    await assert.rejects(take({ parcel: open, step: 'close' }), refused);
    await assert.rejects(take({ parcel: paid, step: 'close', seal: true }), refused);
    await take({ parcel: ready, step: 'close' });
  });

  test('is described with its condition to whoever may see the field', t => {
    const { engine } = openParcels(t);
    const { pay, close } = parcels.entities.parcel.states!.transitions;
    const shown = surfaceOf({ actor: engine.actors.admin, tenant: engine.tenant, site: undefined }).modules[0]!
      .entities[0]!.shown;
    assert.equal(whileText(pay, shown), ' while paid is no or part');
    assert.equal(whileText(close, shown), ' while paid is yes and sealed is true');
    assert.equal(whileText(close, { paid: shown['paid'] }), ' while paid is yes');
    assert.equal(whileText(close, {}), '');
  });
});
