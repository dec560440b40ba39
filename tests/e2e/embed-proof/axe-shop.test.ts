import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import type { Catalogue } from '../../../widgets/shop/element/shop-types.ts';
import { rest } from '../rest.ts';
import { type Answers, answerAs, changeHello, cutOff, heldBack, silent } from './answers.ts';
import { check, openJudged } from './axe.ts';
import { type ForeignWorld, startForeignWorld } from './foreign-world.ts';
import { hasFocus } from './reach-checks.ts';
import { orderByKeyboard } from './shop-by-keyboard.ts';
import { fullCart, rareCart } from './shop-cart-stops.ts';
import { rareCheckout } from './shop-checkout-stops.ts';
import { orderStops } from './shop-order-stops.ts';
import { fill, rareProducts, rareShelf } from './shop-shelf-stops.ts';
import { inAnyLanguage, toCart, toOrder } from './shop-stops.ts';
import { doubled, moving, narrow, spilt } from './visitor-settings.ts';
import { press, walk } from './walk.ts';

const tag = 'inlay-shop';

type Goods = { -readonly [Key in keyof Catalogue]: Catalogue[Key] };

describe('axe finds nothing serious in a shop, and the focus goes on', { timeout: 600_000 }, () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  type Prepare = (context: BrowserContext) => Promise<unknown>;
  const siteKey = () => world.demo.sites.find(({ module }) => module === 'shop')!.siteKey;
  const openShop = (body = `<${tag}></${tag}>`, prepare?: Prepare, root?: string) =>
    openJudged(world, body, prepare, root, siteKey());

  /** A page whose host says what a test wants of its actions. */
  async function openRare(body?: string, prepare?: (context: BrowserContext, says: Answers) => unknown) {
    const says: Answers = {};
    const opened = await openShop(body, async context => {
      await answerAs(context, says);
      await prepare?.(context, says);
    });
    return { ...opened, says };
  }
  const sell = (context: BrowserContext, edit: (data: Goods) => void) => changeHello<Goods>(context, 'shop', edit);

  it('shop in its place, from the shelf to the order', async () => {
    const { page, close, heard } = await openShop();
    await heard('ready');
    await walk({ page, name: 'shop', tag, stops: [...toCart, ...toOrder] });
    const order = page.locator('inlay-shop-order');
    await page.goto(await orderOf(page));
    await order.getByRole('heading', { name: /^Order / }).waitFor();
    await check(page, 'order', 'inlay-shop-order');
    await press(order, /^Cancel the order$/);
    await hasFocus(page, /^h2 .*Cancel this order/s, 'asked whether to cancel');
    await check(page, 'asked whether to cancel', 'inlay-shop-order');
    await press(order, /^Cancel the order$/);
    await order.getByText('Your order is cancelled.').waitFor();
    await hasFocus(page, /^h2 .*Order /s, 'order cancelled');
    await check(page, 'order cancelled', 'inlay-shop-order');
    await close();
  });

  it('shop as a popup from right to left, and in a frame, up to the order', async () => {
    const names = ['shelf', 'product', 'added', 'cart'];
    const stops = [...toCart.filter(({ name }) => names.includes(name)), ...toOrder];
    const popup = await openShop(`<${tag} mode="popup" label="Our shop"></${tag}>`, undefined, 'lang="en" dir="rtl"');
    await press(popup.page.locator('main'), /^Our shop$/);
    await walk({ page: popup.page, name: 'shop popup', tag, stops });
    await popup.page.keyboard.press('Escape');
    await hasFocus(popup.page, /^button .*Our shop/s, 'shop popup closed');
    await popup.close();
    const framed = await openShop(`<${tag} mode="frame"></${tag}>`);
    await walk({ page: framed.page, name: 'shop frame', tag, stops, framed: true });
    await framed.close();
  });

  it('shop while it loads, when it does not come, and with nothing in it', async () => {
    const both = `<${tag}></${tag}><hr><${tag} product="speckled-mug"></${tag}>`;
    const loading = await openShop(both, context => context.route('**/session?*', silent));
    await loading.page.locator(`${tag} .products .bone`).first().waitFor();
    await loading.page.locator(`${tag}[product] .bone`).first().waitFor();
    await check(loading.page, 'shop on its way');
    await loading.close();

    const failed = await openShop(both, context => context.route('**/embed/c/**', cutOff));
    await failed.page.getByRole('button', { name: 'Try again' }).first().waitFor();
    await check(failed.page, 'shop that does not come');
    await failed.close();

    const one = heldBack();
    const { page, says, close } = await openRare(both, (context, says) => {
      says['product'] = one.answer;
      return sell(context, data => {
        data.products = [];
      });
    });
    const product = page.locator(`${tag}[product]`);
    await page.getByText(/^There is nothing for sale/).waitFor();
    await product.locator('.facts .bone').first().waitFor();
    await check(page, 'nothing to sell, and one product on its way');
    one.go(cutOff);
    await product.getByRole('alert').waitFor();
    await check(page, 'one product that does not come');
    delete says['product'];
    await press(product, /^Try again$/);
    await product.getByRole('heading', { name: 'Speckled mug' }).waitFor();
    await hasFocus(page, /^h2 .*Speckled mug/s, 'one product, asked for again');
    await close();
  });

  it('shop that ends where its room ends, and goes on there', async () => {
    const room = `<${tag}><svg width="1" height="360" display="block" aria-hidden="true"></svg></${tag}><p>below</p>`;
    const { page, heard, close } = await openShop(room);
    await heard('ready');
    const shop = page.locator(tag);
    assert.equal((await shop.boundingBox())!.height, 360);
    await check(page, 'a shelf that is cut');
    await press(shop, /^Show more$/);
    await shop.locator('.folded').waitFor({ state: 'detached' });
    await hasFocus(page, /^button .*€/s, 'the first product that was not to be seen');
    assert.ok((await shop.boundingBox())!.height > 360);
    await check(page, 'all of the shelf');
    await close();
  });

  it('shop of which something does not come, is gone or is too much, up to the cart', async () => {
    const shelf = await openRare(undefined, context => sell(context, fill));
    await shelf.heard('ready');
    await walk({ page: shelf.page, name: 'shop', tag, stops: [...rareShelf(shelf.says), ...rareProducts(shelf.says)] });
    await shelf.close();

    const { page, says, heard, close } = await openRare();
    await heard('ready');
    await walk({ page, name: 'shop', tag, stops: rareCart(says) });
    // As much as a cart can hold, of what is not offered any more.
    await page.evaluate(() => {
      const key = Object.keys(localStorage).find(name => name.startsWith('inlay.'))!;
      const lines = Array.from({ length: 50 }, (_, at) => ({
        variant: `01890000-0000-7000-8000-0000000000${at + 10}`,
        quantity: 1,
      }));
      localStorage.setItem(key, JSON.stringify(lines));
    });
    for (const name of Object.keys(says)) delete says[name];
    await page.reload();
    await walk({ page, name: 'shop', tag, stops: fullCart });
    await close();
  });

  it('checkout of which something does not come, or comes otherwise', async () => {
    const { page, says, heard, close } = await openRare();
    await heard('ready');
    await walk({ page, name: 'shop', tag, stops: rareCheckout(says) });
    await close();
  });

  it('order by its link, at every point of its life, in its place, on demand and in a frame', async () => {
    const placed = await openShop();
    await placed.heard('ready');
    await orderByKeyboard(placed.page);
    const link = await placed.page.locator(tag).getByRole('link', { name: 'Look at your order' }).getAttribute('href');
    await placed.close();
    const token = link!.split('#')[1]!;
    const order = (attributes = '') => `<inlay-shop-order token="${token}"${attributes}></inlay-shop-order>`;

    const { page, says, close } = await openRare(order());
    const load = () => page.reload();
    await walk({ page, name: 'order', tag: 'inlay-shop-order', stops: orderStops(says, load) });
    await close();

    for (const [mode, root] of [
      ['popup', 'lang="en" dir="rtl"'],
      ['float', 'lang="cs"'],
      ['frame', 'lang="en"'],
    ] as const) {
      const other = await openShop(order(` mode="${mode}" label="Your order"`), undefined, root);
      if (mode !== 'frame') await press(other.page.locator('main'), /^Your order$/);
      const place = mode === 'frame' ? other.page.frameLocator('inlay-shop-order iframe') : other.page;
      await place.locator('.totals').waitFor();
      await check(other.page, `order ${mode}`, 'html');
      if (mode !== 'frame') {
        await other.page.keyboard.press('Escape');
        await hasFocus(other.page, /^button .*Your order/s, `order ${mode} closed`);
      }
      await other.close();
    }
  });

  it('shop that floats, and in another language', async () => {
    const { page, close } = await openShop(`<${tag} mode="float"></${tag}>`, undefined, 'lang="cs"');
    await press(page.locator('main'), /./);
    await walk({ page, name: 'shop float in Czech', tag, stops: inAnyLanguage });
    await close();
  });

  it('shop with text twice as large, and for whoever wants nothing to move', async () => {
    const { page, heard, close } = await openShop(undefined, undefined, doubled);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await heard('ready');
    await narrow(page);
    for (const { name, go } of [...toCart, ...toOrder]) {
      await go(page.locator(tag));
      await rest(page);
      assert.deepEqual([await spilt(page), await moving(page)], [[], []], name);
    }
    await close();
  });
});

/** Address of the order that has just been placed. */
const orderOf = (page: Page): Promise<string> =>
  page.evaluate(() => (window as unknown as { ordered: string }).ordered);
