/** Cron in a zone, around the days on which the clocks change. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextRun, timetableOf } from './next-run.ts';

function runs(cron: string, zone: string, from: string, until: string): string[] {
  const found: string[] = [];
  for (let at = Date.parse(from); ; ) {
    const next = nextRun({ cron }, zone, at);
    if (next === undefined || next > Date.parse(until)) return found;
    found.push(new Date(next).toISOString().slice(0, 16));
    at = next;
  }
}

describe('nextRun', () => {
  it('runs a time that the clocks skip once, at the end of the gap', () => {
    const prague = runs('30 2 * * *', 'Europe/Prague', '2026-03-28T00:00:00Z', '2026-03-30T12:00:00Z');
    assert.deepEqual(prague, ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30']);
    const york = runs('30 2 * * *', 'America/New_York', '2026-03-07T00:00:00Z', '2026-03-09T12:00:00Z');
    assert.deepEqual(york, ['2026-03-07T07:30', '2026-03-08T07:00', '2026-03-09T06:30']);
  });

  it('runs a time that comes twice once', () => {
    const prague = runs('30 2 * * *', 'Europe/Prague', '2026-10-24T00:00:00Z', '2026-10-26T12:00:00Z');
    assert.deepEqual(prague, ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30']);
    const york = runs('30 1 * * *', 'America/New_York', '2026-10-31T00:00:00Z', '2026-11-02T12:00:00Z');
    assert.deepEqual(york, ['2026-10-31T05:30', '2026-11-01T05:30', '2026-11-02T06:30']);
  });

  it('keeps nine in the morning nine in the morning', () => {
    const days = runs('0 9 * * 1-5', 'Europe/Prague', '2026-03-26T12:00:00Z', '2026-03-31T12:00:00Z');
    assert.deepEqual(days, ['2026-03-27T08:00', '2026-03-30T07:00', '2026-03-31T07:00']);
  });

  it('runs a list of hours by the same rule, and every half hour through the change', () => {
    const list = runs('30 1,2 * * *', 'America/New_York', '2026-11-01T00:00:00Z', '2026-11-01T23:00:00Z');
    assert.deepEqual(list, ['2026-11-01T05:30', '2026-11-01T07:30']);
    const often = runs('*/30 * * * *', 'Europe/Prague', '2026-10-25T00:00:00Z', '2026-10-25T03:00:00Z');
    assert.equal(often.length, 6);
    assert.equal(new Set(often).size, 6);
  });

  it('counts seconds from the last run, has no time for a job that is asked for, refuses what is no cron', () => {
    assert.equal(nextRun({ everySeconds: 60 }, 'UTC', 1_000), 61_000);
    assert.equal(nextRun({ payload: {} }, 'UTC', 0), undefined);
    assert.throws(() => nextRun({ cron: '61 * * * *' }, 'UTC', 0));
    assert.notEqual(timetableOf({ cron: '0 9 * * *' }, 'UTC'), timetableOf({ cron: '0 9 * * *' }, 'Europe/Prague'));
  });
});
