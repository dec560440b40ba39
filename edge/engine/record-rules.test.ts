import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { seedFile } from '../files/seed-file.ts';
import { startLedger } from './testing-ledger.ts';
import { rows } from './testing-room.ts';

const price = { amount: 100, currency: 'EUR' };

describe('rules of a record', () => {
  test('computed values follow every write, by REST and in code, and cannot be sent', async t => {
    const engine = startLedger();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    const bill = await engine.create(admin, 'ledgers', 'bill', { price, quantity: 3 });
    assert.deepEqual([bill['total'], bill['large']], [{ amount: 300, currency: 'EUR' }, false]);
    const more = await engine.update(admin, 'ledgers', 'bill', bill.id, { quantity: 200 });
    assert.deepEqual([more['total'], more['large']], [{ amount: 20_000, currency: 'EUR' }, true]);
    await assert.rejects(engine.update(admin, 'ledgers', 'bill', bill.id, { large: false }), {
      code: 'VALIDATION_FAILED',
    });
    await engine.call(admin, 'ledgers', 'close', { bill: bill.id, quantity: 4 });
    const after = await engine.get(admin, 'ledgers', 'bill', bill.id);
    assert.deepEqual(
      [after['total'], after['large'], after['state']],
      [{ amount: 400, currency: 'EUR' }, false, 'final'],
    );
  });

  test('guards see record, actor and settings, and say why not', async t => {
    const engine = startLedger();
    t.after(() => engine.close());
    const { admin, staff } = engine.actors;
    const finalise = (actor: typeof admin, id: string) => engine.transition(actor, 'ledgers', 'bill', id, 'finalise');
    const nothing = await engine.create(admin, 'ledgers', 'bill', { price, quantity: 0 });
    await assert.rejects(finalise(admin, nothing.id), { code: 'INVALID_TRANSITION', message: /above your limit/ });
    const dear = await engine.create(admin, 'ledgers', 'bill', { price, quantity: 6 });
    await assert.rejects(finalise(staff, dear.id), { code: 'INVALID_TRANSITION' });
    assert.equal((await finalise(admin, dear.id))['state'], 'final');
    await assert.rejects(engine.call(admin, 'ledgers', 'close', { bill: nothing.id, quantity: 0 }), {
      code: 'INVALID_TRANSITION',
    });
  });

  test('a locked record changes in the fields that are excepted alone, by CEL and by filter', async t => {
    const engine = startLedger();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    const bill = await engine.create(admin, 'ledgers', 'bill', { price });
    await engine.transition(admin, 'ledgers', 'bill', bill.id, 'finalise');
    await assert.rejects(engine.update(admin, 'ledgers', 'bill', bill.id, { quantity: 2 }), {
      code: 'LOCKED',
      status: 409,
    });
    assert.equal((await engine.update(admin, 'ledgers', 'bill', bill.id, { note: 'paid' }))['note'], 'paid');
    const ticket = await engine.create(admin, 'ledgers', 'ticket', { desk: 'A' });
    await engine.update(admin, 'ledgers', 'ticket', ticket.id, { closed: true });
    await assert.rejects(engine.update(admin, 'ledgers', 'ticket', ticket.id, { closed: false }), { code: 'LOCKED' });
    await assert.rejects(engine.remove(admin, 'ledgers', 'ticket', ticket.id), { code: 'LOCKED' });
    await engine.update(admin, 'ledgers', 'ticket', ticket.id, { text: 'late' });
  });

  test('presets on create and update, and a check of what was written', async t => {
    const engine = startLedger();
    t.after(() => engine.close());
    const { admin, staff } = engine.actors;
    const bill = await engine.create(staff, 'ledgers', 'bill', { price });
    assert.equal(bill['owner'], 'user-staff');
    await engine.update(admin, 'ledgers', 'bill', bill.id, { owner: 'else' });
    const own = await engine.update(staff, 'ledgers', 'bill', bill.id, { quantity: 5 });
    assert.equal(own['owner'], 'user-staff');
    await assert.rejects(engine.update(staff, 'ledgers', 'bill', bill.id, { quantity: 6 }), { code: 'FORBIDDEN' });
    assert.equal((await engine.get(admin, 'ledgers', 'bill', bill.id))['quantity'], 5);
  });

  test('what is set with a step goes by rows, presets and check of the right to update', async t => {
    const engine = startLedger();
    t.after(() => engine.close());
    const { admin, staff } = engine.actors;
    const cheap = { amount: 10, currency: 'EUR' };
    const make = (more: object = {}) =>
      engine.create(admin, 'ledgers', 'bill', { price: cheap, owner: 'else', ...more });
    const finalise = (id: string, body?: object) => engine.transition(staff, 'ledgers', 'bill', id, 'finalise', body);
    const [bill, house, plain] = [await make(), await make({ customer: 'house' }), await make({ customer: 'house' })];
    await assert.rejects(finalise(bill.id, { quantity: 6 }), { code: 'FORBIDDEN' });
    await assert.rejects(finalise(house.id, { quantity: 2 }), { code: 'FORBIDDEN' });
    await assert.rejects(engine.update(staff, 'ledgers', 'bill', house.id, { quantity: 2 }), { code: 'FORBIDDEN' });
    for (const { id } of [bill, house]) {
      const kept = await engine.get(admin, 'ledgers', 'bill', id);
      assert.deepEqual([kept['state'], kept['quantity'], kept['owner']], ['draft', 1, 'else']);
    }
    const done = await finalise(bill.id, { quantity: 5, owner: 'forged' });
    assert.deepEqual([done['state'], done['quantity'], done['owner']], ['final', 5, 'user-staff']);
    const bare = await finalise(plain.id);
    assert.deepEqual([bare['state'], bare['owner']], ['final', 'else']);
  });

  test('what is set once stays', async t => {
    const engine = startLedger();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    const bill = await engine.create(admin, 'ledgers', 'bill', { price });
    const set = (source: string | null) => engine.update(admin, 'ledgers', 'bill', bill.id, { source });
    await set('import');
    await set('import');
    await assert.rejects(set('else'), { code: 'LOCKED' });
    await assert.rejects(set(null), { code: 'LOCKED' });
  });

  test('encrypted at rest, bound to row and column, readable through the API, never filterable', async t => {
    const engine = startLedger();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    const iban = 'CZ6508000000192000145399';
    const one = await engine.create(admin, 'ledgers', 'bill', { price, iban });
    const two = await engine.create(admin, 'ledgers', 'bill', { price, iban });
    assert.equal((await engine.get(admin, 'ledgers', 'bill', one.id))['iban'], iban);
    assert.equal((await engine.list(admin, 'ledgers', 'bill'))[0]!['iban'], iban);
    for (const table of ['ledgers_bill', '_outbox', '_audit', '_idempotency']) {
      assert.doesNotMatch(JSON.stringify(await rows(engine, `SELECT * FROM ${table}`)), /CZ6508/);
    }
    const [sealed, other] = (await rows(engine, 'SELECT iban FROM ledgers_bill ORDER BY id')).flat();
    assert.notEqual(sealed, other);
    await assert.rejects(engine.list(admin, 'ledgers', 'bill', `filter[iban]=${iban}`), { code: 'INVALID_QUERY' });
    await assert.rejects(engine.list(admin, 'ledgers', 'bill', 'sort=iban'), { code: 'INVALID_QUERY' });
    const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
    await db.write([{ sql: 'UPDATE ledgers_bill SET iban = ? WHERE id = ?', args: [sealed!, two.id] }]);
    await assert.rejects(engine.get(admin, 'ledgers', 'bill', two.id));
  });

  test('places, files and texts by locale', async t => {
    const engine = startLedger();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    const values = {
      at: { lat: 50.0755, lng: -14.4378 },
      to: { line1: 'Main 1', city: 'Prague', country: 'CZ' },
      paper: await seedFile(engine, '0198-abc'),
      title: { en: 'Bill', de: 'Rechnung' },
    };
    const bill = await engine.create(admin, 'ledgers', 'bill', { price, ...values });
    const stored = await engine.get(admin, 'ledgers', 'bill', bill.id);
    assert.deepEqual([stored['at'], stored['to'], stored['paper'], stored['title']], Object.values(values));
    const renamed = await engine.update(admin, 'ledgers', 'bill', bill.id, { title: 'Invoice' });
    assert.deepEqual(renamed['title'], { en: 'Invoice', de: 'Rechnung' });
    assert.deepEqual((await engine.get(admin, 'ledgers', 'bill', bill.id))['title'], renamed['title']);
    for (const bad of [
      { at: { lat: 91, lng: 0 } },
      { to: { ...values.to, country: 'XX' } },
      { title: { 'x"y': 'a' } },
    ]) {
      await assert.rejects(engine.update(admin, 'ledgers', 'bill', bill.id, bad), { code: 'VALIDATION_FAILED' });
    }
  });
});
