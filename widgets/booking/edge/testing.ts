/** A salon to test booking in: staff, hours and a service, on the engine's own test bench. */
import type { TestContext } from 'node:test';
import { createTestEngine, type TestEngine, type TestModule } from '../../../edge/engine/testing.ts';
import { stagger } from '../../../edge/engine/testing-stagger.ts';
import { calendarCode } from '../../calendar/edge/index.ts';
import { calendar } from '../../calendar/module.ts';
import { partyCode } from '../../party/edge/index.ts';
import { party } from '../../party/module.ts';
import { booking } from '../module.ts';
import { bookingCode } from './index.ts';

/** Booking first, then what it requires. */
export const bookingModules = (settings: Readonly<Record<string, unknown>> = {}): TestModule[] => [
  { module: booking, code: bookingCode, settings },
  { module: party, code: partyCode },
  { module: calendar, code: calendarCode },
];

export interface SalonOptions {
  readonly now?: string;
  readonly zone?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Weekly hours of everyone; 09:00 to 17:00 on weekdays. */
  readonly windows?: readonly object[];
  /** One resource for each; the first is Rosa. */
  readonly staff?: readonly object[];
  readonly service?: object;
}

export interface Salon {
  readonly engine: TestEngine;
  readonly service: string;
  readonly staff: readonly string[];
  /** Calls an action of booking as a visitor; `caller` tells visitors apart. */
  ask<T = Record<string, unknown>>(
    action: string,
    input: unknown,
    caller?: string,
    idempotencyKey?: string,
  ): Promise<T>;
  /** Calls an action of booking as staff. */
  desk<T = Record<string, unknown>>(action: string, input: unknown): Promise<T>;
  /** Offered times of some dates, `to` exclusive. */
  slots(from: string, to: string, options?: object): Promise<string[]>;
  bookings(): Promise<BookingJson[]>;
  allocations(): Promise<AllocationJson[]>;
}

export interface BookingJson {
  readonly id: string;
  readonly status: string;
  readonly start: string;
  readonly end: string;
  readonly resource: string;
  readonly sequence: number;
  readonly person: string;
}

export interface AllocationJson {
  readonly id: string;
  readonly resource: string;
  readonly start: string;
  readonly end: string;
  readonly blockStart: string;
  readonly blockEnd: string;
  readonly status: string;
  readonly limit: number;
  readonly sourceId: string;
}

export interface Held {
  readonly hold: string;
  readonly staff: { readonly id: string; readonly name: string };
  readonly start: string;
  readonly end: string;
  readonly expiresAt: string;
}

export interface Confirmed {
  readonly id: string;
  readonly status: string;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
  readonly staff: { readonly name: string };
  readonly service: { readonly name: string };
  readonly manageUrl: string;
  readonly ics: string;
}

export interface Availability {
  readonly zone: string;
  readonly days: readonly { readonly date: string; readonly slots: readonly string[] }[];
  readonly next: string | null;
}

export const eva = { name: 'Eva Dvořáková', email: 'eva@example.com' };
export const tokenOf = (url: string): string => url.split('#')[1] ?? '';

const weekdays = { days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' };

/** Closed when the test ends. */
export async function openSalon(t: TestContext, options: SalonOptions = {}): Promise<Salon> {
  const { now = '2026-04-01T08:00:00Z', zone = 'Europe/Prague', settings, windows = [weekdays] } = options;
  const engine = createTestEngine({ modules: bookingModules(settings), now, zone });
  t.after(() => engine.close());
  const { admin, staff: desk, visitor } = engine.actors;
  const schedule = await engine.create(admin, 'calendar', 'schedule', { name: 'Week', zone, windows });
  const staff: string[] = [];
  for (const item of options.staff ?? [{ name: 'Rosa' }]) {
    staff.push((await engine.create(admin, 'calendar', 'resource', { schedule: schedule.id, ...item })).id);
  }
  const service = await engine.create(admin, 'booking', 'service', {
    name: 'Haircut',
    slug: 'haircut',
    durations: [60],
    slotStep: 60,
    minNotice: 0,
    horizonDays: 400,
    ...options.service,
  });
  await stagger(engine);
  const ask = <T>(action: string, input: unknown, caller = 'caller', idempotencyKey?: string) =>
    engine.call<T>(action === 'book' ? desk : visitor, 'booking', action, input, {
      callerHash: caller,
      idempotencyKey,
    });
  return {
    engine,
    service: service.id,
    staff,
    ask,
    desk: (action, input) => engine.call(desk, 'booking', action, input),
    slots: async (from, to, more = {}) => {
      const found = await ask<Availability>('availability', { service: service.id, from, to, ...more });
      return found.days.flatMap(day => day.slots);
    },
    bookings: () => engine.list<BookingJson>(admin, 'booking', 'booking', 'page[size]=200'),
    allocations: () => engine.list<AllocationJson>(admin, 'calendar', 'allocation', 'page[size]=200'),
  };
}
