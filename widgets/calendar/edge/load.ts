/** Working time and what is allotted, for every active resource, in one batch of reads. */
import {
  type Busy,
  type DateOverride,
  searchRange,
  type WorkingTime,
  workingTime,
} from '../../../schemas/availability/index.ts';
import type { ActionHandler, RowOf } from '../../../schemas/module/index.ts';
import { addDays, toLocal } from '../../../schemas/time/index.ts';
import type { calendar } from '../module.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
/** Days of hours read around the span: the local day beside it whose hours may reach into it, in any zone. */
const AROUND = 4;
/** The longest buffer: what ended earlier is in nobody's way. */
const BUFFER = DAY;
/** The longest appointment that begins within the span. */
const APPOINTMENT = DAY;
const ALL = 100_000;

/** One resource as `load` gives it; instants in epoch milliseconds, `working` for whole days around the span, `busy` as far as it can be in the way of an appointment that begins within it. */
export interface LoadedResource {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  readonly priority: number;
  readonly capacity: number;
  readonly zone: string;
  readonly working: WorkingTime['intervals'];
  readonly dayStarts: WorkingTime['dayStarts'];
  /** `id` is the allocation's; buffers are those it was booked with, in milliseconds. */
  readonly busy: readonly (Busy & { readonly id: string })[];
}

const spanFields = ['resource', 'start', 'end', 'before', 'after', 'quantity'] as const;

type Allocation = Pick<RowOf<typeof calendar, 'allocation'>, 'id' | (typeof spanFields)[number]>;
type Override = Pick<RowOf<typeof calendar, 'override'>, 'date' | 'resource' | 'windows'>;

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
  const near = {
    // By the index: a span is at most a buffer longer with it than without.
    blockEnd: { gt: from - 2 * BUFFER },
    clearEnd: { gt: from - BUFFER },
    clearStart: { lt: to + APPOINTMENT + BUFFER },
  };
  const [resources, schedules, overrides, timeOff, allocations] = await Promise.all([
    db.resource.list({
      where: { active: { eq: true } },
      sort: ['priority', 'name'],
      limit: ALL,
      fields: ['name', 'title', 'priority', 'capacity', 'schedule'],
    }),
    db.schedule.list({ limit: ALL, fields: ['zone', 'windows'] }),
    db.override.list({ where: { date: dates }, limit: ALL, fields: ['date', 'resource', 'windows'] }),
    db.timeOff.list({
      where: { end: { gt: start }, start: { lt: end } },
      limit: ALL,
      fields: ['resource', 'start', 'end'],
    }),
    db.allocation.list({ where: { ...near, ...live }, limit: ALL, fields: spanFields }),
  ]);
  const scheduleOf = new Map(schedules.map(item => [item.id, item]));
  const away = byResource(timeOff);
  const allotted = byResource(allocations.filter(item => item.id !== except));
  const loaded = resources.map(({ id, name, title, priority, capacity, schedule }): LoadedResource => {
    const { zone, windows } = scheduleOf.get(schedule ?? '') ?? { zone: ctx.client.zone, windows: [] };
    const hours = { zone, weekly: windows, overrides: overridesOf(id, overrides), timeOff: away.get(id) ?? [] };
    const { intervals: working, dayStarts } = workingTime(hours, searchRange({ start: from, end: to }, zone));
    const busy = (allotted.get(id) ?? []).map(busyOf);
    return { id, name, title, priority, capacity, zone, working, dayStarts, busy };
  });
  return { resources: loaded };
};
