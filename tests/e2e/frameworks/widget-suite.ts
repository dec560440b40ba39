/** What every framework's wrapper owes a page, written once: the framework brings its source alone. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type App, type AppWorld, leftovers, service, set, staffStep } from './app-page.ts';

/**
 * The page's app shows `<inlay-booking>` among the items `b` and `c` of a list. `window.set` changes `order` (with `widget`
 * in it), `shown`, `service`, and `mode`: where that is set, a button "Book a visit" opens the widget. It tells
 * `ready` and `held` in `window.told`.
 */
export function behavesAsWidget(world: () => AppWorld, app: App): void {
  const told = () => (window as unknown as { told: string[] }).told;

  it('shows once with one session, tells its events, follows its attributes, and keeps its state in another order', async () => {
    const opened = await world().open(app);
    const { page } = opened;
    await service(page).waitFor();
    assert.equal(await service(page).count(), 1);
    assert.equal(await page.locator('script[src*="/embed/"]').count(), 1);
    await service(page).click();
    await staffStep(page).waitFor();
    await set(page, { order: ['b', 'c', 'widget'] });
    await page.locator('li:last-child inlay-booking').waitFor();
    assert.ok(await staffStep(page).isVisible());
    await set(page, { service: 'beard' });
    const widget = page.locator('inlay-booking');
    await widget.getByRole('heading', { name: 'When suits you?' }).waitFor();
    const time = widget.getByRole('button', { name: /^\d{1,2}:\d\d/ }).first();
    await time.click();
    await widget.getByRole('heading', { name: 'Your details' }).waitFor();
    assert.deepEqual(await page.evaluate(told), ['ready', 'held']);
    await set(page, { service: undefined });
    await service(page).waitFor();
    assert.equal(opened.sessions(), 1);
    assert.deepEqual(opened.said, []);
    await opened.close();
  });

  it('a mode holds for a tag that is made after the element was defined', async () => {
    const opened = await world().open(app);
    const { page } = opened;
    await service(page).waitFor();
    await set(page, { mode: 'popup' });
    await page.getByRole('button', { name: 'Book a visit' }).click();
    await service(page).waitFor();
    assert.ok(await page.getByRole('dialog', { name: 'Book a visit' }).isVisible());
    assert.deepEqual(opened.said, []);
    await opened.close();
  });

  it('leaves nothing when it is taken out, however often', async () => {
    const opened = await world().open(app);
    const { page } = opened;
    await service(page).waitFor();
    await set(page, { shown: false });
    await service(page).waitFor({ state: 'detached' });
    const first = await leftovers(opened);
    for (let i = 0; i < 10; i++) {
      await set(page, { shown: true });
      await service(page).waitFor();
      await set(page, { shown: false });
      await service(page).waitFor({ state: 'detached' });
    }
    assert.deepEqual(await leftovers(opened), first);
    assert.equal(opened.sessions(), 1);
    assert.deepEqual(opened.said, []);
    await opened.close();
  });
}

/** Where a server has made the page: what it sent is taken over, and a widget that was there first is left as it is. */
export function hydrates(world: () => AppWorld, app: App): void {
  it('takes over what a server has made, before and after the widget is there, without a word', async () => {
    for (const early of [true, false]) {
      const opened = await world().open({ ...app, server: true });
      const { page } = opened;
      const hydrate = () => page.evaluate(() => void (window as unknown as { hydrate(): unknown }).hydrate());
      if (early) await hydrate();
      await service(page).click();
      await staffStep(page).waitFor();
      if (!early) await hydrate();
      await set(page, { order: ['b', 'c', 'widget'] });
      await page.locator('li:last-child inlay-booking').waitFor();
      assert.ok(await staffStep(page).isVisible());
      assert.equal(await page.locator('inlay-booking').count(), 1);
      assert.equal(opened.sessions(), 1);
      assert.deepEqual(opened.said, []);
      await opened.close();
    }
  });
}
