/** A day of appointments: seen, stepped through, acted on. */
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import type { ManifestJson } from '../../../schemas/module/manifest.ts';
import { define } from '../../kit/define.ts';
import { findings } from '../../kit/testing/test-element.ts';
import { BookingDay } from './booking-day.ts';
import type { Appointment, Named, ScreenApi } from './screen-api.ts';

const manifest = {
  id: 'inlay.booking',
  version: '1.0.0',
  requires: { calendar: { range: '^1.0.0' } },
  entities: {
    booking: {
      states: {
        field: 'status',
        initial: 'held',
        transitions: {
          confirm: { label: 'Confirm', from: ['pending'], to: 'confirmed', roles: ['staff'] },
          cancel: { label: 'Cancel', from: ['pending', 'confirmed'], to: 'cancelled', roles: ['staff'], danger: true },
          expire: { from: ['held'], to: 'expired', roles: [] },
        },
      },
    },
  },
} as unknown as ManifestJson;

const appointment = (id: string, hour: number, more: Partial<Appointment> = {}): Appointment => ({
  id,
  status: 'confirmed',
  service: 's1',
  resource: 'p1',
  zone: 'Europe/Prague',
  name: `Guest ${id}`,
  email: 'guest@example.com',
  phone: null,
  note: null,
  price: { amount: 3500, currency: 'EUR' },
  start: new Date(Date.UTC(2026, 3, 14, hour)).toISOString(),
  end: new Date(Date.UTC(2026, 3, 14, hour, 45)).toISOString(),
  ...more,
});

const people: Named[] = [
  { id: 'p1', name: 'Rosa' },
  { id: 'p2', name: 'Jan' },
];

const fake = (bookings: Appointment[], staff = people) => {
  const spans: unknown[] = [];
  let broken = false;
  const api: ScreenApi = {
    list: async <T>(at: { entity: string }, query: { filter?: Record<string, object> }) => {
      if (broken) throw new Error('down');
      if (at.entity === 'booking') spans.push(query.filter?.['start']);
      const data = { booking: bookings, resource: staff, service: [{ id: 's1', name: 'Haircut' }] }[at.entity] ?? [];
      return { data: data as unknown as T[], page: { after: null } };
    },
    transition: async <T>(_at: object, id: string, name: string) => {
      if (broken) throw new Error('down');
      const to = manifest.entities['booking']!.states!.transitions[name]!.to as Appointment['status'];
      return { ...bookings.find(one => one.id === id)!, status: to } as T;
    },
  };
  return { api, spans, fail: (yes: boolean) => (broken = yes) };
};

describe('day of appointments', () => {
  before(() => define('inlay-booking-day', BookingDay));
  afterEach(() => document.querySelector('inlay-booking-day')?.remove());

  const open = (api: ScreenApi, width = '1200px') => {
    document.documentElement.lang = 'en';
    const day = document.createElement('inlay-booking-day') as BookingDay;
    Object.assign(day, {
      api,
      manifest,
      client: { id: 'c1', name: 'Rosas Salon', zone: 'Europe/Prague' },
      date: '2026-04-14',
    });
    day.style.width = width;
    document.body.append(day);
    const $ = (selector: string, text = '') =>
      until(
        () =>
          [...day.renderRoot.querySelectorAll<HTMLElement>(selector)].find(node => node.textContent?.includes(text)),
        selector,
      );
    const panel = (selector: string, text = '') =>
      until(
        () =>
          [
            ...(day.renderRoot
              .querySelector('inlay-booking-appointment')
              ?.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
          ].find(node => node.textContent?.includes(text)),
        selector,
      );
    return { day, $, panel };
  };

  it('asks for the local day and places each in its column', async () => {
    const { api, spans } = fake([appointment('a', 8), appointment('b', 9, { resource: 'p2', status: 'pending' })]);
    const { day, $ } = open(api);
    await $('.appointment.pending', 'To be confirmed');
    same(spans[0], { gte: '2026-04-13T22:00:00.000Z', lt: '2026-04-14T22:00:00.000Z' });
    same(
      [...day.renderRoot.querySelectorAll('.column')].map(column => column.querySelectorAll('.appointment').length),
      [1, 1],
    );
    same(await findings(day), []);
  });

  it('opens the panel, confirms, and gives focus back', async () => {
    const { api } = fake([appointment('a', 8, { status: 'pending' })]);
    const { day, $, panel } = open(api);
    (await $('.appointment')).click();
    await panel('dd', '€35');
    (await panel('button', 'Confirm')).click();
    await $('.appointment.confirmed');
    await $('[role=status].visible', 'Confirmed');
    same(await findings(day), []);
    (await panel('.close')).click();
    await until(() => (day.shadowRoot!.activeElement as HTMLElement | null)?.dataset['id'] === 'a');
  });

  it('asks within the panel before it cancels, then hides what is cancelled', async () => {
    const { api } = fake([appointment('a', 8)]);
    const { day, $, panel } = open(api);
    (await $('.appointment')).click();
    (await panel('.actions button', 'Cancel')).click();
    (await panel('.ask button', 'Cancel appointment')).click();
    await until(() => !day.renderRoot.querySelector('.appointment'));
    (await $('label', 'Show cancelled')).click();
    await $('.appointment.cancelled');
  });

  it('takes a step back when the server refuses it', async () => {
    const { api, fail } = fake([appointment('a', 8, { status: 'pending' })]);
    const { $, panel } = open(api);
    (await $('.appointment')).click();
    fail(true);
    (await panel('button', 'Confirm')).click();
    await $('[role=status].visible', 'did not work');
    await $('.appointment.pending');
  });

  it('moves by arrow keys', async () => {
    const { api } = fake([appointment('a', 8), appointment('b', 10), appointment('c', 10, { resource: 'p2' })]);
    const { day, $ } = open(api);
    const press = (key: string) =>
      day.shadowRoot!.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
    (await $('.appointment', 'Guest a')).focus();
    const at = () => (day.shadowRoot!.activeElement as HTMLElement).dataset['id'];
    press('ArrowDown');
    same(at(), 'b');
    press('ArrowRight');
    same(at(), 'c');
  });

  it('is a list on a phone, and says when there is nothing', async () => {
    const { api } = fake([appointment('a', 8)]);
    const { day, $ } = open(api, '390px');
    await $('.list button', 'Guest a');
    same(await findings(day), []);
    day.remove();
    const none = open(fake([]).api, '390px');
    await none.$('h2', 'No appointments');
  });

  it('says whom to add when there is nobody, and tries again after a failure', async () => {
    const first = open(fake([], []).api);
    await first.$('a', 'Add staff');
    first.day.remove();
    const { api, fail } = fake([appointment('a', 8)]);
    fail(true);
    const { $ } = open(api);
    await $('[role=alert]', 'could not be loaded');
    fail(false);
    (await $('button', 'Try again')).click();
    ok(await $('.appointment'), 'shown');
  });
});
