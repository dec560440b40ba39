import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Interval } from './index.ts';
import * as room from './index.ts';

const { clip, contains, intersect, merge, normalise, overloaded, pad, peakLoad, shift, subtract, totalLength } = room;

const at = (start: number, end: number, quantity?: number) =>
  quantity === undefined ? { start, end } : { start, end, quantity };

test('AV-07 touching intervals share nothing, a contained one is the answer', () => {
  assert.deepEqual(intersect([at(9, 10)], [at(10, 11)]), []);
  assert.deepEqual(intersect([at(9, 17)], [at(11, 12)]), [at(11, 12)]);
  assert.equal(room.overlaps(at(9, 10), at(10, 11)), false);
  assert.equal(room.overlaps(at(9, 10), at(9.5, 9.5)), false);
  assert.deepEqual(merge([at(9, 10)], [at(10, 11)]), [at(9, 11)]);
});

test('AV-09 capacity is compared with the peak, not with the sum', () => {
  const booked = [at(9, 10, 1), at(10, 11, 1)];
  assert.equal(peakLoad([...booked, at(9, 11, 1)]), 2);
  assert.equal(peakLoad([...booked, at(9.5, 10.5, 1), at(9, 11, 1)]), 3);
  assert.equal(peakLoad(booked, at(9, 11)), 1);
  assert.equal(peakLoad(booked, at(11, 12)), 0);
  assert.equal(peakLoad([at(9, 10, 3), at(9, 12)], at(10, 11)), 1);
});

test('empty and inverted intervals vanish', () => {
  assert.deepEqual(normalise([at(5, 5), at(9, 3), at(7, 8)]), [at(7, 8)]);
  assert.deepEqual(subtract([at(9, 17)], [at(8, 18)]), []);
  assert.deepEqual(pad([at(0, 4), at(10, 20)], -3, -3), [at(13, 17)]);
  assert.equal(peakLoad([at(9, 3, 5), at(4, 4, 5)]), 0);
  assert.equal(contains([at(0, 10)], at(5, 5)), false);
});

const interval = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -3, max: 12 }))
  .map(([s, n]) => at(s, s + n));
const list = fc.array(interval, { maxLength: 12 });
const has = (intervals: readonly Interval[], x: number) => intervals.some(({ start, end }) => start <= x && x < end);
const points = Array.from({ length: 120 }, (_, index) => index / 2 - 4);
const sound = (result: readonly Interval[], expected: (x: number) => boolean) => {
  for (const x of points) assert.equal(has(result, x), expected(x), `at ${x}`);
  for (const [i, { start, end }] of result.entries()) {
    assert.ok(start < end);
    assert.ok(i === 0 || result[i - 1]!.end < start);
  }
};

test('the algebra is that of sets, and results are sorted, apart and not empty', () => {
  fc.assert(
    fc.property(list, list, interval, fc.integer({ min: 0, max: 5 }), (a, b, range, by) => {
      sound(normalise(a), x => has(a, x));
      sound(merge(a, b), x => has(a, x) || has(b, x));
      sound(intersect(a, b), x => has(a, x) && has(b, x));
      sound(subtract(a, b), x => has(a, x) && !has(b, x));
      sound(clip(a, range), x => has(a, x) && has([range], x));
      sound(shift(a, by), x => has(a, x - by));
      const real = a.filter(({ start, end }) => start < end);
      sound(pad(a, by, 2), x => real.some(({ start, end }) => start - by <= x && x < end + 2));
      assert.equal(totalLength(a), points.filter(x => has(a, x)).length / 2);
      assert.equal(totalLength(subtract(a, b)) + totalLength(intersect(a, b)), totalLength(a));
      const inside = range.start < range.end && points.every(x => !has([range], x) || has(a, x));
      assert.equal(contains(a, range), inside);
    }),
    { numRuns: 300 },
  );
});

test('the load is that of counting at every point', () => {
  const loads = fc.array(
    fc.tuple(interval, fc.integer({ min: 1, max: 4 })).map(([i, quantity]) => ({ ...i, quantity })),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(loads, interval, fc.integer({ min: 0, max: 6 }), (all, within, limit) => {
      const loadAt = (x: number) => all.reduce((sum, item) => sum + (has([item], x) ? item.quantity : 0), 0);
      assert.equal(peakLoad(all), Math.max(0, ...points.map(loadAt)));
      assert.equal(peakLoad(all, within), Math.max(0, ...points.filter(x => has([within], x)).map(loadAt)));
      sound(overloaded(all, limit), x => loadAt(x) > limit);
    }),
    { numRuns: 300 },
  );
});
