/** A booking server in memory, for the tests of the widgets. */
import type { Client, ClientError, Result } from '../../../embed-sdk/types.ts';
import { lengthWord } from '../../../schemas/protocol/length-word.ts';
import { moneyWord } from '../../../schemas/protocol/money-word.ts';
import { minutes, money } from '../../kit/amounts.ts';
import { addDays, addMonths } from '../../kit/dates.ts';
import { dateIn } from '../../kit/format.ts';
import { pageNow } from '../../kit/page-clock.ts';
import { locales } from '../locales/index.ts';
import type { Availability, Booking, Catalogue } from './booking-types.ts';

export const catalogue: Catalogue = {
  business: { name: 'Rosas Salon', zone: 'Europe/Prague' },
  services: [
    {
      id: 's1',
      slug: 'haircut',
      name: 'Haircut',
      description: 'Wash and cut',
      durations: [45],
      price: { amount: 4200, currency: 'EUR' },
    },
    { id: 's2', slug: 'colour', name: 'Colour', durations: [90, 120], price: null },
  ],
  staff: [
    { id: 'p1', name: 'Rosa', title: 'Founder', services: ['s1', 's2'] },
    { id: 'p2', name: 'Ben', services: ['s1'] },
  ],
  phone: 'optional',
};

export interface FakeOptions {
  readonly locale?: keyof typeof locales;
  readonly catalogue?: Catalogue;
  /** Free instants in place of 09:00 and 14:00 UTC on the next days. */
  readonly slots?: readonly string[];
  readonly booking?: Partial<Booking>;
}

export interface FakeClient extends Client {
  /** What was called, in order. */
  readonly calls: { action: string; input: Record<string, unknown> }[];
  /** Errors by action; each is given once. */
  readonly failing: Record<string, ClientError | undefined>;
}

/** The third day of the next month, where the business is: always ahead, and never at a month's edge. */
export const soon = (): string => addDays(addMonths(dateIn('Europe/Prague'), 1), 2);

/** Instants grouped by the days that they fall on in a zone. */
const byDay = (slots: readonly string[], zone: string) =>
  Object.entries(Object.groupBy(slots, slot => dateIn(zone, Date.parse(slot)))).map(([date, found]) => ({
    date,
    slots: found!,
  }));

/** As the server puts them into a session. */
const textsOf = ({ services }: Catalogue, locale: string): Record<string, string> =>
  Object.fromEntries(
    services.flatMap(({ price, durations }) => [
      ...(price ? [[moneyWord(price), money(locale, price)]] : []),
      ...durations.map(length => [lengthWord(length), minutes(locale, length)]),
    ]),
  );

export const fakeClient = (options: FakeOptions = {}): FakeClient => {
  const { locale = 'en' } = options;
  const slots =
    options.slots ??
    [0, 1, 2].flatMap(n => [9, 14].map(h => `${addDays(soon(), n)}T${`${h}`.padStart(2, '0')}:00:00Z`));
  const lasts = () => new Date(pageNow() + 600_000).toISOString();
  const later = (start: string) => new Date(Date.parse(start) + 45 * 60_000).toISOString();
  const actions: Record<string, (input: Record<string, string>) => unknown> = {
    availability({ from, to, zone }): Availability {
      const days = byDay(slots, zone!);
      const within = days.filter(({ date }) => date >= from! && date < to!);
      return {
        zone: zone!,
        days: within,
        next: within.length ? null : (days.find(({ date }) => date >= to!)?.date ?? null),
      };
    },
    hold: ({ start }) => ({
      hold: `hold ${start}`,
      staff: { id: 'p1', name: 'Rosa' },
      start,
      end: later(start!),
      expiresAt: lasts(),
    }),
    renew: () => ({ expiresAt: lasts() }),
    release: () => ({}),
    confirm: ({ hold, zone }) => ({
      id: 'b1',
      status: 'confirmed',
      service: { name: 'Haircut' },
      staff: { name: 'Rosa' },
      start: hold!.slice(5),
      end: later(hold!.slice(5)),
      zone,
      manageUrl: 'https://salon.test/b#token',
      ics: 'BEGIN:VCALENDAR',
    }),
    view: () => ({
      id: 'b1',
      status: 'confirmed',
      current: true,
      service: { id: 's1', name: 'Haircut', durations: [45] },
      staff: { id: 'p1', name: 'Rosa' },
      start: slots[0],
      end: later(slots[0]!),
      zone: 'Europe/Prague',
      canReschedule: true,
      canCancel: true,
      ...options.booking,
    }),
    reschedule: ({ start }) => ({ start, end: later(start!), manageUrl: 'https://salon.test/b#next', token: 'next' }),
    cancel: () => ({ status: 'cancelled' }),
  };
  const calls: FakeClient['calls'] = [];
  const failing: FakeClient['failing'] = {};
  return {
    calls,
    failing,
    async open() {
      const data = options.catalogue ?? catalogue;
      return { ok: true, value: { locale, strings: { ...locales[locale].element, ...textsOf(data, locale) }, data } };
    },
    async call<T>(action: string, input: unknown): Promise<Result<T>> {
      calls.push({ action, input: input as Record<string, unknown> });
      const error = failing[action];
      delete failing[action];
      if (error) return { ok: false, error };
      return { ok: true, value: actions[action]!(input as Record<string, string>) as T };
    },
  };
};
