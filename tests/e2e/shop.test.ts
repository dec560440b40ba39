import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { SentMail } from '../../schemas/ports/index.ts';
import { type Complaints, openContext, signInTo } from '../support/browser.ts';
import { type DemoInBrowser, startDemoInBrowser } from './demo-in-browser.ts';
import { bringJudge, judge } from './embed-proof/axe.ts';
import { notedIn, watchPage } from './watch-page.ts';

const buyer = { name: 'Jana Testová', email: 'jana.testova@mail.example' };
const quick = { name: 'Otto Rychlý', email: 'otto@mail.example' };
const slow = { name: 'Petra Pozdní', email: 'petra@mail.example' };
type Person = typeof buyer;

interface Visitor {
  readonly context: BrowserContext;
  readonly complaints: Complaints;
  readonly page: Page;
  readonly shop: Locator;
}

describe('the shop, from the foreign page to the desk and back', () => {
  let world: DemoInBrowser;
  before(async () => {
    world = await startDemoInBrowser();
  });
  after(() => world?.stop());

  const shopPage = () => world.demo.sites.find(site => site.module === 'shop')!.pageUrl;

  /** Waits for the mail that says this in its subject. */
  async function mailTo(address: string, subject: RegExp): Promise<SentMail> {
    for (let attempt = 0; attempt < 200; attempt++) {
      const found = (await world.mailsTo(address)).find(mail => subject.test(mail.subject));
      if (found) return found;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error(`No mail to ${address} says ${subject}.`);
  }
  const linkIn = (mail: SentMail): string => /http\S+#\S+/.exec(mail.text)![0];

  /** A visitor of the business's page, which has a strict policy and measures itself. */
  async function visit(): Promise<Visitor> {
    const { context, complaints } = await openContext(world.browser);
    await bringJudge(context);
    await context.addInitScript(watchPage);
    const page = await context.newPage();
    await page.goto(shopPage());
    const shop = page.locator('inlay-shop');
    await shop.getByRole('heading', { name: 'Products' }).waitFor();
    return { context, complaints, page, shop };
  }

  /** Looks at one value of a product's options. */
  async function choose(shop: Locator, product: string, value: string): Promise<void> {
    await shop.getByRole('button', { name: new RegExp(`^${product}`) }).click();
    await shop.getByRole('radio', { name: value }).check();
  }

  async function toCheckout(shop: Locator, { name, email }: Person): Promise<void> {
    await shop.getByRole('button', { name: 'Look at the cart' }).click();
    await shop.getByRole('button', { name: 'Go to checkout' }).click();
    await shop.getByLabel('E-mail').fill(email);
    await shop.getByLabel('Name', { exact: true }).fill(name);
    await shop.getByRole('radio', { name: /^Pick up/ }).check();
    await shop.getByRole('button', { name: 'Buy now for €76' }).waitFor();
  }

  async function clean({ page, complaints }: Pick<Visitor, 'page' | 'complaints'>): Promise<void> {
    assert.deepEqual(await notedIn(page), { moved: [], violations: [] });
    assert.deepEqual(complaints.found, []);
  }
  const judged = async (page: Page, tag: string) => assert.deepEqual(await judge(page.mainFrame(), tag), []);

  it('sells a product with options: cart, code, reload, checkout by keyboard, mails, desk, stock', async () => {
    const visitor = await visit();
    const { context, page, shop } = visitor;
    assert.deepEqual(await storedIn(page), [0, '', 0]);
    const pictures = shop.locator('.card img');
    assert.equal(await pictures.count(), 8);
    await pictures.last().scrollIntoViewIfNeeded();
    for (const picture of await pictures.all()) assert.deepEqual(await drawnAsTold(picture), [true, true]);
    await judged(page, 'inlay-shop');

    await choose(shop, 'Speckled mug', 'Moss');
    assert.equal(await shop.getByText(/Only \d left/).count(), 0);
    await shop.getByRole('button', { name: 'One more' }).click();
    assert.deepEqual(await storedIn(page), [0, '', 0], 'looking at a product stores nothing');
    await shop.getByRole('button', { name: 'Add to cart' }).click();
    await shop.getByText('Speckled mug is in your cart.').last().waitFor();
    await clean(visitor);

    await page.reload();
    await shop.getByRole('button', { name: 'Your cart, 2 items' }).click();
    await shop.getByText('Do you have a promo code?').click();
    await shop.getByRole('textbox', { name: 'Promo code' }).fill('FIRSTKILN');
    await shop.getByRole('button', { name: 'Apply' }).click();
    await shop.getByText('First firing, 10 % off').first().waitFor();
    await shop.getByText('-€4.80').first().waitFor();
    await judged(page, 'inlay-shop');

    await shop.getByRole('button', { name: 'Go to checkout' }).focus();
    await page.keyboard.press('Enter');
    await shop.getByLabel('Town').waitFor();
    await judged(page, 'inlay-shop');
    // The address is British until its country is said. Every field follows the one before it, and the form is sent from the last.
    await shop.getByLabel('E-mail').focus();
    await type(page, buyer.email, buyer.name, '', null, 'Veveří 12', '', 'Brno', '', '602 00', 'Czechia');
    await shop.getByRole('button', { name: 'Buy now for €50.10' }).focus();
    await page.keyboard.press('Enter');
    await shop.getByRole('heading', { name: 'Thank you for your order' }).waitFor();
    const number = await shop.locator('dd').first().innerText();
    assert.deepEqual(await storedIn(page), [0, '', 0], 'the cart is empty');
    await clean(visitor);

    const link = linkIn(await mailTo(buyer.email, new RegExp(number)));
    assert.equal(await shop.getByRole('link', { name: 'Look at your order' }).getAttribute('href'), link);
    const order = await context.newPage();
    await order.goto(link);
    const card = order.locator('inlay-shop-order');
    await card.getByRole('heading', { name: `Order ${number}` }).waitFor();
    for (const words of ['Being prepared', 'Not paid yet', '€50.10', 'PT50 0002 0123 1234 5678 9015 4'])
      await card.getByText(words).first().waitFor();
    assert.deepEqual(await drawnAsTold(card.locator('img').first()), [true, true]);
    await judged(order, 'inlay-shop-order');
    await clean({ page: order, complaints: visitor.complaints });

    const desk = await openDesk();
    await desk.page.goto(`${desk.client}/m/shop/order`);
    await desk.page.getByRole('link', { name: number }).click();
    await desk.page.getByRole('heading', { level: 1, name: number }).waitFor();
    const steps = desk.page.locator('.head .actions').getByRole('button');
    assert.deepEqual(await steps.allInnerTexts(), ['Mark as paid', 'Mark as shipped', 'Cancel']);
    await steps.getByText('Mark as paid').click();
    await desk.page.getByRole('definition').getByText('Paid', { exact: true }).waitFor();
    assert.deepEqual(await steps.allInnerTexts(), ['Mark as shipped']);
    await steps.getByText('Mark as shipped').click();
    await desk.page.getByRole('definition').getByText('Fulfilled', { exact: true }).waitFor();
    assert.deepEqual(await steps.allInnerTexts(), ['Mark as delivered']);
    await desk.page.goto(`${desk.client}/m/stock/level`);
    const moss = desk.page.getByRole('row').filter({ hasText: 'SPECKLED-MUG-2' });
    await moss.getByRole('cell', { name: '4', exact: true }).waitFor();
    await moss.getByRole('cell', { name: '0', exact: true }).waitFor();
    assert.deepEqual(desk.complaints.found, []);

    assert.equal(linkIn(await mailTo(buyer.email, /On its way/)), link);
    await order.reload();
    await card.getByText('On its way').waitFor();
    assert.equal(await card.getByRole('button', { name: 'Cancel the order' }).count(), 0);
    await clean({ page: order, complaints: visitor.complaints });
  });

  it('gives the last piece to one of two, and to the next once its order is cancelled by its link', async () => {
    const [first, second] = [await visit(), await visit()];
    for (const [{ shop }, person] of [
      [first, quick],
      [second, slow],
    ] as const) {
      await choose(shop, 'Bottle vase', '34 cm');
      await shop.getByText('Only 1 left').waitFor();
      await shop.getByRole('button', { name: 'Add to cart' }).click();
      await toCheckout(shop, person);
    }
    await first.shop.getByRole('button', { name: /^Buy now/ }).click();
    await first.shop.getByRole('heading', { name: 'Thank you for your order' }).waitFor();
    await second.shop.getByRole('button', { name: /^Buy now/ }).click();
    await second.shop.getByText('Someone was a moment quicker.').waitFor();
    await second.shop.getByText('Bottle vase is sold out and was taken out of your cart.').waitFor();
    await clean(first);

    const { context, complaints } = first;
    const order = await context.newPage();
    await order.goto(linkIn(await mailTo(quick.email, /^Your order/)));
    const card = order.locator('inlay-shop-order');
    await card.getByRole('button', { name: 'Cancel the order' }).click();
    await card.getByRole('heading', { name: 'Cancel this order?' }).waitFor();
    await card.getByRole('button', { name: 'Cancel the order' }).click();
    await card.getByText('Your order is cancelled.').waitFor();
    await clean({ page: order, complaints });
    await mailTo(quick.email, /^Cancelled/);

    await second.shop.getByRole('button', { name: 'Continue shopping' }).click();
    await choose(second.shop, 'Bottle vase', '34 cm');
    await second.shop.getByRole('button', { name: 'Add to cart' }).click();
    await toCheckout(second.shop, slow);
    await second.shop.getByRole('button', { name: /^Buy now/ }).click();
    await second.shop.getByRole('heading', { name: 'Thank you for your order' }).waitFor();
  });

  /** The desk of the business that sells. */
  async function openDesk() {
    const { context, complaints } = await openContext(world.browser);
    const page = await context.newPage();
    await signInTo(page, world.demo.dashboardUrl, world.demo, complaints);
    await page
      .getByRole('link', { name: /Kiln & Clay/ })
      .first()
      .click();
    await page.waitForURL(/\/clients\/[^/]+/);
    return { page, complaints, client: /^.*\/clients\/[^/?#]+/.exec(page.url())![0] };
  }
});

/** How much the page has in either storage, and its cookies. */
const storedIn = (page: Page) =>
  page.evaluate(() => [localStorage.length, document.cookie, sessionStorage.length] as const);

/** Whether a picture has a size of its own in the page, and whether it came. */
const drawnAsTold = (picture: Locator) =>
  picture.evaluate(async node => {
    const image = node as HTMLImageElement;
    await image.decode();
    return [+image.getAttribute('width')! > 0 && +image.getAttribute('height')! > 0, image.naturalWidth > 0];
  });

/** Types into one field after the other; null leaves one as it is. */
async function type(page: Page, ...texts: readonly (string | null)[]): Promise<void> {
  for (const text of texts) {
    if (text) await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
}
