/** Where appointments stand on the day. */
import { same } from '../../../embed-sdk/testing/assert.ts';
import { hoursOf, nowOn, placeColumn } from './place.ts';
import type { Appointment } from './screen-api.ts';

const at = (start: string, end: string): Appointment => ({
  id: start,
  status: 'confirmed',
  service: 's',
  resource: 'r',
  zone: 'Europe/Prague',
  name: '',
  email: null,
  phone: null,
  note: null,
  price: null,
  start: `2026-04-14T${start}:00Z`,
  end: `2026-04-14T${end}:00Z`,
});

describe('placing appointments', () => {
  it('goes by the wall clock of the business', () => {
    const [one] = placeColumn([at('08:00', '08:45')], 'Europe/Prague');
    same([one!.start, one!.end], [600, 645]);
  });

  it('shares the width among those that overlap, and only among those', () => {
    const placed = placeColumn(
      [at('08:00', '09:00'), at('08:30', '09:30'), at('09:00', '10:00'), at('12:00', '13:00')],
      'UTC',
    );
    same(
      placed.map(({ lane, lanes }) => [lane, lanes]),
      [
        [0, 2],
        [1, 2],
        [0, 2],
        [0, 1],
      ],
    );
  });

  it('ends at midnight what goes on into the next day', () => {
    const [one] = placeColumn([{ ...at('23:00', '23:30'), end: '2026-04-15T01:00:00Z' }], 'UTC');
    same(one!.end, 1440);
  });

  it('stretches the usual day to hold everything', () => {
    same(hoursOf(placeColumn([at('05:30', '06:00'), at('20:15', '21:10')], 'UTC'), null), { from: 5, to: 22 });
    same(hoursOf([], 7 * 60 + 5), { from: 7, to: 18 });
    same(hoursOf([], 3 * 60), { from: 8, to: 18 });
  });

  it('knows when now is on another day', () => {
    const now = Date.parse('2026-04-14T22:30:00Z');
    same([nowOn('2026-04-14', 'Europe/Prague', now), nowOn('2026-04-15', 'Europe/Prague', now)], [null, 30]);
  });
});
