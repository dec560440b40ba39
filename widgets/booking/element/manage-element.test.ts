/** A booking by its link: moved, cancelled, or only looked at. */
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { testElement } from '../../kit/testing/test-element.ts';
import { InlayBookingManage } from './inlay-booking-manage.ts';
import { type FakeOptions, fakeClient } from './testing.ts';

testElement({
  tag: 'inlay-booking-manage',
  element: InlayBookingManage,
  client: fakeClient,
  attributes: { token: 'one' },
});

const text = (el: Element | null | undefined) => el?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

const open = async (options: FakeOptions = {}, token = 'one') => {
  const el = document.createElement('inlay-booking-manage') as InlayBookingManage;
  const client = fakeClient(options);
  if (token) el.setAttribute('token', token);
  el.client = client;
  const $ = (selector: string, part = '') =>
    until(
      () => [...el.frame.querySelectorAll<HTMLElement>(selector)].find(node => text(node).includes(part)),
      `${selector} ${part}`,
    );
  document.body.append(el);
  return { el, client, $ };
};

describe('booking by link', () => {
  afterEach(() => {
    for (const el of document.querySelectorAll('inlay-booking-manage')) el.remove();
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('moves a booking, and goes on with the new link', async () => {
    const { client, $ } = await open();
    (await $('.plain', 'Change the time')).click();
    (await $('.times .slot:last-child')).click();
    await $('s');
    (await $('.go', 'Move to')).click();
    await $('[role=status]', 'was moved');
    (await $('.link', 'Cancel')).click();
    (await $('.go')).click();
    await $('[role=status]', 'is cancelled');
    same(client.calls.at(-1)?.input, { token: 'next' });
  });

  it('goes back to the times when the new one is gone', async () => {
    const { client, $ } = await open();
    (await $('.plain')).click();
    (await $('.times .slot')).click();
    client.failing['reschedule'] = { code: 'SLOT_TAKEN', message: '' };
    (await $('.go')).click();
    await $('.notice', 'a moment quicker');
    await $('.times .slot');
  });

  it('asks before it cancels, and lets the visitor keep the time', async () => {
    const { client, $ } = await open();
    (await $('.link', 'Cancel')).click();
    await $('p', 'cannot be undone');
    (await $('.link', 'Keep')).click();
    await $('h2', 'Your booking');
    ok(!client.calls.some(({ action }) => action === 'cancel'), 'not cancelled');
  });

  it('shows an old link read-only, and takes the token from the address', async () => {
    history.replaceState(null, '', '#two');
    const { el, client, $ } = await open({ booking: { current: false, canCancel: false, canReschedule: false } }, '');
    await $('p', 'no longer the newest');
    same(client.calls[0]?.input, { token: 'two' });
    same(el.frame.querySelectorAll('button').length, 0);
  });

  it('says what to do when a link leads nowhere', async () => {
    const el = document.createElement('inlay-booking-manage') as InlayBookingManage;
    const client = fakeClient();
    client.failing['view'] = { code: 'UNKNOWN_LINK', message: '' };
    el.client = client;
    document.body.append(el);
    ok(text(await until(() => el.frame.querySelector('.notice'))).includes('in your latest mail'), 'the way on');
    same(el.frame.querySelector('button'), null);
  });
});
