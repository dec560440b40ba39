/** Working time and what is allotted, for every active resource, in one batch of reads. */
import { type Busy, type DateOverride, searchRange, workingIntervals } from '../../../schemas/availability/index.ts';
import type { Interval } from '../../../schemas/intervals/index.ts';
import type { ActionHandler, RowOf } from '../../../schemas/module/index.ts';
import { addDays, toLocal } from '../../../schemas/time/index.ts';
import type { calendar } from '../module.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
/** Days read around the span: the local days beside it, the longest appointment and the longest buffer. */
const AROUND = 4;
const ALL = 100_000;

/** One resource as `load` gives it; instants in epoch milliseconds, `working` for whole days around the span. */
export interface LoadedResource {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  readonly priority: number;
  readonly capacity: number;
  readonly zone: string;
  readonly working: readonly Interval[];
  /** `id` is the allocation's; buffers are those it was booked with, in milliseconds. */
  readonly busy: readonly (Busy & { readonly id: string })[];
}

type Allocation = RowOf<typeof calendar, 'allocation'>;
type Override = RowOf<typeof calendar, 'override'>;

const byResource = <T extends { readonly resource: string }>(rows: readonly T[]): Map<string, T[]> =>
  Map.groupBy(rows, row => row.resource);

const busyOf = ({ id, start, end, before, after, quantity }: Allocation) => ({
  id,
  start,
  end,
  before: before * MINUTE,
  after: after * MINUTE,
  quantity,
});

/** A resource's own override of a date stands in place of everyone's. */
const overridesOf = (resource: string, overrides: readonly Override[]): readonly DateOverride[] => {
  const own = overrides.filter(item => item.resource === resource);
  const dates = new Set(own.map(item => item.date));
  return [...own, ...overrides.filter(item => item.resource === null && !dates.has(item.date))];
};

export const load: ActionHandler<typeof calendar, 'load'> = async ({ from, to, except }, ctx) => {
  const db = ctx.asSystem();
  const start = from - AROUND * DAY;
  const end = to + AROUND * DAY;
  const dates = {
    gte: addDays(toLocal(from, 'UTC').date, -AROUND),
    lte: addDays(toLocal(to, 'UTC').date, AROUND),
  };
  const live = { or: [{ status: { eq: 'firm' } }, { status: { eq: 'held' }, expiresAt: { gt: ctx.now } }] } as const;
  const [resources, schedules, overrides, timeOff, allocations] = await Promise.all([
    db.resource.list({ where: { active: { eq: true } }, sort: ['priority', 'name'], limit: ALL }),
    db.schedule.list({ limit: ALL }),
    db.override.list({ where: { date: dates }, limit: ALL }),
    db.timeOff.list({ where: { end: { gt: start }, start: { lt: end } }, limit: ALL }),
    db.allocation.list({ where: { blockEnd: { gt: start }, blockStart: { lt: end }, ...live }, limit: ALL }),
  ]);
  const scheduleOf = new Map(schedules.map(item => [item.id, item]));
  const away = byResource(timeOff);
  const allotted = byResource(allocations.filter(item => item.id !== except));
  const loaded = resources.map(({ id, name, title, priority, capacity, schedule }): LoadedResource => {
    const { zone, windows } = scheduleOf.get(schedule ?? '') ?? { zone: ctx.client.zone, windows: [] };
    const hours = { zone, weekly: windows, overrides: overridesOf(id, overrides), timeOff: away.get(id) ?? [] };
    const working = workingIntervals(hours, searchRange({ start: from, end: to }, zone));
    const busy = (allotted.get(id) ?? []).map(busyOf);
    return { id, name, title, priority, capacity, zone, working, busy };
  });
  return { resources: loaded };
};
