/** The shop's shelves and products: what shows first, what is found, what is chosen. */
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { findings, testElement } from '../../kit/testing/test-element.ts';
import { locales } from '../locales/index.ts';
import { many } from './example-goods.ts';
import { InlayShop } from './inlay-shop.ts';
import { openShop, text } from './open-shop.ts';
import { fakeClient } from './testing.ts';

testElement({ tag: 'inlay-shop', element: InlayShop, client: fakeClient });
testElement({ tag: 'inlay-shop', element: InlayShop, client: fakeClient, attributes: { product: 'mug' } });
testElement({ tag: 'inlay-shop', element: InlayShop, client: fakeClient, attributes: { category: 'vases' } });

const names = ({ frame }: InlayShop) => [...frame.querySelectorAll('.product b')].map(text);

describe('a shop', () => {
  afterEach(() => {
    for (const el of document.querySelectorAll('inlay-shop')) el.remove();
    localStorage.clear();
    document.documentElement.style.colorScheme = '';
  });

  it('shows what there is at once, with pictures in places that are kept for them', async () => {
    const { el, client, $ } = await openShop();
    same(client.calls, [], 'nothing is asked for');
    ok(text(await $('.product', 'Morning mug')).includes('from €24'), 'the lowest of several prices');
    ok(text(await $('.product', 'Tall vase')).includes('before €85'), 'what it cost before');
    ok(text(await $('.product', 'Milk jug')).includes('Sold out'), 'sold out is said');
    const images = [...el.frame.querySelectorAll('img')];
    ok(
      images.every(image => image.getAttribute('width') && image.getAttribute('height')),
      'sizes',
    );
    const place = el.frame.querySelector('.picture')!.getBoundingClientRect();
    images[0]!.dispatchEvent(new Event('error'));
    const after = el.frame.querySelector('.picture')!.getBoundingClientRect();
    same([after.width, after.height], [place.width, place.height], 'a picture that does not come moves nothing');
    ok(!el.frame.querySelector('[type=search]'), 'eight need no search');
  });

  it('goes to a category and to the next products, and says how many there are', async () => {
    const { el, client, $ } = await openShop({}, { products: many, size: 12 });
    (await $('.tab', 'Vases')).click();
    await until(() => names(el).length === 2, 'two vases');
    same(client.calls.at(-1), { action: 'catalogue', input: { category: 'vases' } });
    same(text(await $('h2')), 'Vases');
    same(text(await $('[role=status]')), '2 products');
    same((await $('.tab', 'Vases')).getAttribute('aria-pressed'), 'true');
    same(await findings(el), []);
    const asked = client.calls.length;
    (await $('.tab', 'All')).click();
    await until(() => names(el).length === 12, 'what came with the page');
    same(client.calls.length, asked, 'is not asked for again');
    (await $('.more')).click();
    await until(() => names(el).length === 16, 'all of them');
    await until(() => el.shadowRoot!.activeElement?.matches('[data-id=tile-5]'), 'the focus is on the first new one');
  });

  it('finds by a word, once it is typed, and says where nothing fits', async () => {
    const { el, client, $ } = await openShop({}, { products: many });
    const search = await $<HTMLInputElement>('[type=search]');
    const type = (value: string) => {
      search.value = value;
      search.dispatchEvent(new Event('input'));
    };
    for (const value of ['v', 'va', 'vase']) type(value);
    await until(() => names(el).length === 2, 'two');
    same(client.calls.length, 1, 'one question');
    type('grand piano');
    await $('p[role=status]', locales.en.element['grid.nothing']);
    same(await findings(el), []);
    type('');
    await until(() => names(el).length === many.length, 'everything again');
  });

  it('says when products did not come, and gets them when they can be had', async () => {
    const { el, client, $ } = await openShop();
    client.failing['catalogue'] = { code: 'OFFLINE', message: '' };
    (await $('.tab', 'Cups')).click();
    await $('.notice', 'You are offline');
    dispatchEvent(new Event('online'));
    await until(() => names(el).length === 3 && !el.frame.querySelector('.notice'), 'the cups');
  });

  it('opens a product with what the list knows of it, and comes back to where it was', async () => {
    const { el, $, focused } = await openShop();
    (await $('.product', 'Tall vase')).click();
    await until(() => text(focused()) === 'Tall vase', 'the focus is on its name');
    (await $('.buy .go')).focus();
    same(await findings(el), []);
    (await $('.link', 'All products')).click();
    await until(() => focused()?.matches('[data-id=vase]'), 'the focus is back');
  });

  it('prices what is chosen of a product, says what is left and what is not', async () => {
    const { el, client, $ } = await openShop({ product: 'mug' });
    await $('.choice', 'Sage');
    same(el.frame.querySelectorAll('fieldset').length, 2);
    const pick = async (name: string) => (await $('.choice', name)).querySelector('input')!.click();
    await pick('Large');
    await $('.price', '€28');
    ok(text(await $('.choice', 'Clay')).includes('Sold out'), 'not both large and of clay');
    await pick('Clay');
    ok((await $<HTMLButtonElement>('.buy .go', 'Sold out')).disabled, 'cannot be bought');
    await pick('Small');
    await pick('Slate');
    await $('.left', 'Only 3 left');
    const more = await $<HTMLButtonElement>('.stepper button:last-child');
    more.click();
    await el.updateComplete;
    more.click();
    await until(() => more.ariaDisabled === 'true', 'three are all');
    more.click();
    same(await findings(el), []);
    const added = new Promise<CustomEvent>(resolve =>
      document.addEventListener('inlay:shop-added', event => resolve(event as CustomEvent), { once: true }),
    );
    (await $('.buy .go')).click();
    same((await added).detail, { product: 'mug', variant: 'mug-10', quantity: 3 });
    await $('.bag .count', '3');
    await $('.news', 'Morning mug is in your cart.');
    same(el.frame.querySelectorAll('.link.way').length, 0, 'the page has one product, and no list to go back to');
    same(client.calls[0], { action: 'product', input: { product: 'mug' } });
  });

  it('puts what has no choices into the cart from the list', async () => {
    const { el, $ } = await openShop();
    (await $('[aria-label="Add Tall vase to the cart"]')).click();
    await $('.bag .count', '1');
    same(text(await $('[role=status]')), 'Tall vase is in your cart.');
    same((await $('.bag')).getAttribute('aria-label'), 'Your cart, 1 item');
    ok(!el.frame.querySelector('[aria-label="Add Morning mug to the cart"]'), 'a mug has to be chosen');
    ok(!el.frame.querySelector('[aria-label="Add Milk jug to the cart"]'), 'what is sold out cannot be bought');
  });

  const folded = ({ frame }: InlayShop) => !!frame.querySelector('.folded');

  it('stays in the room that the page keeps while what is below is seen, until the visitor does something', async () => {
    const style = 'display: block; min-height: 300px';
    const { el, $, focused } = await openShop({ style });
    await $('.rest .plain', 'Show more');
    same(el.offsetHeight, 300, 'nothing below has moved');
    same(await findings(el), []);
    const cut = el.getBoundingClientRect().bottom;
    (await $('.rest .plain')).focus();
    await el.updateComplete;
    ok(folded(el), 'nothing happens before it is pressed');
    (await $('.rest .plain')).click();
    await until(() => !folded(el));
    ok(el.offsetHeight > 300, 'all of it');
    ok(focused().matches('.product') && focused().getBoundingClientRect().bottom > cut, 'goes on where it ended');
    ok(!el.frame.querySelector('.rest'), 'there is no more to show');

    const byKeyboard = await openShop({ style });
    (await byKeyboard.$('.product')).focus();
    await until(() => !folded(byKeyboard.el));
    ok(byKeyboard.focused().matches('.product'), 'the focus stays');

    const byCart = await openShop({ style });
    (await byCart.$('.bag')).click();
    (await byCart.$('.plain', 'Continue shopping')).click();
    await byCart.$('.product');
    ok(!folded(byCart.el), 'whoever comes back has begun');
  });

  it('is whole where it fits, where its end is not seen, and where the page keeps no room', async () => {
    for (const style of ['display: block; min-height: 3000px', '']) {
      const { el, $ } = await openShop({ style });
      await $('.product');
      ok(!folded(el), style);
      el.remove();
    }
    const before = document.body.appendChild(document.createElement('div'));
    before.style.height = '2900px';
    const { el } = await openShop({ style: 'display: block; min-height: 300px' });
    ok(!folded(el) && el.offsetHeight > 300, 'below the window');
    before.remove();
  });

  it('says when a product is gone, and asks again for one that did not come', async () => {
    const gone = await openShop({ product: 'piano' });
    await gone.$('.notice', 'not offered any more');
    ok(!gone.el.frame.querySelector('.plain'), 'another try would be told the same');
    ok(!gone.el.frame.querySelector('.gallery'), 'there is nothing to be seen of it');
    const { client, $ } = await openShop();
    client.failing['product'] = { code: 'UNREACHABLE', message: '' };
    (await $('.product', 'Tall vase')).click();
    await $('.notice', 'could not be reached');
    (await $('.plain', 'Try again')).click();
    await $('.buy .go', 'Add to cart');
  });

  it('follows the page to another product, and back to all', async () => {
    const { el, $ } = await openShop({ product: 'vase' });
    await $('h2', 'Tall vase');
    el.setAttribute('product', 'bowl');
    await $('h2', 'Breakfast bowl');
    el.removeAttribute('product');
    await $('.product', 'Tall vase');
  });

  it('has no serious finding in the dark and from right to left, and fits into 280 px', async () => {
    document.documentElement.dir = 'rtl';
    for (const attributes of [{ theme: 'dark' }, { theme: 'dark', product: 'mug' }] as Record<string, string>[]) {
      const { el, $ } = await openShop(attributes, { products: many }, 280);
      await $(attributes['product'] ? '.choice' : '.product');
      same(await findings(el), []);
      ok(el.parentElement!.scrollWidth <= 280, `${el.parentElement!.scrollWidth} px wide`);
      el.parentElement!.remove();
    }
    document.documentElement.dir = '';
  });

  it('says what to do when there is nothing to buy', async () => {
    const { el } = await openShop({}, { products: [] });
    ok(text(el.frame).includes(locales.en.element['grid.none']!), 'come back');
  });

  it('speaks four languages', async () => {
    for (const locale of ['en', 'de', 'es', 'cs'] as const) {
      const { el, $ } = await openShop({}, { locale });
      same(text(await $('h2')), locales[locale].element['grid.title']);
      (await $('.quick')).click();
      (await $('.product')).click();
      await $('.choice');
      (await $('.bag')).click();
      await $('.total');
      (await $('.go.wide')).click();
      await $('inlaykit-address');
      for (const node of el.frame.querySelectorAll('*')) {
        ok(!/^[a-z]+(\.\w+)+$/.test(text(node)), `untranslated: ${text(node)}`);
        ok(!/\{\w+\}/.test(text(node)), `not filled in: ${text(node)}`);
      }
      el.remove();
      localStorage.clear();
    }
  });
});
