import { after, before, describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { check, openJudged } from './axe.ts';
import { type ForeignWorld, startForeignWorld } from './foreign-world.ts';
import { hasFocus } from './reach-checks.ts';
import { toCart, toOrder } from './shop-stops.ts';
import { press, walk } from './walk.ts';

describe('axe finds nothing serious in a shop, and the focus goes on', { timeout: 600_000 }, () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  type Prepare = (context: BrowserContext) => Promise<unknown>;
  const openShop = (body: string, prepare?: Prepare, root?: string) =>
    openJudged(world, body, prepare, root, world.demo.sites.find(({ module }) => module === 'shop')!.siteKey);

  it('shop in its place, from the shelf to the order', async () => {
    const { page, close, heard } = await openShop('<inlay-shop></inlay-shop>');
    await heard('ready');
    await walk({ page, name: 'shop', tag: 'inlay-shop', stops: [...toCart, ...toOrder] });
    const order = page.locator('inlay-shop-order');
    await page.goto(await page.evaluate(() => (window as unknown as { ordered: string }).ordered));
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

  it('shop as a popup from right to left, and in a frame, up to the cart', async () => {
    const stops = toCart.filter(({ name }) => ['shelf', 'product', 'added', 'cart'].includes(name));
    const popup = await openShop(
      '<inlay-shop mode="popup" label="Our shop"></inlay-shop>',
      undefined,
      'lang="en" dir="rtl"',
    );
    await press(popup.page.locator('main'), /^Our shop$/);
    await walk({ page: popup.page, name: 'shop popup', tag: 'inlay-shop', stops });
    await popup.page.keyboard.press('Escape');
    await hasFocus(popup.page, /^button .*Our shop/s, 'shop popup closed');
    await popup.close();
    const framed = await openShop('<inlay-shop mode="frame"></inlay-shop>');
    await walk({ page: framed.page, name: 'shop frame', tag: 'inlay-shop', stops, framed: true });
    await framed.close();
  });
});
