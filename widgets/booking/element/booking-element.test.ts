/** Booking from the first view to the last, and every way it can go wrong. */

import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { setPageClock } from '../../kit/page-clock.ts';
import { findings, testElement } from '../../kit/testing/test-element.ts';
import { locales } from '../locales/index.ts';
import { InlayBooking } from './inlay-booking.ts';
import { catalogue, type FakeClient, type FakeOptions, fakeClient, soon } from './testing.ts';

testElement({ tag: 'inlay-booking', element: InlayBooking, client: fakeClient });
testElement({
  tag: 'inlay-booking',
  element: InlayBooking,
  client: fakeClient,
  attributes: { service: 'haircut', staff: 'p1' },
});

const text = (el: Element | null | undefined) => el?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

const open = async (attributes: Record<string, string> = {}, options: FakeOptions = {}) => {
  const el = document.createElement('inlay-booking') as InlayBooking;
  const client = fakeClient(options);
  for (const [name, value] of Object.entries({ zone: 'Europe/Prague', ...attributes })) el.setAttribute(name, value);
  el.client = client;
  document.body.append(el);
  await until(() => el.frame?.querySelector('h2,p'));
  const $ = <E extends HTMLElement>(selector: string, part = '') =>
    until(
      () => [...el.frame.querySelectorAll<E>(selector)].find(node => text(node).includes(part)),
      `${selector} ${part}`,
    );
  const focused = () => el.shadowRoot!.activeElement as HTMLElement;
  return { el, client, $, focused };
};

const fixed = { service: 'haircut', staff: 'p1' };

/** To the form, with a time held. */
const toDetails = async (options: FakeOptions = {}) => {
  const page = await open(fixed, options);
  (await page.$('.times .slot')).click();
  await page.$('form');
  return page;
};

const fill = async ({ $ }: Awaited<ReturnType<typeof open>>, values: Record<string, string>) => {
  for (const [name, value] of Object.entries(values)) {
    const input = await $<HTMLInputElement>(`[name=${name}]`);
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
};

const ana = { name: 'Ana', email: 'ana@example.com' };

const submit = async ({ el }: { el: InlayBooking }) => {
  el.frame.querySelector('form')!.requestSubmit();
  await el.updateComplete;
};

const actionsOf = ({ calls }: FakeClient) => calls.map(({ action }) => action);

let restoreClock = () => {};
/** The page's clock goes on by so many minutes at once. */
const pass = (minutes: number) => {
  restoreClock = setPageClock(() => Date.now() + minutes * 60_000);
};

describe('booking', () => {
  afterEach(() => {
    restoreClock();
    restoreClock = () => {};
    for (const el of document.querySelectorAll('inlay-booking')) el.remove();
  });

  it('goes from service to done, and the focus goes with it', async () => {
    const events: [string, unknown][] = [];
    const note = (event: Event) => events.push([event.type, (event as CustomEvent).detail]);
    for (const type of ['inlay:booking-held', 'inlay:booking-confirmed']) document.addEventListener(type, note);
    const page = await open();
    const { el, client, $, focused } = page;
    ok(text(await $('.row', 'Haircut')).includes('€42'), 'the price shows');
    (await $('.row', 'Haircut')).click();
    await until(() => text(focused()) === 'With whom?', 'focus on the people');
    (await $('.row', 'Anyone')).click();
    await until(() => text(focused()) === 'When suits you?', 'focus on the times');
    ok(await $('.times h3'), 'the first free day is open');
    (await $('.times .slot')).click();
    await until(() => text(focused()) === 'Your details', 'focus on the details');
    ok(text(await $('.chosen')).includes('Rosa'), 'who it will be');
    same(await findings(el), []);
    await fill(page, { ...ana, note: 'Fringe' });
    await submit(page);
    await until(() => text(focused()).includes('You are booked'), 'focus on the end');
    ok(text(await $('dl')).includes('Rosas Salon'), 'where');
    same((await $<HTMLAnchorElement>('.acts a')).href, 'https://salon.test/b#token');
    same(await findings(el), []);
    const { input } = client.calls.find(({ action }) => action === 'confirm')!;
    const start = `${soon()}T09:00:00Z`;
    same(input, { hold: `hold ${start}`, ...ana, note: 'Fringe', zone: 'Europe/Prague', locale: 'en' });
    same(
      events.map(([type]) => type),
      ['inlay:booking-held', 'inlay:booking-confirmed'],
    );
    same((events[1]![1] as { id: string }).id, 'b1');
    ok(!actionsOf(client).includes('release'), 'a booked time is not given back');
    for (const type of ['inlay:booking-held', 'inlay:booking-confirmed']) document.removeEventListener(type, note);
  });

  it('moves through the grid by keyboard', async () => {
    const { el, $, focused } = await open(fixed);
    const day = () => focused()?.dataset['d'];
    const press = async (key: string) => {
      focused().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
      await el.updateComplete;
      await new Promise(resume => setTimeout(resume, 30));
    };
    (await $('td.free[tabindex="0"]')).focus();
    same(day(), soon());
    await press('ArrowRight');
    same(day()?.slice(8), '04');
    await press('ArrowDown');
    same(day()?.slice(8), '11');
    await press('ArrowUp');
    await press('Home');
    ok(Number(day()!.slice(8)) <= 4 || Number(day()!.slice(8)) > 27, 'start of the week');
    await press('End');
    await press('PageDown');
    const far = day()!;
    ok(far > `${soon().slice(0, 7)}-31`, 'next month');
    ok(text(await $('.times')).includes('No free times'), 'an empty month says so');
    await press('PageUp');
    same(day()?.slice(0, 7), soon().slice(0, 7));
    (el.frame.querySelector(`[data-d="${soon()}"]`) as HTMLElement).focus();
    await press('ArrowRight');
    await press('Enter');
    same((await $('td[aria-selected=true]')).dataset['d'], day());
  });

  it('waits for the month that has something free, and is as high for each', async () => {
    const el = document.createElement('inlay-booking') as InlayBooking;
    const client = fakeClient();
    const shown: unknown[] = [];
    const look = () => [
      text(el.frame.querySelector('#month')),
      [...el.frame.querySelectorAll('td')].map(text).join(''),
      el.frame.querySelector('.zone')?.checkVisibility({ visibilityProperty: true }),
    ];
    const call: FakeClient['call'] = async (action, ...rest) => {
      await el.updateComplete;
      if (action === 'availability') shown.push(look());
      return client.call(action, ...rest);
    };
    for (const [name, value] of Object.entries({ zone: 'Europe/Prague', ...fixed })) el.setAttribute(name, value);
    el.client = { ...client, call };
    document.body.append(el);
    await until(() => el.frame?.querySelector('.times .slot'));
    same(shown, [
      ['', '', false],
      ['', '', false],
    ]);
    const [month, days, zone] = look();
    ok(
      `${month}`.includes(soon().slice(0, 4)) && `${days}`.startsWith('123') && zone,
      'the month of the first free day',
    );
    same(el.frame.querySelectorAll('tbody tr').length, 6);
    for (const row of el.frame.querySelectorAll('tbody tr'))
      same(
        row.getAttribute('aria-hidden'),
        `${!row.querySelector('[data-d]')}`,
        'a week of another month is not there',
      );
  });

  it('offers the next free day where a month has none', async () => {
    const { el, $ } = await open(fixed);
    await $('.times .slot');
    (await $('.tool[aria-label="Next month"]')).click();
    ok(text(await $('.times', 'No free times')).includes('No later times'), 'nothing after');
    (await $('.tool[aria-label="Previous month"]')).click();
    await $('.times .slot');
    (await $('.tool[aria-label="Previous month"]')).click();
    (await $('.plain', 'Next free day')).click();
    await until(() => el.frame.querySelector('.times .slot'));
  });

  it('keeps the details when the time is taken', async () => {
    const page = await toDetails();
    await fill(page, ana);
    page.client.failing['confirm'] = { code: 'SLOT_TAKEN', message: '' };
    await submit(page);
    ok(text(await page.$('.notice')).includes('a moment quicker'), 'the reason');
    (await page.$('.times .slot')).click();
    same((await page.$<HTMLInputElement>('[name=email]')).value, ana.email);
    ok(!actionsOf(page.client).includes('release'), 'it was not ours to give back');
  });

  it('says at once that a time is gone or too soon', async () => {
    for (const code of ['SLOT_TAKEN', 'TOO_SOON'] as const) {
      const { client, $ } = await open(fixed);
      client.failing['hold'] = { code, message: '' };
      (await $('.times .slot')).click();
      same(text(await $('.notice')), locales.en.element[`problem.${code}`]);
    }
  });

  it('gives the time back when the visitor goes back', async () => {
    const page = await toDetails();
    (await page.$('.chosen li:last-child .link')).click();
    await page.$('.times .slot');
    ok(actionsOf(page.client).includes('release'), 'released');
  });

  it('renews a hold once while the form is in use', async () => {
    const page = await toDetails();
    pass(9.5);
    await until(() => /^0:/.test(/\d+:\d\d/.exec(text(page.el.frame.querySelector('.number')))?.[0] ?? ''), 'seconds');
    ok(!actionsOf(page.client).includes('renew'), 'nobody has used the form for minutes');
    await fill(page, ana);
    await until(() => actionsOf(page.client).includes('renew'), 'a renewal');
    await new Promise(resume => setTimeout(resume, 1100));
    same(actionsOf(page.client).filter(action => action === 'renew').length, 1);
  });

  it('goes back to the times when the hold has expired, and keeps what was typed', async () => {
    const page = await toDetails();
    await fill(page, ana);
    page.client.failing['renew'] = { code: 'HOLD_NOT_RENEWABLE', message: '' };
    pass(11);
    same(
      text(await until(() => page.el.frame.querySelector('.notice'), 'the message')),
      locales.en.element['problem.HOLD_EXPIRED'],
    );
    (await page.$('.times .slot')).click();
    same((await page.$<HTMLInputElement>('[name=name]')).value, ana.name);
  });

  it('ties errors to their fields, of ours and of the server', async () => {
    const page = await toDetails();
    await submit(page);
    await until(() => page.focused()?.getAttribute('name') === 'name', 'focus on the first error');
    const name = await page.$('[name=name]');
    same(name.getAttribute('aria-invalid'), 'true');
    same(
      text(page.el.frame.querySelector(`#${name.getAttribute('aria-describedby')}`)),
      locales.en.element['problem.name'],
    );
    same(await findings(page.el), []);
    await fill(page, ana);
    const errors = [
      { pointer: '/email', code: 'TOO_BIG', message: 'Too big: expected string to have <=254 characters' },
    ];
    page.client.failing['confirm'] = { code: 'VALIDATION_FAILED', message: '', errors };
    await submit(page);
    same(text(await page.$('.error')), locales.en.element['problem.email']);
  });

  it('loses nothing offline, and says what limits it', async () => {
    const page = await toDetails();
    await fill(page, ana);
    for (const code of ['OFFLINE', 'RATE_LIMITED', 'UNAVAILABLE'] as const) {
      page.client.failing['confirm'] = { code, message: '' };
      await submit(page);
      await page.$('.notice', locales.en.element[`problem.${code}`]);
      same((await page.$<HTMLInputElement>('[name=name]')).value, ana.name);
    }
    await submit(page);
    await page.$('h2', 'You are booked');
  });

  it('asks for the times again when they did not come', async () => {
    const page = await open();
    page.client.failing['availability'] = { code: 'OFFLINE', message: '' };
    (await page.$('.row', 'Colour')).click();
    await page.$('.times .notice');
    dispatchEvent(new Event('online'));
    await page.$('.times .slot');
    (await page.$('.lengths .slot', '2 hr')).click();
    await until(() => page.client.calls.at(-1)?.input['duration'] === 120, 'the other length');
  });

  it('shows times in another zone', async () => {
    const page = await open({ ...fixed, zone: 'America/New_York' });
    const nine = new Date(`${soon()}T09:00:00Z`).toLocaleTimeString('en', {
      timeZone: 'America/New_York',
      timeStyle: 'short',
    });
    same(text(await page.$('.times .slot')).replace(/\s/g, ' '), nine.replace(/\s/g, ' '));
    const select = await page.$<HTMLSelectElement>('select');
    select.value = 'Asia/Tokyo';
    select.dispatchEvent(new Event('change'));
    await page.$('.times .slot', '6:00');
    same(page.client.calls.at(-1)?.input['zone'], 'Asia/Tokyo');
  });

  it('tells the two hours apart where the clock goes back', async () => {
    const page = await open(
      { ...fixed, zone: 'Europe/Prague' },
      { slots: ['2027-10-31T00:30:00Z', '2027-10-31T01:30:00Z', '2027-10-31T02:30:00Z'] },
    );
    const times = await until(() => {
      const found = [...page.el.frame.querySelectorAll('.times .slot')];
      return found.length === 3 && found;
    });
    same(new Set(times.map(text)).size, 3, 'labels');
    ok(!text(times[2]).includes('GMT'), 'the zone only where it is needed');
  });

  it('speaks four languages', async () => {
    for (const locale of ['en', 'de', 'es', 'cs'] as const) {
      const { el, $ } = await open({}, { locale });
      same(text(await $('h2')), locales[locale].element['service.title']);
      same(el.frame.lang, locale);
      (await $('.row')).click();
      (await $('.row', 'Ben')).click();
      const label = (await $('td.free')).getAttribute('aria-label')!;
      ok(!/[{}]|time\./.test(label), label);
      for (const node of el.frame.querySelectorAll('*'))
        ok(!/^\w+\.\w+$/.test(text(node)), `untranslated: ${text(node)}`);
      el.remove();
    }
  });

  it('says what to do when there is nothing to book', async () => {
    const { el } = await open({}, { catalogue: { ...catalogue, services: [] } });
    same(text(el.frame), locales.en.element['service.none']);
  });
});
