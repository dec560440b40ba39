/** An order by keyboard alone, as `bookByKeyboard` books. */
import type { Page } from 'playwright-core';
import { hasFocus, tabTo } from './reach-checks.ts';

/** From the first tab to the confirmation. Throws where the keyboard does not reach on, or the focus is lost on the way. */
export async function orderByKeyboard(page: Page): Promise<void> {
  const { keyboard } = page;
  const shop = page.locator('inlay-shop');
  const enter = async (wanted: RegExp, lands: RegExp) => {
    await tabTo(page, wanted);
    await keyboard.press('Enter');
    await hasFocus(page, lands, `after ${wanted}`);
  };
  const type = async (name: RegExp, text: string) => {
    await tabTo(page, name);
    await keyboard.type(text);
  };
  await enter(/^button .*Cups/s, /^button .*Cups/s);
  await shop.getByRole('status').filter({ hasText: '2 products' }).waitFor();
  await enter(/^button .*Speckled mug/s, /^h2 .*Speckled mug/s);
  await shop.getByRole('radio', { name: 'Moss' }).waitFor();
  await tabTo(page, /^input option/);
  await keyboard.press('ArrowRight');
  await shop.getByRole('radio', { name: 'Moss', checked: true }).waitFor();
  await tabTo(page, /^button .*\+/s);
  await keyboard.press('Space');
  await enter(/^button .*Add to cart/s, /^button .*Add to cart/s);
  await enter(/^button .*Look at the cart/s, /^h2 .*Your cart/s);
  await shop.getByText('Subtotal').waitFor();
  await enter(/^summary .*promo code/s, /^summary /);
  await type(/^input /, 'FIRSTKILN');
  await keyboard.press('Enter');
  await hasFocus(page, /^button .*Remove/s, 'code granted');
  await enter(/^button .*Go to checkout/s, /^h2 .*Checkout/s);
  await shop.getByLabel('Town').waitFor();
  await type(/^input email/, 'jana.testova@mail.example');
  await type(/^input name/, 'Jana Testová');
  await tabTo(page, /^input shipping/);
  await keyboard.press('ArrowDown');
  await shop.getByRole('radio', { name: /^Pick up/, checked: true }).waitFor();
  await shop.getByRole('button', { name: /^Buy now/, disabled: false }).waitFor();
  await tabTo(page, /^input payment/);
  await enter(/^button .*Buy now/s, /^h2 .*Thank you/s);
}
