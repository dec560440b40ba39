/** An order by its link: looked at, cancelled, or not found. */
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { findings, testElement } from '../../kit/testing/test-element.ts';
import { locales } from '../locales/index.ts';
import { InlayShopOrder } from './inlay-shop-order.ts';
import { type FakeOptions, fakeClient } from './testing.ts';

testElement({ tag: 'inlay-shop-order', element: InlayShopOrder, client: fakeClient, attributes: { token: 'one' } });

const text = (el: Element | null | undefined) => el?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

const open = async (options: FakeOptions = {}, token = 'one') => {
  const el = document.createElement('inlay-shop-order') as InlayShopOrder;
  const client = fakeClient(options);
  if (token) el.setAttribute('token', token);
  el.client = client;
  document.body.append(el);
  const $ = (selector: string, part = '') =>
    until(
      () => [...el.frame.querySelectorAll<HTMLElement>(selector)].find(node => text(node).includes(part)),
      `${selector} ${part}`,
    );
  return { el, client, $ };
};

describe('an order by its link', () => {
  afterEach(() => {
    for (const el of document.querySelectorAll('inlay-shop-order')) el.remove();
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('says what is in it, how far it is and how to pay', async () => {
    const { el, $ } = await open();
    await $('h2', 'Order S-1042');
    const told = text(await $('.told'));
    for (const part of ['Being prepared', 'Not paid yet', 'IBAN']) ok(told.includes(part), part);
    same(el.frame.querySelectorAll('.line').length, 2);
    ok(text(await $('.totals')).includes('Parcel'), 'how it gets there');
    same(await findings(el), []);
    el.theme = 'dark';
    await el.updateComplete;
    same(await findings(el), []);
  });

  it('cancels after it has asked, once', async () => {
    const { el, client, $ } = await open();
    const cancelled = new Promise<CustomEvent>(resolve =>
      document.addEventListener('inlay:shop-cancelled', event => resolve(event as CustomEvent), { once: true }),
    );
    (await $('.link', 'Cancel')).click();
    await $('p', 'cannot be undone');
    same(await findings(el), []);
    (await $('.link', 'Keep')).click();
    await $('h2', 'Order S-1042');
    ok(!client.calls.some(({ action }) => action === 'cancel'), 'not cancelled');
    (await $('.link', 'Cancel')).click();
    const go = await $('.go');
    go.click();
    go.click();
    same((await cancelled).detail, { id: 'o1' });
    await $('[role=status]', 'is cancelled');
    same(
      client.calls.filter(({ action }) => action === 'cancel').map(({ input }) => input),
      [{ token: 'one' }],
    );
    ok(!text(el.frame).includes('IBAN'), 'there is nothing to pay any more');
    ok(!el.frame.querySelector('.acts'), 'nothing to cancel');
  });

  it('says why it cannot be cancelled any more', async () => {
    const { client, $ } = await open();
    (await $('.link', 'Cancel')).click();
    client.failing['cancel'] = { code: 'TOO_LATE', message: '' };
    (await $('.go')).click();
    await $('.notice', 'too late');
  });

  it('shows a parcel on its way, and what is ready to be picked up', async () => {
    const sent = await open({
      order: {
        fulfilmentStatus: 'fulfilled',
        paymentStatus: 'paid',
        canCancel: false,
        tracking: 'https://post.test/1',
      },
    });
    await sent.$('dd', 'On its way');
    same((await sent.$('dd a')).getAttribute('href'), 'https://post.test/1');
    ok(!text(sent.el.frame).includes('IBAN'), 'it is paid');
    const price = { amount: 0, currency: 'EUR' };
    const strange = 'javascript:alert(1)';
    const here = await open({
      order: { fulfilmentStatus: 'fulfilled', shipping: { name: 'Studio', kind: 'pickup', price }, tracking: strange },
    });
    await here.$('dd', 'Ready to be picked up');
    same(here.el.frame.querySelector('a'), null, 'what is no address is no link');
  });

  it('takes the token from the address, and says what to do when it leads nowhere', async () => {
    history.replaceState(null, '', '#two');
    const el = document.createElement('inlay-shop-order') as InlayShopOrder;
    const client = fakeClient();
    client.failing['view'] = { code: 'UNKNOWN_LINK', message: '' };
    el.client = client;
    document.body.append(el);
    ok(text(await until(() => el.frame.querySelector('.notice'))).includes('from your e-mail'), 'the way on');
    same(client.calls[0]?.input, { token: 'two' });
  });

  it('goes on with the focus where it was asked for again, whether it comes or not', async () => {
    const el = document.createElement('inlay-shop-order') as InlayShopOrder;
    const client = fakeClient();
    client.failing['view'] = { code: 'OFFLINE', message: '' };
    el.client = client;
    document.body.append(el);
    const again = await until(() => el.frame.querySelector<HTMLElement>('.plain'));
    client.failing['view'] = { code: 'OFFLINE', message: '' };
    again.focus();
    again.click();
    await until(() => client.calls.length === 2, 'a second question');
    await until(() => el.shadowRoot!.activeElement?.matches('.plain'), 'the focus on the button that is still there');
    el.frame.querySelector<HTMLElement>('.plain')!.click();
    await until(() => el.shadowRoot!.activeElement?.matches('h2'), 'the focus on the order');
  });

  it('speaks four languages', async () => {
    for (const locale of ['en', 'de', 'es', 'cs'] as const) {
      const { el, $ } = await open({ locale });
      await $('h2', locales[locale].element['order.title']!.split(' ')[0]);
      for (const node of el.frame.querySelectorAll('*'))
        ok(!/^[a-z]+(\.\w+)+$/.test(text(node)), `untranslated: ${text(node)}`);
      el.remove();
    }
  });
});
