import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startBrowser } from '../../support/browser.ts';
import { tag } from '../embed-proof/foreign-world.ts';
import { type AppWorld, leftovers, service, staffStep, startAppWorld } from './app-page.ts';

describe('on pages whose bodies are swapped', () => {
  let world: AppWorld;
  before(async () => {
    world = await startAppWorld(() => startBrowser());
  });
  after(() => world?.stop());

  /** A whole page of the site, with the same head. */
  const whole = (body: string) =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Salon</title>${world.script()}<script type="module" src="/app.js"></script></head><body>${body}</body></html>`;

  it('Turbo: visits, and back and forward from its cache', async () => {
    const links = '<a href="/two">Two</a> <a href="/none">None</a> <a href="/ours">One</a>';
    const app = await world.open({
      source: `import '@hotwired/turbo';`,
      head: world.script(),
      body: `<h1>One</h1>${links}${tag}`,
      pages: {
        '/two': whole(`<main><h1>Two</h1>${links}${tag}</main>`),
        '/none': whole(`<main><h1>None</h1>${links}</main>`),
      },
    });
    const { page } = app;
    const shown = async (heading: string) => {
      await page.getByRole('heading', { name: heading, exact: true }).waitFor();
      await service(page).waitFor();
      assert.equal(await service(page).count(), 1);
    };
    await shown('One');
    await page.getByRole('link', { name: 'Two' }).click();
    await shown('Two');
    await page.goBack();
    await shown('One');
    await page.goForward();
    await shown('Two');
    await page.getByRole('link', { name: 'None' }).click();
    await page.getByRole('heading', { name: 'None' }).waitFor();
    const first = await leftovers(app);
    for (let i = 0; i < 5; i++) {
      await page.goBack();
      await shown('Two');
      await page.goForward();
      await page.getByRole('heading', { name: 'None' }).waitFor();
    }
    assert.deepEqual(await leftovers(app), first);
    assert.equal(app.sessions(), 1, 'the page was never loaded anew');
    assert.deepEqual(app.said, []);
    await app.close();
  });

  it('a router that puts in another body, and takes a widget along that is to stay (as Astro does)', async () => {
    const app = await world.open({ head: world.script(), body: `<h1>One</h1><div id="stays">${tag}</div>` });
    const { page } = app;
    await service(page).click();
    await staffStep(page).waitFor();
    const swap = (html: string, keep: boolean) =>
      page.evaluate(
        ([text, stays]) => {
          const body = new DOMParser().parseFromString(text, 'text/html').body;
          const kept = document.querySelector('#stays');
          if (stays && kept) body.querySelector('#stays')!.replaceWith(kept);
          document.body.replaceWith(document.adoptNode(body));
        },
        [html, keep] as const,
      );
    await swap('<h1>Two</h1><div id="stays"></div>', true);
    await page.getByRole('heading', { name: 'Two' }).waitFor();
    await staffStep(page).waitFor();
    await swap('<h1>None</h1>', false);
    await page.getByRole('heading', { name: 'None' }).waitFor();
    const first = await leftovers(app);
    for (let i = 0; i < 5; i++) {
      await swap(`<h1>Again</h1>${tag}`, false);
      await service(page).waitFor();
      assert.equal(await service(page).count(), 1);
      await swap('<h1>None</h1>', false);
      await service(page).waitFor({ state: 'detached' });
    }
    assert.deepEqual(await leftovers(app), first);
    assert.equal(app.sessions(), 1);
    assert.deepEqual(app.said, []);
    await app.close();
  });

  it('htmx: parts that are swapped in, and boosted links', async () => {
    const app = await world.open({
      source: `import htmx from 'htmx.org'; window.htmx = htmx;`,
      head: world.script(),
      body: `<nav hx-boost:inherited="true" hx-boost="true"><a href="/two" hx-boost="true">Two</a></nav>
        <button hx-get="/part" hx-target="#part" hx-swap="innerHTML">Show</button>
        <button hx-get="/empty" hx-target="#part" hx-swap="innerHTML">Hide</button><div id="part"></div>`,
      pages: {
        // As a content management system would send it, with the script again.
        '/part': `${world.script()}${tag}`,
        '/empty': '<p>nothing</p>',
        '/two': whole(`<h1>Two</h1>${tag}`),
      },
    });
    const { page } = app;
    const show = async () => {
      await page.getByRole('button', { name: 'Show' }).click();
      await service(page).waitFor();
      assert.equal(await service(page).count(), 1);
    };
    const hide = async () => {
      await page.getByRole('button', { name: 'Hide' }).click();
      await service(page).waitFor({ state: 'detached' });
    };
    await show();
    await service(page).click();
    await staffStep(page).waitFor();
    await hide();
    const first = await leftovers(app);
    for (let i = 0; i < 5; i++) {
      await show();
      await hide();
    }
    assert.deepEqual(await leftovers(app), first);
    await page.getByRole('link', { name: 'Two' }).click();
    await page.getByRole('heading', { name: 'Two' }).waitFor();
    await service(page).waitFor();
    assert.equal(await service(page).count(), 1);
    assert.equal(app.sessions(), 1, 'the page was never loaded anew');
    assert.deepEqual(app.said, []);
    await app.close();
  });
});
