import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { peakLoad } from '../../../schemas/intervals/index.ts';
import { type Confirmed, eva, type Held, openSalon, type Salon, tokenOf } from './testing.ts';

const MINUTE = 60_000;
const QUARTERS = 4 * 8;
const opening = Date.parse('2026-04-10T07:00:00Z');
const startOf = (quarter: number): string =>
  new Date(opening + quarter * 15 * MINUTE).toISOString().replace('.000', '');

const quarter = fc.nat(QUARTERS - 1);
const staffIndex = fc.nat(1);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('book' as const), quarter, staff: staffIndex }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hold' as const), quarter, staff: staffIndex }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('move' as const), which: fc.nat(20), quarter, staff: staffIndex }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reschedule' as const), which: fc.nat(20), quarter }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.nat(12) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const service = fc.record({
  durations: fc.constantFrom([15], [30], [45]),
  slotStep: fc.constantFrom(15, 30),
  bufferBefore: fc.constantFrom(0, 15),
  bufferAfter: fc.constantFrom(0, 30),
  bufferMode: fc.constantFrom('sum' as const, 'max' as const),
});
const refusals = new Set([
  'SLOT_TAKEN',
  'SLOT_UNAVAILABLE',
  'TOO_MANY_HOLDS',
  'LINK_REPLACED',
  'PRECONDITION_FAILED',
  'INVALID_TRANSITION',
  // Another step of the same turn may have cancelled it first.
  'TOO_LATE',
]);

interface Booked {
  readonly id: string;
  token: string;
  gone: boolean;
}

const run = async (salon: Salon, booked: Booked[], item: Step): Promise<void> => {
  const open = booked.filter(({ gone }) => !gone);
  const pick = 'which' in item ? open[item.which % Math.max(open.length, 1)] : undefined;
  const start = 'quarter' in item ? startOf(item.quarter) : '';
  const staff = 'staff' in item ? salon.staff[item.staff] : undefined;
  if (item.do === 'wait') salon.engine.now += item.minutes * MINUTE;
  else if (item.do === 'hold') await salon.ask('hold', { service: salon.service, start, staff }, startOf(item.staff));
  else if (item.do === 'book') {
    const { id, manageUrl } = await salon.ask<Confirmed>('book', { service: salon.service, start, staff, ...eva });
    booked.push({ id, token: tokenOf(manageUrl), gone: false });
  } else if (!pick) return;
  else if (item.do === 'move') {
    await salon.desk('move', { booking: pick.id, start, staff });
    // The desk does not learn the customer's new link; the booking is the desk's from now on.
    pick.gone = true;
  } else if (item.do === 'cancel') {
    await salon.ask('cancel', { token: pick.token });
    pick.gone = true;
  } else pick.token = (await salon.ask<{ token: string }>('reschedule', { token: pick.token, start })).token;
};

const refused = (error: unknown): void => {
  if (!refusals.has((error as { code: string }).code)) throw error;
};

const assertCapacity = async (salon: Salon): Promise<void> => {
  const { runtime, tenant, now } = salon.engine;
  const db = await runtime.stores.open(tenant.store, tenant.modules);
  const sql = `SELECT "resource", "block_start", "block_end", "quantity", "limit_" FROM "calendar_allocation" WHERE "status" = 'firm' OR ("status" = 'held' AND "expires_at" > ${now})`;
  const [found] = await db.read([{ sql }]);
  for (const id of salon.staff) {
    const rows = found!.rows.filter(row => row[0] === id);
    const loads = rows.map(row => ({ start: Number(row[1]), end: Number(row[2]), quantity: Number(row[3]) }));
    assert.ok(peakLoad(loads) <= Number(rows[0]?.[4] ?? 1));
  }
};

const staff = [{ name: 'Rosa' }, { name: 'Room', kind: 'room', capacity: 2 }];

/** A property that meets no booking proves nothing. */
const assertSeen = (count: number): void => assert.ok(count > 100, `only ${count} bookings were seen`);

test('whatever is booked, moved and cancelled, alone or at once, no place is taken twice', async t => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(
      service,
      fc.array(step, { minLength: 15, maxLength: 40 }),
      fc.integer({ min: 1, max: 4 }),
      async (has, steps, wide) => {
        const salon = await openSalon(t, { service: has, staff });
        const booked: Booked[] = [];
        for (let i = 0; i < steps.length; i += wide) {
          await Promise.all(steps.slice(i, i + wide).map(item => run(salon, booked, item).catch(refused)));
          await assertCapacity(salon);
        }
        seen += booked.length;
        salon.engine.close();
      },
    ),
    { numRuns: 25 },
  );
  assertSeen(seen);
});

test('a time is offered if and only if it can be held, when nobody else writes', async t => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(
      service,
      fc.array(step, { minLength: 6, maxLength: 20 }),
      staffIndex,
      async (has, steps, index) => {
        const salon = await openSalon(t, { service: has, staff });
        const booked: Booked[] = [];
        for (const item of steps) await run(salon, booked, item).catch(refused);
        const chosen = salon.staff[index];
        const offered = new Set(await salon.slots('2026-04-10', '2026-04-11', { staff: chosen }));
        for (let i = 0; i < QUARTERS; i++) {
          const input = { service: salon.service, start: startOf(i), staff: chosen };
          const hold = await salon.ask<Held>('hold', input, `prober ${i}`).catch(refused);
          assert.equal(
            hold !== undefined,
            offered.has(startOf(i)),
            `${startOf(i)} offered: ${offered.has(startOf(i))}`,
          );
          if (!hold) continue;
          seen++;
          await salon.ask('release', { hold: hold.hold });
        }
        salon.engine.close();
      },
    ),
    { numRuns: 25 },
  );
  assertSeen(seen);
});
