/** Where each local day of a zone begins and ends; kept per zone and date, because asking the zone database costs a hundred times more than arithmetic. */
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import { calendarDate } from './date.ts';
import { Recent } from './recent.ts';

export const DAY = 86_400_000;

/** One local day as instants; `even` when its 24 hours are unbroken by a change of the zone's offset. */
export interface ZoneDay {
  readonly start: number;
  readonly end: number;
  readonly even: boolean;
}

const zones = new Recent<string, Recent<number, ZoneDay>>(48);
const newZone = (): Recent<number, ZoneDay> => new Recent(800);

const midnight = (number: number, zone: string): number => {
  const { year, month, day } = calendarDate(number);
  return PlainDate.toZonedDateTime(PlainDate.create(year, month, day), zone).epochMilliseconds;
};

/** The local day with that day number; a day that the zone skipped is empty (start = end). RangeError for an unknown zone. */
export const zoneDay = (number: number, zone: string): ZoneDay =>
  zones.get(zone, newZone).get(number, () => {
    const start = midnight(number, zone);
    const end = midnight(number + 1, zone);
    return { start, end, even: end - start === DAY };
  });
