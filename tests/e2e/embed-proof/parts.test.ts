import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { fairOrigin, startFairWorld } from '../../support/fair-world.ts';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inPage, steps } from './steps.ts';

const parts = 'frame title item button field label error notice launcher dialog'.split(' ');
/** A length of its own for each part, in a property that nothing inherits and nothing of ours sets. */
const lengthOf = (part: string) => `${100 + parts.indexOf(part)}px`;
const css = `body { font: 16px/1.5 Georgia, serif; color: #222; background: #fff }
${parts.map(part => `*::part(${part}) { scroll-margin-top: ${lengthOf(part)} }`).join('\n')}
inlay-booking { --inlay-accent: rgb(122, 31, 110); --inlay-radius: 13px; --inlay-font: Courier; --inlay-z: 77 }`;

/** The parts of a tag, through the shadow roots within it, that the page's own style sheet reaches. */
const reached = (page: Page, tagName: string): Promise<string[]> =>
  page.evaluate(
    ([name, lengths]) => {
      const inside = (root: ParentNode): Element[] =>
        [...root.querySelectorAll('*')].flatMap(element => [
          element,
          ...(element.shadowRoot ? inside(element.shadowRoot) : []),
        ]);
      const found = inside(document.querySelector(name)!.shadowRoot!).flatMap(element =>
        lengths.flatMap(([part, length]) =>
          element.part.contains(part) && getComputedStyle(element).scrollMarginTop === length
            ? [part, `${(element.getRootNode() as ShadowRoot).host.localName} ${part}`]
            : [],
        ),
      );
      return [...new Set(found)];
    },
    [tagName, parts.map(part => [part, lengthOf(part)] as const)] as const,
  );

const has = async (page: Page, tagName: string, ...wanted: string[]) => {
  const found = await reached(page, tagName);
  const missing = wanted.filter(part => !found.includes(part));
  assert.deepEqual(missing, [], `${tagName} shows ${found}`);
};

describe('a foreign page under a strict policy styles every part and property', { timeout: 240_000 }, () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  it('booking in its place and step by step, then the booking by its link, and the contact form', async () => {
    const foreign = await world.open(`${world.script()}${tag}<hr><inlay-contact></inlay-contact>`, {
      css,
      policy: 'strict',
    });
    const { page } = foreign;
    await foreign.heard('ready', 2);
    await has(page, 'inlay-booking', 'frame', 'title', 'item', 'button');
    assert.ok(!(await reached(page, 'inlay-booking')).includes('field'), 'what is not there is not reached');
    for (const step of steps.slice(0, 5)) await step.go(inPage(page));
    await has(page, 'inlay-booking', 'frame', 'title', 'item', 'button', 'field', 'label', 'error');
    const go = inPage(page).getByRole('button', { name: /^Book / });
    const looks = await go.evaluate(element => {
      const { backgroundColor, borderTopLeftRadius, fontFamily } = getComputedStyle(element);
      return { backgroundColor, borderTopLeftRadius, fontFamily };
    });
    assert.deepEqual(looks, {
      backgroundColor: 'rgb(122, 31, 110)',
      borderTopLeftRadius: '13px',
      fontFamily: 'Courier',
    });
    await steps[5]!.go(inPage(page));
    const link = await inPage(page).locator('a.link').getAttribute('href');

    const contact = page.locator('inlay-contact');
    await contact.locator('inlaykit-phone input').waitFor();
    await contact.getByRole('button').last().click();
    await contact.getByText('Fill this in').first().waitFor();
    await has(page, 'inlay-contact', 'frame', 'title', 'button', 'field', 'label', 'error');
    await has(page, 'inlay-contact', 'inlaykit-phone field');

    await page.evaluate(token => {
      window.Inlay?.('mount', 'inlay-booking-manage', { target: 'main', token: token! });
    }, link!.split('#')[1]);
    await page
      .locator('inlay-booking-manage')
      .getByRole('button', { name: /Cancel/ })
      .click();
    await page.locator('inlay-booking-manage textarea').waitFor();
    await has(page, 'inlay-booking-manage', 'frame', 'title', 'button', 'field', 'label');
    assert.deepEqual((await foreign.watched()).violations, []);
    await foreign.close();

    const lost = await world.open(`${world.script()}<inlay-booking-manage token="none"></inlay-booking-manage>`, {
      css,
      policy: 'strict',
    });
    await lost.page.getByRole('alert').waitFor();
    await has(lost.page, 'inlay-booking-manage', 'frame', 'notice');
    await lost.close();
  });

  it('the button and the dialog of a widget in the corner, and where it lies', async () => {
    const foreign = await world.open(`${world.script()}<inlay-booking mode="float" label="Book"></inlay-booking>`, {
      css,
      policy: 'strict',
    });
    const { page } = foreign;
    await page.getByRole('button', { name: 'Book' }).waitFor();
    assert.equal(await page.locator('inlay-booking').evaluate(el => getComputedStyle(el).zIndex), '77');
    await has(page, 'inlay-booking', 'frame', 'launcher');
    await page.getByRole('button', { name: 'Book' }).click();
    await foreign.heard('ready');
    await has(page, 'inlay-booking', 'dialog', 'title', 'item', 'button');
    assert.deepEqual((await foreign.watched()).violations, []);
    await foreign.close();
  });

  it('widgets of a manifest alone, and the controls of the kit in them', async () => {
    const fair = await startFairWorld();
    const { siteKey, stall } = fair.full;
    const url = fair.host.url;
    const context = await world.browser.newContext();
    const tags = ['fair', 'fair-cards', 'fair-find', 'fair-days', 'fair-ask', 'fair-book'].map(name => `inlay-${name}`);
    await context.route(`${fairOrigin}/`, route =>
      route.fulfill({
        contentType: 'text/html',
        headers: {
          'Content-Security-Policy': `default-src 'none'; script-src ${url}; connect-src ${url}; style-src 'self'`,
        },
        body: `<!doctype html><html lang="en"><title>Fair</title><link rel="stylesheet" href="/ours.css"><script async src="${url}/embed/${siteKey}.js"></script>${tags.map(name => `<${name}></${name}>`).join('')}<inlay-fair-one record="${stall}"></inlay-fair-one>`,
      }),
    );
    await context.route(`${fairOrigin}/ours.css`, route => route.fulfill({ contentType: 'text/css', body: css }));
    const page = await context.newPage();
    await page.goto(`${fairOrigin}/`);
    for (const name of [...tags, 'inlay-fair-one']) await page.locator(`${name} h2`).first().waitFor();
    await page.locator('inlay-fair-book inlaykit-signature .pad').first().waitFor();
    for (const name of ['inlay-fair', 'inlay-fair-cards']) await has(page, name, 'frame', 'title', 'item', 'button');
    await has(page, 'inlay-fair-find', 'frame', 'title', 'item', 'field', 'label');
    await has(page, 'inlay-fair-days', 'frame', 'title', 'item', 'button');
    await has(page, 'inlay-fair-one', 'frame', 'title');
    await has(page, 'inlay-fair-ask', 'frame', 'title', 'field', 'label', 'button');
    await has(page, 'inlay-fair-book', 'frame', 'title', 'button');
    const inner = ['phone field', 'phone label', 'address field', 'choice label', 'date button', 'time field'];
    await has(page, 'inlay-fair-book', ...inner.map(part => `inlaykit-${part}`));
    await context.close();
    await fair.stop();
  });
});
