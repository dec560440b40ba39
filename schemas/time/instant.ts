/** Local wall-clock time to instants and back: the one place where it happens, with the disambiguation fixed. */
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import { Problem } from '../errors/index.ts';
import type { Interval } from '../intervals/index.ts';
import { calendarDate, dateOf, dayNumber } from './date.ts';
import { minutesOf, timeOf } from './local-time.ts';
import { DAY, zoneDay } from './zone-day.ts';

const MINUTE = 60_000;

/** What to do with a local time that is skipped or repeated: 'compatible' (RFC 5545 3.3.5) moves a skipped time forward by the gap and takes the first of a repeated one; 'strict' refuses both. */
export type Disambiguation = 'compatible' | 'earlier' | 'later' | 'strict';

/** A wall-clock reading; `offsetMinutes` is positive east of UTC and has a fraction for local mean time before zones. */
export interface LocalDateTime {
  readonly date: string;
  readonly time: string;
  readonly offsetMinutes: number;
}

/** Epoch milliseconds of minute 0-1439 of a local day given by number; throws AMBIGUOUS_LOCAL_TIME in 'strict'. */
export const instantOf = (
  number: number,
  minutes: number,
  zone: string,
  disambiguation: Disambiguation = 'compatible',
): number => {
  const day = zoneDay(number, zone);
  return day.even ? day.start + minutes * MINUTE : onUnevenDay(number, minutes, zone, disambiguation);
};

const onUnevenDay = (number: number, minutes: number, zone: string, disambiguation: Disambiguation): number => {
  const { year, month, day } = calendarDate(number);
  const local = PlainDateTime.create(year, month, day, Math.floor(minutes / 60), minutes % 60);
  const at = (how: 'compatible' | 'earlier' | 'later'): number =>
    PlainDateTime.toZonedDateTime(local, zone, { disambiguation: how }).epochMilliseconds;
  if (disambiguation !== 'strict') return at(disambiguation);
  const earlier = at('earlier');
  if (earlier === at('later')) return earlier;
  throw Problem.of('AMBIGUOUS_LOCAL_TIME', {
    detail: `${dateOf(number)} ${timeOf(minutes)} in ${zone} does not exist or happens twice. Choose another time, or say which one.`,
  });
};

/** Epoch milliseconds of a local date and time; throws AMBIGUOUS_LOCAL_TIME in 'strict', RangeError for text that is no date, time or zone. */
export const toInstant = (
  date: string,
  time: string,
  zone: string,
  options: { readonly disambiguation?: Disambiguation } = {},
): number => instantOf(dayNumber(date), minutesOf(time), zone, options.disambiguation);

/** Number of the local day that the instant falls on. */
export const dayNumberAt = (instant: number, zone: string): number => {
  let number = Math.floor(instant / DAY);
  while (instant < zoneDay(number, zone).start) number--;
  while (instant >= zoneDay(number, zone).end) number++;
  return number;
};

/** The wall clock of a zone at an instant in epoch milliseconds, cut to the minute. */
export const toLocal = (instant: number, zone: string): LocalDateTime => {
  const number = dayNumberAt(instant, zone);
  const day = zoneDay(number, zone);
  if (day.even) {
    return {
      date: dateOf(number),
      time: timeOf(Math.floor((instant - day.start) / MINUTE)),
      offsetMinutes: (number * DAY - day.start) / MINUTE,
    };
  }
  const zoned = Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(instant), zone);
  const local = ZonedDateTime.toPlainDateTime(zoned);
  return {
    date: PlainDateTime.toString(local).slice(0, 10),
    time: timeOf(local.hour * 60 + local.minute),
    offsetMinutes: ZonedDateTime.offsetNanoseconds(zoned) / 60e9,
  };
};

/** First instant of a local date to the first of the next: 23 or 25 hours where clocks change, and from 01:00 where midnight is skipped. */
export const dayBounds = (date: string, zone: string): Interval => {
  const { start, end } = zoneDay(dayNumber(date), zone);
  return { start, end };
};
