import { after, before, describe, it } from 'node:test';
import { check } from './axe.ts';
import { all, close, type FairPages, shown, startFairPages, tagOf } from './fair-pages.ts';
import { hasFocus, tabTo } from './reach-checks.ts';
import { type Host, keyed, toRecords } from './record-stops.ts';
import { walk } from './walk.ts';

const records = ['fair', 'fair-find', 'fair-days'] as const;

describe('axe finds nothing serious in records, whatever comes between, and the focus goes on', {
  timeout: 600_000,
}, () => {
  let fair: FairPages;
  before(async () => {
    fair = await startFairPages();
  });
  after(() => fair?.stop());

  it('on their way, refused, gone, and with all that there is to tell', async () => {
    const { full } = fair.world;
    const host: Host = { answer: route => route.continue(), release() {} };
    const body = [...records.map(name => tagOf(name, full)), '<inlay-booth-wall></inlay-booth-wall>'].join('<hr>');
    const page = await fair.open(body, full, context => context.route('**/page', route => host.answer(route)));
    await shown(page, records);
    await walk({ page, name: 'records', tag: 'main', stops: toRecords(page, host) });
    await close(page);
  });

  it('quotations; pictures that come, that do not, and none; a record that nobody has; a day of a month', async () => {
    const { full } = fair.world;
    const body = `<inlay-booth-voices></inlay-booth-voices><hr><inlay-booth-wall></inlay-booth-wall><hr>
      <inlay-fair-one record="00000000-0000-7000-8000-000000000000"></inlay-fair-one><hr>${tagOf('fair-days', full)}`;
    for (const root of ['lang="en"', 'lang="ar" dir="rtl"']) {
      const page = await fair.open(body, full, undefined, root);
      await page.locator('inlay-booth-voices li').nth(2).waitFor();
      await page.locator('inlay-fair-one').getByRole('alert').waitFor();
      const wall = page.locator('inlay-booth-wall');
      await wall.locator('button.plain').press('Enter');
      await wall.locator('li').nth(2).waitFor();
      await page.waitForFunction(
        () => document.querySelector('inlay-booth-wall')!.shadowRoot!.querySelector('img')?.naturalWidth,
      );
      const days = page.locator('inlay-fair-days');
      await days.locator('td.free').first().press('Enter');
      await days.locator('.list h3').waitFor();
      await hasFocus(page, /^td /, 'a day that was picked');
      await check(page, `records ${root}`);
      await close(page);
    }
    const page = await fair.open('<inlay-booth-wall></inlay-booth-wall>', full, context =>
      context.route('**/content?*', route => route.abort()),
    );
    await page.locator('inlay-booth-wall li').nth(1).waitFor();
    await page.locator('inlay-booth-wall').getByRole('button', { name: 'Show more' }).press('Enter');
    await page.locator('inlay-booth-wall li').nth(2).waitFor();
    await page.locator('inlay-booth-wall img').waitFor({ state: 'detached' });
    await check(page, 'a picture that does not come');
    await close(page);
  });

  it('each is used by Tab and keys alone', async () => {
    const { full } = fair.world;
    const page = await fair.open(all(full), full);
    await shown(page);
    for (const { tag, way, seen } of keyed) {
      // From the top of its own widget on, whatever is before it.
      await page.locator(tag).evaluate(widget => {
        const before = document.createElement('button');
        widget.before(before);
        before.focus();
        before.addEventListener('blur', () => before.remove(), { once: true });
      });
      for (const [reach, keys, pause = 0] of way) {
        await tabTo(page, reach);
        await page.waitForTimeout(pause);
        for (const key of keys) await page.keyboard.press(key);
      }
      await seen(page);
    }
    await close(page);
  });
});
