/** Where appointments stand on the day: minutes of the wall clock, and lanes where two overlap. */

import { minutesOf, toLocal } from '../../../schemas/time/index.ts';
import { pageNow } from '../../kit/page-clock.ts';
import type { Appointment } from './screen-api.ts';

export interface Placed {
  readonly appointment: Appointment;
  /** Minutes from midnight on the wall clock of the business. */
  readonly start: number;
  readonly end: number;
  readonly lane: number;
  readonly lanes: number;
}

/** Shorter ones are drawn this long, so that their text can be read and hit. */
const shortest = 20;
const midnight = 24 * 60;

const clock = (instant: string, zone: string): { date: string; minutes: number } => {
  const { date, time } = toLocal(Date.parse(instant), zone);
  return { date, minutes: minutesOf(time) };
};

/** Places one column; those that overlap, directly or through others, share its width. */
export const placeColumn = (appointments: readonly Appointment[], zone: string): Placed[] => {
  const spans = appointments
    .map(appointment => {
      const from = clock(appointment.start, zone);
      const to = clock(appointment.end, zone);
      const end = to.date === from.date ? to.minutes : midnight;
      return { appointment, start: from.minutes, end: Math.min(midnight, Math.max(end, from.minutes + shortest)) };
    })
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const placed: Placed[] = [];
  let group: (typeof spans)[number][] = [];
  let reach = 0;
  const flush = () => {
    const ends: number[] = [];
    const lanes = group.map(span => {
      const free = ends.findIndex(end => end <= span.start);
      const lane = free === -1 ? ends.length : free;
      ends[lane] = span.end;
      return lane;
    });
    placed.push(...group.map((span, index) => ({ ...span, lane: lanes[index]!, lanes: ends.length })));
    group = [];
  };
  for (const span of spans) {
    if (group.length > 0 && span.start >= reach) flush();
    reach = group.length === 0 ? span.end : Math.max(reach, span.end);
    group.push(span);
  }
  flush();
  return placed;
};

/** Whole hours to draw: the usual day, stretched to hold everything, and now unless that is in the night. */
export const hoursOf = (
  placed: readonly Placed[],
  now: number | null,
): { readonly from: number; readonly to: number } => {
  const awake = now !== null && now >= 6 * 60 && now < 22 * 60 ? [now] : [];
  return {
    from: Math.min(8, ...[...placed.map(({ start }) => start), ...awake].map(minute => Math.floor(minute / 60))),
    to: Math.max(18, ...[...placed.map(({ end }) => end), ...awake].map(minute => Math.ceil(minute / 60))),
  };
};

/** Minutes of the wall clock now, or null when now is on another day. */
export const nowOn = (date: string, zone: string, now = pageNow()): number | null => {
  const here = toLocal(now, zone);
  return here.date === date ? minutesOf(here.time) : null;
};
