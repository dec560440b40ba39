/** Visitors are told apart on one day and one site, and by nobody afterwards. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { analyticsSalt } from '../control/schema.ts';
import { analyticsName } from './stores.ts';
import { CLIENT, createCounting, madeVisit, seeded } from './testing.ts';
import { createVisitors } from './visitors.ts';

it('a mark is the same for one visitor, day and site, in every process, and ends with the salt', async t => {
  const { db, time, close } = await createCounting({ now: '2026-03-10T23:30:00Z' });
  t.after(close);
  const clock = { now: () => time.now };
  const process = () => createVisitors({ db, clock, masterKey: new Uint8Array(32).fill(1) });
  const [one, two] = [process(), process()];
  const stranger = createVisitors({ db, clock, masterKey: new Uint8Array(32).fill(2) });
  const people = Array.from({ length: 40 }, (_, index) => [`10.0.0.${index}`, 'Firefox'] as const);
  const marks = (visitors: typeof one, day = '2026-03-11', site = 's1') =>
    Promise.all(people.map(person => visitors.mark(day, site, ...person))).then(list => JSON.stringify(list));
  const [first, again] = await Promise.all([marks(one), marks(two)]);
  assert.equal(first, again);
  assert.equal(new Set(JSON.parse(first).map((mark: object) => JSON.stringify(mark))).size > 35, true);
  for (const other of [marks(one, '2026-03-10'), marks(one, '2026-03-11', 's2'), marks(stranger)]) {
    assert.notEqual(await other, first);
  }
  const days = async () => (await db.select().from(analyticsSalt)).map(({ day }) => day).sort();
  assert.deepEqual(await days(), ['2026-03-10', '2026-03-11']);
  // It is still the 10th twelve hours behind UTC.
  await one.sweep();
  assert.deepEqual(await days(), ['2026-03-10', '2026-03-11']);
  time.now = Date.parse('2026-03-11T12:00:00Z');
  await one.sweep();
  assert.deepEqual(await days(), ['2026-03-11']);
  time.now = Date.parse('2026-03-12T12:00:00Z');
  await one.sweep();
  assert.deepEqual(await days(), []);
  assert.notEqual(await marks(one), first);
});

it('a client that ends takes its counts along', async t => {
  const { collector, databases, stores, time, close } = await createCounting();
  t.after(close);
  collector.add(CLIENT, madeVisit(seeded(1), time.now, 10));
  await collector.flush();
  assert.ok(await stores.find(CLIENT));
  await stores.drop(CLIENT);
  assert.equal(await stores.find(CLIENT), undefined);
  await assert.rejects(async () => databases.open(analyticsName(CLIENT)));
  assert.deepEqual(await stores.clientIds(), []);
  await stores.drop(CLIENT);
});
