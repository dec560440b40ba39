/** Free times by day of the asker's zone. */
import { mergeSlots, slotStarts } from '../../../schemas/availability/index.ts';
import type { Interval } from '../../../schemas/intervals/index.ts';
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { dateOf, dayBounds, dayNumber, dayNumberAt, toLocal } from '../../../schemas/time/index.ts';
import { loadCalendar, type Resource, slotNeeds } from './calendar.ts';
import { type BookingModule, MINUTE, type Service } from './context.ts';
import { bookableRange, chooseDuration, isGivenBy } from './offer.ts';

const MOST_DAYS = 62;
/** Days ahead that no service's horizon reaches; bounds the search before the service is known. */
const FARTHEST = 735;

interface Search {
  readonly service: Service;
  readonly minutes: number;
  readonly staff: string | null | undefined;
}

const freeStarts = (resources: readonly Resource[], search: Search, { start, end }: Interval): number[] => {
  const given = resources.filter(({ id }) => isGivenBy(search.service, id) && (!search.staff || id === search.staff));
  const step = search.service.slotStep * MINUTE;
  const starts = given.map(resource => {
    const needs = slotNeeds(search.service, resource, search.minutes);
    return [resource.id, slotStarts({ ...needs, step, earliest: start, latest: end })] as const;
  });
  return starts.length === 1 ? starts[0]![1] : mergeSlots(new Map(starts)).map(slot => slot.start);
};

/** Ascending starts by local day; days are as long as they are, 23 or 25 hours where clocks change (BK-02). */
const byDay = (starts: readonly number[], zone: string): { date: string; slots: number[] }[] => {
  const days: { date: string; slots: number[] }[] = [];
  let dayEnd = Number.NEGATIVE_INFINITY;
  for (const start of starts) {
    if (start >= dayEnd) {
      const { date } = toLocal(start, zone);
      dayEnd = dayBounds(date, zone).end;
      days.push({ date, slots: [] });
    }
    days.at(-1)!.slots.push(start);
  }
  return days;
};

/** The part of the asked dates that could be bookable at all, as instants; empty when none is. */
const askedRange = (from: string, to: string, zone: string, now: number): Interval => {
  const today = dayNumberAt(now, zone);
  const first = Math.min(Math.max(dayNumber(from), today), today + FARTHEST);
  const last = Math.max(first, Math.min(dayNumber(to), today + FARTHEST));
  return { start: dayBounds(dateOf(first), zone).start, end: dayBounds(dateOf(last), zone).start };
};

export const availability: ActionHandler<BookingModule, 'availability'> = async (input, ctx) => {
  const zone = input.zone ?? ctx.client.zone;
  if (dayNumber(input.to) - dayNumber(input.from) > MOST_DAYS) ctx.fail('RANGE_TOO_LONG');
  const asked = askedRange(input.from, input.to, zone, ctx.now);
  const [service, resources] = await Promise.all([
    ctx.asSystem().service.get(input.service),
    asked.start < asked.end ? loadCalendar(ctx, asked) : [],
  ]);
  if (!service?.active) return ctx.fail('UNKNOWN_SERVICE');
  const search = { service, minutes: chooseDuration(service, input.duration), staff: input.staff };
  const { earliest, latest } = bookableRange(ctx, service);
  const range = { start: Math.max(asked.start, earliest), end: Math.min(asked.end, latest) };
  const days = byDay(freeStarts(resources, search, range), zone);
  if (days.length > 0) return { zone, days, next: null };
  const later = { start: Math.max(asked.end, earliest), end: latest };
  if (later.start >= later.end) return { zone, days, next: null };
  const [next] = freeStarts(await loadCalendar(ctx, later), search, later);
  return { zone, days, next: next === undefined ? null : toLocal(next, zone).date };
};
