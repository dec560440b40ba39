/** Repeating local times: a rule (RFC 5545 3.3.10) gives the dates, and our own zone arithmetic gives the instants. */
import { RRuleTemporal } from 'rrule-temporal';
import { Problem } from '../errors/index.ts';
import type { Interval } from '../intervals/index.ts';
import { dateOf, dayNumber, isDate } from './date.ts';
import { dayNumberAt, instantOf } from './instant.ts';
import { minutesOf } from './local-time.ts';
import { parseInstant } from './rfc3339.ts';
import { DAY } from './zone-day.ts';

/** A local time that repeats: `rule` is the value of an RRULE, such as 'FREQ=WEEKLY;BYDAY=MO;COUNT=10'; `start` is the first date considered (DTSTART). */
export interface Recurrence {
  readonly rule: string;
  readonly start: string;
  readonly time: string;
  readonly zone: string;
}

/** Keeps an endless rule finite: occurrences that start within `range` (epoch milliseconds), at most `limit` of them. */
export interface RecurrenceBounds {
  readonly range?: Interval;
  readonly limit?: number;
}

// The library drops a number that is out of range, and with it the choice that the rule made.
const NUMBER_LIST = /^[+-]?\d{1,3}(,[+-]?\d{1,3})*$/;
const PARTS: Readonly<Record<string, RegExp>> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d{0,3}$/,
  COUNT: /^[1-9]\d{0,3}$/,
  UNTIL: /^\d{8}(T([01]\d|2[0-3])[0-5]\d[0-5]\dZ?)?$/,
  BYDAY: /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU))*$/,
  BYMONTHDAY: /^[+-]?(0?[1-9]|[12]\d|3[01])(,[+-]?(0?[1-9]|[12]\d|3[01]))*$/,
  BYYEARDAY: NUMBER_LIST,
  BYWEEKNO: NUMBER_LIST,
  BYMONTH: /^(0?[1-9]|1[0-2])(,(0?[1-9]|1[0-2]))*$/,
  BYSETPOS: NUMBER_LIST,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
};

const refuse = (detail: string, cause?: unknown): Problem =>
  Problem.of('VALIDATION_FAILED', {
    detail,
    cause,
    errors: [{ pointer: '/rule', code: 'INVALID_RULE', message: detail }],
  });

const parseRule = (rule: string): Map<string, string> => {
  const parts = new Map<string, string>();
  for (const part of rule.toUpperCase().split(';')) {
    const [name = '', value = ''] = part.split('=');
    if (!PARTS[name]?.test(value) || parts.has(name)) throw refuse(`"${part}" cannot be used in a repeat rule.`);
    parts.set(name, value);
  }
  if (!parts.has('FREQ')) throw refuse('A repeat rule needs FREQ.');
  if (parts.has('COUNT') && parts.has('UNTIL')) throw refuse('A repeat rule has COUNT or UNTIL, not both.');
  return parts;
};

const dated = (basic: string): string => `${basic.slice(0, 4)}-${basic.slice(4, 6)}-${basic.slice(6, 8)}`;

// UNTIL is judged on the instant that we compute, as the library only ever sees dates.
const lastInstant = (until: string | undefined, zone: string): number => {
  if (!until) return Number.POSITIVE_INFINITY;
  const date = dated(until);
  if (!isDate(date)) throw refuse(`UNTIL=${until} is not a date.`);
  if (until.length === 8) return instantOf(dayNumber(date) + 1, 0, zone) - 1;
  const time = `${until.slice(9, 11)}:${until.slice(11, 13)}`;
  const instant = until.endsWith('Z') ? parseInstant(`${date}T${time}:${until.slice(13, 15)}Z`) : undefined;
  return instant ?? instantOf(dayNumber(date), minutesOf(time), zone);
};

const compact = (number: number): string => `${dateOf(number).replaceAll('-', '')}T000000Z`;

/** Epoch milliseconds of each occurrence, in order; a skipped local time moves forward by the gap and a repeated one is taken once, the earlier. Throws VALIDATION_FAILED for a rule that is not understood or that never ends. */
export const recurrence = (repeat: Recurrence, { range, limit }: RecurrenceBounds = {}): number[] => {
  const parts = parseRule(repeat.rule);
  const first = dayNumber(repeat.start);
  const minutes = minutesOf(repeat.time);
  if (!parts.has('COUNT') && !parts.has('UNTIL') && !range && limit === undefined) {
    throw refuse('This rule never ends. Give it COUNT or UNTIL, or ask for a range or a limit.');
  }
  const last = Math.min(lastInstant(parts.get('UNTIL'), repeat.zone), (range?.end ?? Number.POSITIVE_INFINITY) - 1);
  parts.delete('UNTIL');
  if (last !== Number.POSITIVE_INFINITY && !parts.has('COUNT')) {
    parts.set('UNTIL', compact(Math.max(first, dayNumberAt(last, repeat.zone))));
  }
  const rule = [...parts].map(([name, value]) => `${name}=${value}`).join(';');
  const found: number[] = [];
  // The library drops a local time that the clocks skip; at midnight UTC nothing is ever skipped.
  const take = (midnight: number): boolean => {
    const at = instantOf(Math.round(midnight / DAY), minutes, repeat.zone);
    if (at > last || found.length >= (limit ?? Number.POSITIVE_INFINITY)) return false;
    if (at >= (range?.start ?? Number.NEGATIVE_INFINITY)) found.push(at);
    return true;
  };
  try {
    new RRuleTemporal({ rruleString: `DTSTART:${compact(first)}\nRRULE:${rule}`, cache: false }).all(date =>
      take(date.epochMilliseconds),
    );
  } catch (cause) {
    throw cause instanceof Problem
      ? cause
      : refuse(`The rule ${repeat.rule} gives no dates that can be listed.`, cause);
  }
  return found;
};
