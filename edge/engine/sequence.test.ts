import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { entity, f } from '../../schemas/module/index.ts';
import { createRecord } from './records/index.ts';
import { createTestEngine, type TestEngine } from './testing.ts';
import { startLedger } from './testing-ledger.ts';
import { testModule } from './testing-module.ts';
import { rows } from './testing-room.ts';

const price = { amount: 100, currency: 'EUR' };
type Bill = { id: string; number: string | null; slip: string; rev: number };

const desks = (version: `1.${number}.0`, number: ReturnType<typeof f.sequence>) =>
  testModule({
    id: 'inlay.desks',
    version,
    entities: {
      ticket: entity({
        label: 'Ticket',
        fields: {
          desk: f.text(),
          floor: f.int().optional(),
          state: f.enum(['waits', 'served']).default('waits'),
          number,
          monthly: f.sequence('M{##}', { reset: 'monthly' }),
          never: f.sequence('N{#}'),
          receipt: f.sequence('R{scope}-{####}', { scope: 'floor', gapless: true, on: 'serve' }),
        },
        states: {
          field: 'state',
          initial: 'waits',
          transitions: { serve: { from: ['waits'], to: 'served', roles: ['admin'] } },
        },
        access: { admin: { read: true, create: true } },
      }),
    },
  });
const startDesks = (module: ReturnType<typeof desks>, folder?: string, zone?: string): TestEngine =>
  createTestEngine({ modules: [{ module }], now: '2026-01-05T09:00:00Z', folder, zone });
const ticketOf = (engine: TestEngine, draft: object): Promise<Record<string, unknown>> =>
  engine.create(engine.actors.admin, 'desks', 'ticket', draft);

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

  test('NU-02 a version with another scheme keeps what was given and goes on from the count of documents', async t => {
    const folder = mkdtempSync(join(tmpdir(), 'inlay-desks-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const first = startDesks(desks('1.0.0', f.sequence('{yy}-{###}', { scope: 'desk', reset: 'yearly' })), folder);
    const numbers: unknown[] = [];
    for (const desk of ['A', 'A', 'B', 'A', 'B']) numbers.push((await ticketOf(first, { desk, floor: 2 }))['number']);
    assert.deepEqual(numbers, ['26-001', '26-002', '26-001', '26-003', '26-002']);
    first.close();
    const second = startDesks(desks('1.1.0', f.sequence('T-{yyyy}{mm}-{###}', { reset: 'yearly' })), folder);
    assert.equal((await ticketOf(second, { desk: 'A' }))['number'], 'T-202601-006');
    const kept = (await second.list(second.actors.admin, 'desks', 'ticket', 'sort=createdAt')).map(
      row => row['number'],
    );
    assert.deepEqual(kept.sort(), [...numbers, 'T-202601-006'].sort());
    second.close();
    const third = startDesks(desks('1.2.0', f.sequence('{scope}-{###}', { scope: 'floor' })), folder);
    t.after(() => third.close());
    const floors = [2, 3].map(floor => ticketOf(third, { desk: 'A', floor }));
    assert.deepEqual(
      (await Promise.all(floors)).map(({ number }) => number),
      ['2-006', '3-001'],
    );
  });

  test('each period begins with one at midnight of the zone, and what never resets goes on', async t => {
    const number = f.sequence('{yyyy}-{mm}-{dd}/{##}', { reset: 'yearly' });
    const engine = startDesks(desks('1.0.0', number), undefined, 'Pacific/Auckland');
    t.after(() => engine.close());
    const at = async (instant: string) => {
      engine.now = Date.parse(instant);
      const { number, monthly, never } = await ticketOf(engine, { desk: 'A' });
      return [number, monthly, never];
    };
    // 13 hours ahead of UTC in summer, 12 in winter.
    assert.deepEqual(await at('2026-11-30T10:59:59Z'), ['2026-11-30/01', 'M01', 'N1']);
    assert.deepEqual(await at('2026-11-30T11:00:00Z'), ['2026-12-01/02', 'M01', 'N2']);
    assert.deepEqual(await at('2026-12-31T10:59:59Z'), ['2026-12-31/03', 'M02', 'N3']);
    assert.deepEqual(await at('2026-12-31T11:00:00Z'), ['2027-01-01/01', 'M01', 'N4']);
    assert.deepEqual(await at('2027-06-30T11:59:59Z'), ['2027-06-30/02', 'M01', 'N5']);
    assert.deepEqual(await at('2027-06-30T12:00:00Z'), ['2027-07-01/03', 'M01', 'N6']);
  });

  test('a number shows the value whose counter it is, at creation and with a step', async t => {
    const engine = startDesks(desks('1.0.0', f.sequence('{scope}-{yy}-{##}', { scope: 'desk', reset: 'yearly' })));
    t.after(() => engine.close());
    const tickets = [];
    for (const desk of ['A', 'A', "B'||x", '']) tickets.push(await ticketOf(engine, { desk, floor: 2 }));
    assert.deepEqual(
      tickets.map(({ number }) => number),
      ['A-26-01', 'A-26-02', "B'||x-26-01", '-26-01'],
    );
    const { id } = tickets[0] as { id: string };
    const served = await engine.transition(engine.actors.admin, 'desks', 'ticket', id, 'serve');
    assert.equal(served['receipt'], 'R2-0001');
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
