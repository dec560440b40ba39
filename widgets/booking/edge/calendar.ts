/** What booking asks of the calendar module; instants in epoch milliseconds. */
import type { Busy } from '../../../schemas/availability/index.ts';
import type { Interval } from '../../../schemas/intervals/index.ts';
import { dayBounds, toLocal } from '../../../schemas/time/index.ts';
import { type BookingContext, MINUTE, type Service } from './context.ts';

/** A member of staff or another resource, with working time for the span asked for and whole days around it. */
export interface Resource {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  readonly priority: number;
  readonly capacity: number;
  readonly zone: string;
  readonly working: readonly Interval[];
  /** Where the grid of starts begins anew within working time. */
  readonly dayStarts: readonly number[];
  readonly busy: readonly (Busy & { readonly id: string })[];
}

/** Who or what an appointment is with, and when. */
export interface Slot extends Interval {
  readonly resource: Resource;
}

export type Named = Pick<Resource, 'id' | 'name' | 'title'> & { readonly active: boolean };

export const loadCalendar = async (ctx: BookingContext, { start, end }: Interval): Promise<readonly Resource[]> => {
  const span = { from: start, to: end };
  return (await ctx.call<{ resources: readonly Resource[] }>('calendar', 'load', span)).resources;
};

/** The business's day that an instant falls on, loaded. */
export const loadDay = async (
  ctx: BookingContext,
  instant: number,
): Promise<{ day: Interval; resources: readonly Resource[] }> => {
  const { zone } = ctx.client;
  const day = dayBounds(toLocal(instant, zone).date, zone);
  return { day, resources: await loadCalendar(ctx, day) };
};

/** Every resource by id, also those no longer active. */
export const loadDirectory = async (ctx: BookingContext): Promise<ReadonlyMap<string, Named>> => {
  const { resources } = await ctx.call<{ resources: readonly Named[] }>('calendar', 'directory', {});
  return new Map(resources.map(item => [item.id, item]));
};

const spanOf = ({ bufferBefore, bufferAfter, bufferMode }: Service, { resource, start, end }: Slot) => ({
  resource: resource.id,
  start,
  end,
  before: bufferBefore,
  after: bufferAfter,
  bufferMode,
  limit: resource.capacity,
});

/** Allots the slot to a booking, firmly when nothing says until when; the id of the allocation. */
export const allocate = async (
  ctx: BookingContext,
  service: Service,
  slot: Slot,
  booking: string,
  expiresAt?: number,
): Promise<string> => {
  const source = { sourceType: 'booking.booking', sourceId: booking };
  const input = { ...spanOf(service, slot), ...source, ...(expiresAt === undefined ? {} : { expiresAt }) };
  return (await ctx.call<{ allocation: string }>('calendar', 'allocate', input)).allocation;
};

export const moveAllocation = (ctx: BookingContext, service: Service, slot: Slot, allocation: string) =>
  ctx.call<void>('calendar', 'move', { ...spanOf(service, slot), allocation });

export const firmAllocation = (ctx: BookingContext, allocation: string) =>
  ctx.call<void>('calendar', 'firm', { allocation });

export const extendAllocation = (ctx: BookingContext, allocation: string, expiresAt: number) =>
  ctx.call<void>('calendar', 'extend', { allocation, expiresAt });

export const releaseAllocation = (ctx: BookingContext, allocation: string) =>
  ctx.call<void>('calendar', 'release', { allocation });

/** What a search or a check of starts needs to know of a service and a resource; `own` is the allocation that is to be moved. */
export const slotNeeds = (service: Service, resource: Resource, minutes: number, own?: string | null) => ({
  working: resource.working,
  dayStarts: resource.dayStarts,
  busy: own ? resource.busy.filter(({ id }) => id !== own) : resource.busy,
  duration: minutes * MINUTE,
  bufferBefore: service.bufferBefore * MINUTE,
  bufferAfter: service.bufferAfter * MINUTE,
  bufferMode: service.bufferMode,
  capacity: resource.capacity,
});
