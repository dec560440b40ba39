import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { start } from './testing-room.ts';

describe('constraints', () => {
  const span = (from: string, to: string) => ({ start: `2026-02-01T${from}:00Z`, end: `2026-02-01T${to}:00Z` });

  test('noOverlap: touching is fine, overlapping is refused by name, a gone row is not in the way', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin, staff } = engine.actors;
    const { id } = await engine.create(admin, 'room', 'room', { name: 'A' });
    const stay = (from: string, to: string) => engine.create(admin, 'room', 'stay', { room: id, ...span(from, to) });
    const first = await stay('10:00', '11:00');
    await stay('11:00', '12:00');
    await stay('09:00', '10:00');
    for (const [from, to] of [
      ['10:30', '10:45'],
      ['09:30', '10:30'],
      ['08:00', '13:00'],
      ['10:00', '11:00'],
    ] as const) {
      await assert.rejects(
        stay(from, to),
        (error: { code?: string; options?: { extensions?: { constraint?: string } } }) => {
          assert.deepEqual([error.code, error.options?.extensions?.constraint], ['TAKEN', 'room_stay.alone']);
          return true;
        },
      );
    }
    await engine.transition(staff, 'room', 'stay', first.id, 'leave');
    await stay('10:00', '11:00');
    await assert.rejects(stay('15:00', '15:00'), { code: 'CONFLICT' });
  });

  test('AV-09 capacity compares the peak, not the sum', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    const room1 = await engine.create(admin, 'room', 'room', { name: 'A' });
    const room2 = await engine.create(admin, 'room', 'room', { name: 'B' });
    const stay = (room: string, from: string, to: string, seats = 1) =>
      engine.create(admin, 'room', 'stay', { room, ...span(from, to), limit: 2, seats });
    await stay(room1.id, '09:00', '10:00');
    await stay(room1.id, '10:00', '11:00');
    await stay(room1.id, '09:00', '11:00');
    await stay(room2.id, '09:00', '10:00');
    await stay(room2.id, '10:00', '11:00');
    await stay(room2.id, '09:30', '10:30');
    await assert.rejects(stay(room2.id, '09:00', '11:00'), { code: 'TAKEN' });
    await assert.rejects(stay(room2.id, '11:00', '12:00', 3), { code: 'TAKEN' });
  });

  test('a reference that is not there is refused, and one that is used cannot be deleted', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    await assert.rejects(engine.create(admin, 'room', 'stay', { room: 'nope', ...span('10:00', '11:00') }), {
      code: 'VALIDATION_FAILED',
    });
    const used = await engine.create(admin, 'room', 'room', { name: 'A' });
    const stay = await engine.create(admin, 'room', 'stay', { room: used.id, ...span('10:00', '11:00') });
    await assert.rejects(engine.remove(admin, 'room', 'room', used.id), { code: 'IN_USE' });
    await engine.remove(admin, 'room', 'stay', stay.id);
    await engine.remove(admin, 'room', 'room', used.id);
    await assert.rejects(engine.remove(admin, 'room', 'room', used.id), { code: 'NOT_FOUND' });
  });
});
