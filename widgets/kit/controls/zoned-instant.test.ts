import fc from 'fast-check';
import { same } from '../../../embed-sdk/testing/assert.ts';
import { toInstant } from '../../../schemas/time/instant.ts';
import { toRfc3339 } from '../../../schemas/time/rfc3339.ts';
import { fromTheWall, onTheWall } from './zoned-instant.ts';

const zones = ['UTC', 'Europe/Prague', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Chatham'];

describe('the clock on the wall', () => {
  it('is read as the engine of time reads it, also where an hour is skipped or comes twice', () => {
    const changes = [
      '2026-03-29T02',
      '2026-10-25T02',
      '2026-03-08T02',
      '2026-11-01T01',
      '2026-10-04T02',
      '2026-04-05T01',
    ];
    const local = fc.oneof(
      fc
        .tuple(fc.constantFrom(...changes), fc.nat(59))
        .map(([hour, minute]) => `${hour}:${`${minute}`.padStart(2, '0')}`),
      fc
        .integer({ min: 0, max: 30 * 525_600 })
        .map(minute => new Date(Date.UTC(2010, 0) + minute * 60_000).toISOString().slice(0, 16)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...zones), local, (zone, text) => {
        const [date = '', time = ''] = text.split('T');
        same(fromTheWall(text, zone), toRfc3339(toInstant(date, time, zone)), `${text} in ${zone}`);
      }),
      { numRuns: 1000 },
    );
  });

  it('goes there and back', () => {
    same(onTheWall('2026-06-01T10:30:00Z', 'Europe/Prague'), '2026-06-01T12:30');
    same(fromTheWall('2026-06-01T12:30', 'Europe/Prague'), '2026-06-01T10:30:00Z');
  });
});
