import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRecord } from './records/index.ts';
import { startLedger } from './testing-ledger.ts';
import { rows } from './testing-room.ts';

const price = { amount: 100, currency: 'EUR' };
type Bill = { id: string; number: string | null; slip: string; rev: number };

describe('sequence numbers', () => {
  test('NU-01 100 finalised at once and 30 that fail leave 100 consecutive numbers', async t => {
    const engine = startLedger();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    await engine.create(admin, 'ledgers', 'ticket', { desk: 'A' });
    const bills: Bill[] = [];
    for (let i = 0; i < 130; i++) bills.push(await engine.create<Bill>(admin, 'ledgers', 'bill', { price }));
    assert.ok(bills.every(bill => bill.number === null));
    const results = await Promise.allSettled(
      bills.map((bill, i) =>
        i % 13 < 3
          ? engine.call(admin, 'ledgers', 'close', { bill: bill.id, quantity: 2, fail: true })
          : engine.transition(admin, 'ledgers', 'bill', bill.id, 'finalise'),
      ),
    );
    const given = results.flatMap(result => (result.status === 'fulfilled' ? [result.value['number'] as string] : []));
    assert.equal(results.length - given.length, 30);
    const expected = Array.from({ length: 100 }, (_, i) => `INV-2026-01-${String(i + 1).padStart(4, '0')}`);
    assert.deepEqual([...given].sort(), expected);
    const stored = await rows(engine, 'SELECT number FROM ledgers_bill WHERE number IS NOT NULL ORDER BY number');
    assert.deepEqual(stored.flat(), expected);
  });

  test('NU-02 a changed scheme keeps what was given and goes on from the count of documents', async t => {
    const engine = startLedger();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    const desks = ['A', 'A', 'B', 'A', 'B'];
    const numbers: unknown[] = [];
    for (const desk of desks) numbers.push((await engine.create(admin, 'ledgers', 'ticket', { desk }))['number']);
    assert.deepEqual(numbers, ['26-001', '26-002', '26-001', '26-003', '26-002']);
    const entity = engine.tenant.byName.get('ledgers')!.entities.get('ticket')!;
    const changed = {
      ...entity,
      sequences: [{ ...entity.sequences[0]!, scopeColumn: undefined, pattern: 'T-{yyyy}{mm}-{###}' }],
    };
    const call = {
      actor: admin,
      tenant: engine.tenant,
      site: undefined,
      requestId: 't',
      callerHash: '',
      idempotencyKey: undefined,
      fingerprint: '',
    };
    const module = engine.tenant.byName.get('ledgers')!;
    const reply = await createRecord(engine.runtime, call, { module, entity: changed }, { desk: 'A' });
    assert.equal(JSON.parse(reply.body).data.number, 'T-202601-006');
    assert.deepEqual((await rows(engine, 'SELECT number FROM ledgers_ticket ORDER BY id')).flat(), [
      ...numbers,
      'T-202601-006',
    ]);
  });

  test("NU-03 the month is the client's, a void bill keeps its number, none is given twice", async t => {
    const engine = startLedger('Europe/Prague');
    t.after(() => engine.close());
    const { admin } = engine.actors;
    engine.now = Date.parse('2026-12-31T23:30:00Z');
    const bill = () => engine.create<Bill>(admin, 'ledgers', 'bill', { price });
    const first = await bill();
    const done = await engine.transition(admin, 'ledgers', 'bill', first.id, 'finalise');
    assert.equal(done['number'], 'INV-2027-01-0001');
    const gone = await engine.transition(admin, 'ledgers', 'bill', first.id, 'void');
    assert.equal(gone['number'], 'INV-2027-01-0001');
    await assert.rejects(engine.remove(admin, 'ledgers', 'bill', first.id), { code: 'LOCKED' });
    const next = await engine.transition(admin, 'ledgers', 'bill', (await bill()).id, 'finalise');
    assert.equal(next['number'], 'INV-2027-01-0002');
  });

  test('the reply, its replay and the event show the number', async t => {
    const engine = startLedger();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    const module = engine.tenant.byName.get('ledgers')!;
    const target = { module, entity: module.entities.get('bill')! };
    const call = {
      actor: admin,
      tenant: engine.tenant,
      site: undefined,
      requestId: 't',
      callerHash: '',
      idempotencyKey: 'k1',
      fingerprint: 'a',
    };
    const input = { price, iban: 'CZ6508000000192000145399' };
    const created = await createRecord(engine.runtime, call, target, input);
    const again = await createRecord(engine.runtime, call, target, input);
    assert.equal(again.replayed, true);
    assert.equal(again.body, created.body);
    const { data } = JSON.parse(created.body) as { data: Bill & { iban: string } };
    assert.equal(data.slip, 'S-0001');
    assert.equal(data.iban, input.iban);
    await engine.transition(admin, 'ledgers', 'bill', data.id, 'finalise');
    const [event] = await rows(engine, `SELECT payload FROM _outbox WHERE event = 'ledgers.finalised'`);
    assert.deepEqual(JSON.parse(String(event![0])), { bill: data.id, number: 'INV-2026-01-0001', amount: price });
  });
});
