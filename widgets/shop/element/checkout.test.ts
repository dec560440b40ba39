/** From the cart to an order, and every way that can go wrong. */
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { findings } from '../../kit/testing/test-element.ts';
import { locales } from '../locales/index.ts';
import { openShop, text } from './open-shop.ts';
import type { InlayShop } from './shop-element.ts';
import type { FakeOptions } from './testing.ts';

/** To the cart, with two bowls and a vase in it. */
const toCart = async (options: FakeOptions = {}, attributes: Record<string, string> = {}) => {
  const page = await openShop(attributes, options);
  page.el.cart.put([
    { variant: 'bowl-1', quantity: 2 },
    { variant: 'vase-1', quantity: 1 },
  ]);
  (await page.$('.bag')).click();
  await page.$('.total dd', '€107');
  return page;
};

const toCheckout = async (options: FakeOptions = {}) => {
  const page = await toCart(options);
  (await page.$('.go.wide')).click();
  await page.$('inlaykit-address');
  return page;
};

type Page = Awaited<ReturnType<typeof openShop>>;

const fill = async ({ $ }: Page, values: Record<string, string>) => {
  for (const [name, value] of Object.entries(values)) {
    const input = await $<HTMLInputElement>(`[name=${name}]`);
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
};

const ana = { name: 'Ana', email: 'ana@example.com' };
const home = { line1: 'Hauptstr. 1', postalCode: '10115', city: 'Berlin', country: 'DE' };

/** Writes the address as a visitor does, and leaves it. */
const address = async ({ $ }: Page, value: object = home) => {
  const control = (await $('inlaykit-address')) as HTMLElement & { value: unknown };
  control.value = value;
  control.dispatchEvent(new Event('change', { bubbles: true }));
};

const pickup = async ({ $ }: Page) => {
  (await $('[value=studio]')).click();
  await $('.go.wide', '€107');
  await $('[value=pickup]');
};

const submit = async ({ el }: { el: InlayShop }) => {
  el.frame.querySelector<HTMLFormElement>('form.sides')!.requestSubmit();
  await el.updateComplete;
};

const last = ({ client }: Page, action: string) => client.calls.findLast(call => call.action === action)?.input;

describe('a cart that is looked at', () => {
  afterEach(() => {
    for (const el of document.querySelectorAll('inlay-shop')) el.remove();
    localStorage.clear();
  });

  it('counts, removes and gives back, and the server says what it costs', async () => {
    const page = await toCart();
    const { el, $, focused } = page;
    same(text(focused()), 'Your cart');
    ok(text(await $('.why')).includes('Breakfast bowl × 2'), 'why');
    same(await findings(el), []);
    (await $('.stepper button:first-child')).click();
    await $('.total dd', '€87.50');
    (await $('[aria-label="Remove Tall vase"]')).click();
    await $('.total dd', '€19.50');
    await until(() => focused()?.matches('.undo'), 'the focus is on what gives it back');
    same(await findings(el), []);
    (await $('.undo')).click();
    await $('.total dd', '€87.50');
    same(
      el.cart.lines.map(({ variant }) => variant),
      ['bowl-1', 'vase-1'],
    );
    const typed = await $<HTMLInputElement>('.line:nth-child(2) .stepper input');
    typed.value = ' 12 pieces';
    typed.dispatchEvent(new Event('change'));
    same(typed.value, '12');
    same(el.cart.lines[1]!.quantity, 12);
    await el.updateComplete;
    typed.value = 'many';
    typed.dispatchEvent(new Event('change'));
    same(typed.value, '12', 'what is no number changes nothing');
  });

  it('says that it is empty, also after the last thing was taken out, which can be had back', async () => {
    const page = await openShop();
    (await page.$('.bag')).click();
    await page.$('p', 'nothing in your cart yet');
    same(page.client.calls, [], 'nothing is asked for');
    same(await findings(page.el), []);
    (await page.$('.plain', 'Continue shopping')).click();
    (await page.$('.quick')).click();
    (await page.$('.bag')).click();
    (await page.$('[aria-label="Remove Tall vase"]')).click();
    await page.$('p', 'nothing in your cart yet');
    (await page.$('.undo')).click();
    await page.$('.total');
  });

  it('takes a code, says what is wrong with one, and lets it go again', async () => {
    const { el, client, $ } = await toCart();
    const apply = async (code: string) => {
      (await $<HTMLInputElement>('#code')).value = code;
      el.frame.querySelector<HTMLFormElement>('.code form')!.requestSubmit();
    };
    await apply('winter');
    await $('#code-error', locales.en.element['problem.UNKNOWN_CODE']);
    const field = await $('#code');
    same([field.getAttribute('aria-invalid'), field.getAttribute('aria-describedby')], ['true', 'code-error']);
    same(await findings(el), []);
    await apply(' spring ');
    await $('p.code', 'SPRING');
    await until(() => el.shadowRoot!.activeElement?.matches('.code .link'), 'the focus goes on with what was granted');
    const less = await $('.totals dd', '-€10.70');
    document.documentElement.dir = 'rtl';
    const amount = document.createTreeWalker(less, NodeFilter.SHOW_TEXT, ({ textContent }) =>
      textContent?.includes('-') ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP,
    );
    const at = amount.nextNode()!;
    const leftOf = (index: number) => {
      const range = new Range();
      range.setStart(at, index);
      range.setEnd(at, index + 1);
      return range.getBoundingClientRect().left;
    };
    const minus = at.textContent!.indexOf('-');
    ok(leftOf(minus) < leftOf(minus + 1), 'the minus stands before its amount from right to left too');
    document.documentElement.dir = '';
    await $('.cost s', '€39');
    same(client.calls.at(-1)?.input['code'], 'spring');
    (await $('p.code .link')).click();
    await $('.total dd', '€107');
  });

  it('corrects what is no longer there, and says so', async () => {
    const { el, client, $ } = await toCart();
    client.stock['bowl-1'] = 1;
    client.stock['vase-1'] = 0;
    (await $('.line:last-child .stepper button:last-child')).click();
    await $('.notice', 'There is only 1 Breakfast bowl left');
    await $('.notice', 'Tall vase is sold out');
    await $('.total dd', '€19.50');
    same(el.cart.lines, [{ variant: 'bowl-1', quantity: 1 }]);
    same(await findings(el), []);
  });

  it('keeps everything when the price does not come, and asks again when it can', async () => {
    const { el, client, $ } = await toCart();
    client.failing['price'] = { code: 'OFFLINE', message: '' };
    (await $('.line:last-child .stepper button:last-child')).click();
    await $('.notice', 'You are offline');
    same(el.cart.lines[1]!.quantity, 2);
    client.failing['price'] = { code: 'OFFLINE', message: '' };
    const again = await $('.notice .link');
    again.focus();
    again.click();
    await until(() => el.shadowRoot!.activeElement?.matches('h2'), 'the focus in the cart');
    await $('.notice', 'You are offline');
    dispatchEvent(new Event('online'));
    await $('.total dd', '€175');
  });

  it('follows another tab while it is open', async () => {
    const { el, $ } = await toCart();
    dispatchEvent(new StorageEvent('storage', { key: 'inlay.shop.', newValue: '[{"variant":"cup-1","quantity":1}]' }));
    await $('.total dd', '€14.50');
    dispatchEvent(new StorageEvent('storage', { key: 'inlay.shop.', newValue: null }));
    await $('p', 'nothing in your cart yet');
    same(el.step, 'cart');
  });
});

describe('a checkout', () => {
  afterEach(() => {
    for (const el of document.querySelectorAll('inlay-shop')) el.remove();
    localStorage.clear();
  });

  it('takes an order that is sent, and says all that there is to know', async () => {
    const events: [string, unknown][] = [];
    const note = (event: Event) => events.push([event.type, (event as CustomEvent).detail]);
    const types = ['inlay:shop-checkout', 'inlay:shop-ordered'];
    for (const type of types) document.addEventListener(type, note);
    const page = await toCheckout();
    same(text(page.focused()), 'Checkout');
    same(await findings(page.el), []);
    await fill(page, { ...ana, note: 'Ring twice' });
    await address(page);
    await until(() => last(page, 'price')?.['country'] === 'DE', 'priced for where it goes');
    await until(() => !page.el.steps!.pricing.data.loading);
    await submit(page);
    await until(() => text(page.focused()).includes('Thank you'), 'the focus is on the end');
    const { zone, version, ...input } = last(page, 'order')!;
    same(input, {
      lines: [
        { variant: 'bowl-1', quantity: 2 },
        { variant: 'vase-1', quantity: 1 },
      ],
      country: 'DE',
      shipping: 'parcel',
      payment: 'transfer',
      ...ana,
      address: home,
      note: 'Ring twice',
      locale: 'en',
    });
    ok(zone && version, 'the zone and what was priced');
    ok(text(await page.$('.told')).includes('S-1042') && text(await page.$('.told')).includes('IBAN'), 'how to pay');
    same((await page.$<HTMLAnchorElement>('.acts a')).href, 'https://kiln.test/order#token');
    same(await findings(page.el), []);
    same([page.el.cart.count, localStorage.length], [0, 0], 'the cart is empty, and nothing is kept');
    same(events, [
      ['inlay:shop-checkout', { total: { amount: 10_700, currency: 'EUR' } }],
      ['inlay:shop-ordered', { id: 'o1', number: 'S-1042', total: { amount: 11_190, currency: 'EUR' } }],
    ]);
    for (const type of types) document.removeEventListener(type, note);
    (await page.$('.link', 'Continue shopping')).click();
    await page.$('.product');
  });

  it('asks for no address where it is picked up, and offers what can be paid there', async () => {
    const page = await toCheckout();
    await pickup(page);
    ok(!page.el.frame.querySelector('inlaykit-address'), 'no address');
    (await page.$('[value=pickup]')).click();
    await fill(page, ana);
    await submit(page);
    await page.$('h2', 'Thank you');
    same([last(page, 'order')!['payment'], last(page, 'order')!['address'] ?? null], ['pickup', null]);
  });

  it('says that nothing is sent to a country, and keeps the way back', async () => {
    const page = await toCheckout();
    await address(page, { ...home, country: 'US' });
    await page.$('.notice', 'cannot deliver this there');
    ok((await page.$<HTMLButtonElement>('.go.wide')).disabled, 'it cannot be ordered');
    same(await findings(page.el), []);
    await address(page);
    await until(
      () => page.el.frame.querySelector<HTMLInputElement>('[value=parcel]')?.checked,
      'it goes to Germany as before',
    );
    ok(!page.el.frame.querySelector('.notice'), 'nothing is wrong any more');
  });

  it('waits for what it costs there when it is sent off in the same moment', async () => {
    const page = await toCheckout();
    await fill(page, ana);
    await address(page);
    await submit(page);
    await page.$('h2', 'Thank you');
    same(
      page.client.calls.slice(-2).map(({ action, input }) => [action, input['country']]),
      [
        ['price', 'DE'],
        ['order', 'DE'],
      ],
    );
  });

  it('asks again when it costs more there than was seen', async () => {
    const page = await toCheckout();
    await fill(page, ana);
    page.client.dearer = 10;
    await address(page);
    await submit(page);
    ok(/Total: €111\.90 €122\.60/.test(text(await page.$('.notice', 'Something has changed'))), 'before and after');
    same(last(page, 'order'), undefined, 'nothing was sent');
  });

  it('ties errors to their fields, of ours and of the server', async () => {
    const page = await toCheckout();
    await submit(page);
    await until(() => page.focused()?.getAttribute('name') === 'email', 'the focus is on the first error');
    const email = await page.$('[name=email]');
    same(email.getAttribute('aria-invalid'), 'true');
    same(
      text(page.el.frame.querySelector(`#${email.getAttribute('aria-describedby')}`)),
      locales.en.element['problem.email'],
    );
    const control = await page.$('inlaykit-address');
    ok(control.shadowRoot!.querySelector('[aria-invalid=true]'), 'the address too');
    same(await findings(page.el), []);
    same(last(page, 'order'), undefined, 'nothing was sent');
    await fill(page, ana);
    await address(page);
    await until(() => last(page, 'price')?.['country'] === 'DE' && !page.el.steps!.pricing.data.loading);
    const errors = [
      { pointer: '/email', code: 'format', message: 'This mailbox does not exist.' },
      { pointer: '/address/city', code: 'max', message: 'This town is too long.' },
    ];
    page.client.failing['order'] = { code: 'VALIDATION_FAILED', message: '', errors };
    await submit(page);
    await page.$('.error', 'does not exist');
    await until(() => text(control.shadowRoot!.querySelector('#error')).includes('too long'), 'of the address');
  });

  it('shows what changed of the price, and asks again', async () => {
    const page = await toCheckout();
    await pickup(page);
    await fill(page, ana);
    page.client.dearer = 10;
    page.client.failing['order'] = { code: 'PRICE_CHANGED', message: '' };
    await submit(page);
    const notice = await page.$('.notice', 'Something has changed');
    ok(/Tall vase: €68 €74\.80/.test(text(notice)), text(notice));
    ok(/Total: €107 €117\.70/.test(text(notice)), text(notice));
    await page.$('.go.wide', '€117.70');
    same(await findings(page.el), []);
    same((await page.$<HTMLInputElement>('[name=name]')).value, ana.name);
    const { version } = last(page, 'order')!;
    await submit(page);
    await page.$('h2', 'Thank you');
    ok(last(page, 'order')!['version'] !== version, 'what is agreed to is the new price');
  });

  it('goes back to the cart when somebody was quicker, corrects it, and keeps the details', async () => {
    const page = await toCheckout();
    await pickup(page);
    await fill(page, ana);
    page.client.stock['bowl-1'] = 1;
    page.client.failing['order'] = { code: 'OUT_OF_STOCK', message: '' };
    await submit(page);
    await page.$('.notice', 'a moment quicker');
    await page.$('.notice', 'only 1 Breakfast bowl left');
    await page.$('.total dd', '€87.50');
    same(page.el.cart.lines[0], { variant: 'bowl-1', quantity: 1 });
    (await page.$('.go.wide')).click();
    same((await page.$<HTMLInputElement>('[name=email]')).value, ana.email);
  });

  it('sends one order however often the button is pressed, and loses nothing offline', async () => {
    const page = await toCheckout();
    await pickup(page);
    await fill(page, ana);
    for (const code of ['OFFLINE', 'RATE_LIMITED', 'TOO_MANY_ORDERS'] as const) {
      page.client.failing['order'] = { code, message: '' };
      await submit(page);
      await page.$('.notice', locales.en.element[`problem.${code}`]);
      same((await page.$<HTMLInputElement>('[name=name]')).value, ana.name);
    }
    const before = page.client.calls.length;
    for (let times = 0; times < 3; times++) page.el.frame.querySelector<HTMLFormElement>('form.sides')!.requestSubmit();
    await page.$('h2', 'Thank you');
    same(
      page.client.calls.slice(before).map(({ action }) => action),
      ['order'],
    );
  });

  it('has no serious finding in the dark, and fits into 280 px from right to left', async () => {
    document.documentElement.dir = 'rtl';
    const page = await openShop({ theme: 'dark' }, {}, 280);
    page.el.cart.put([{ variant: 'mug-10', quantity: 2 }]);
    (await page.$('.bag')).click();
    await page.$('.total');
    same(await findings(page.el), []);
    ok(page.el.parentElement!.scrollWidth <= 280, 'the cart');
    (await page.$('.go.wide')).click();
    await page.$('inlaykit-address');
    same(await findings(page.el), []);
    ok(page.el.parentElement!.scrollWidth <= 280, 'the checkout');
    page.el.parentElement!.remove();
    document.documentElement.dir = '';
  });
});
