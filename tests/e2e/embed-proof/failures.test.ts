import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { type ForeignPage, type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inFrame, inPage, steps } from './steps.ts';

describe('a visitor sees a way on', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  const files = '**/embed/c/**';
  const session = '**/session?*';
  const silent = () => new Promise<void>(() => {});
  const cases: Readonly<Record<string, { code: RegExp; break(context: BrowserContext): Promise<unknown> }>> = {
    'files never come': { code: /^TIMEOUT$/, break: context => context.route(files, silent) },
    'files are blocked': { code: /^UNREACHABLE$/, break: context => context.route(files, route => route.abort()) },
    'files are broken': {
      code: /^UNREACHABLE$/,
      break: context => context.route(files, route => route.fulfill({ status: 503 })),
    },
    'the API never answers': { code: /^TIMEOUT$/, break: context => context.route(session, silent) },
    'the API is blocked': { code: /^UNREACHABLE$/, break: context => context.route(session, route => route.abort()) },
    'the API is broken': {
      code: /^UNREACHABLE$/,
      break: context =>
        context.route(session, route =>
          route.fulfill({ status: 503, headers: { 'access-control-allow-origin': '*' }, body: 'down' }),
        ),
    },
    'the visitor goes offline after the script': {
      code: /^UNREACHABLE$/,
      break: context => context.route(/\/session\?|\/embed\/c\//, route => route.abort('internetdisconnected')),
    },
    'the browser knows that it is offline': {
      code: /^OFFLINE$/,
      break: context =>
        context.route(/\/session\?|\/embed\/c\//, async route => {
          await context.setOffline(true);
          await route.abort('internetdisconnected');
        }),
    },
  };

  /** The browser's own lines about a request that failed are not ours to keep back. */
  const ours = ({ said }: ForeignPage) =>
    said.filter(text => !/^(?:Failed to load resource|Access to|Failed to preload)/.test(text));
  const again = ({ page }: ForeignPage) => page.getByRole('button', { name: 'Try again' });

  for (const [name, { code, break: make }] of Object.entries(cases))
    for (const mode of ['inline', 'frame'])
      it(`${name}, ${mode}: a way on, one warning, one event, and a second try works`, async () => {
        const foreign = await world.open(
          `${world.script()}${tag.replace('<inlay-booking', `<inlay-booking mode="${mode}"`)}`,
          { policy: 'strict', prepare: make },
        );
        await again(foreign).waitFor();
        const { events, errors } = await foreign.watched();
        assert.equal(events.length, 1, `${events}`);
        assert.match(events[0]!.replace('error ', ''), code);
        assert.deepEqual(errors, []);
        assert.equal(ours(foreign).length, 1, ours(foreign).join('\n'));
        assert.doesNotMatch(ours(foreign)[0]!, /message: undefined/);
        await foreign.page.context().unrouteAll({ behavior: 'ignoreErrors' });
        await foreign.page.context().setOffline(false);
        // A reply that was only late has come by now and needs no second try.
        await Promise.any([again(foreign).click(), foreign.heard('ready')]);
        await foreign.heard('ready');
        assert.equal(await again(foreign).count(), 0);
        await foreign.close();
      });

  for (const mode of ['inline', 'frame'])
    it(`the browser is offline, ${mode}: said in the widget, with a way on, which works once it is online`, async () => {
      const foreign = await world.open(
        `${world.script()}${tag.replace('<inlay-booking', `<inlay-booking mode="${mode}"`)}`,
      );
      const { page } = foreign;
      const place = mode === 'frame' ? inFrame(page) : inPage(page);
      await foreign.heard('ready');
      for (const step of steps.slice(0, 2)) await step.go(place);
      await page.context().setOffline(true);
      await place
        .getByRole('button', { name: /Jakub Marek/ })
        .first()
        .click();
      await place.getByText('You are offline').waitFor();
      const retry = place.getByRole('button', { name: 'Try again' });
      await retry.click();
      await place.getByText('You are offline').waitFor();
      assert.ok(await retry.isVisible());
      await page.context().setOffline(false);
      const times = place.getByRole('button', { name: /^\d{1,2}:\d\d/ }).first();
      // The widget goes on by itself when the browser says so, or when the visitor does.
      await Promise.any([times.waitFor(), retry.click({ timeout: 500 })]);
      await times.click();
      await place.getByRole('heading', { name: 'Your details' }).waitFor();
      assert.deepEqual((await foreign.watched()).errors, []);
      await foreign.close();
    });

  it('a tag of a module that the site does not have, an unknown key, a page that was not registered', async () => {
    const strange = world.demo.embedOrigin.replace('localhost', '127.0.0.1');
    for (const [code, body, origin] of [
      ['NOT_ENABLED', `${world.script()}<inlay-nothing></inlay-nothing>`, undefined],
      ['UNKNOWN_SITE', `${world.script('site_aaaaaaaaaaaaaaaa')}${tag}`, undefined],
      // The browser hides the refusal from the page; the site's own script knows where it may run.
      ['ORIGIN_NOT_ALLOWED', `${world.script()}${tag}`, strange],
    ] as const) {
      const foreign = await world.open(body, origin === undefined ? {} : { origin });
      await again(foreign).waitFor();
      assert.deepEqual((await foreign.watched()).events, [`error ${code}`]);
      assert.deepEqual((await foreign.watched()).errors, []);
      assert.equal(ours(foreign).length, 1);
      if (origin) assert.ok(ours(foreign)[0]!.includes(`${origin} is not among the addresses`), ours(foreign)[0]);
      await foreign.close();
    }
  });

  it('what counts visits is blocked, as by a blocker of trackers: nothing throws, and nobody is told', async () => {
    let asked = 0;
    const foreign = await world.open(`${world.script()}${tag}`, {
      prepare: context =>
        context.route('**/embed/c/beacon-*', route => {
          asked++;
          return route.abort('blockedbyclient');
        }),
    });
    await foreign.heard('ready');
    await foreign.page.waitForTimeout(2500);
    assert.ok(asked > 0);
    const { events, errors } = await foreign.watched();
    assert.deepEqual({ events, errors, said: ours(foreign) }, { events: ['ready'], errors: [], said: [] });
    await foreign.close();
  });

  it('our script itself is blocked: the page stays as it is, and keeps the room', async () => {
    const foreign = await world.open(`${world.script()}${tag}<p id="below">below</p>`, {
      policy: 'strict',
      prepare: context => context.route('**/embed/site_*.js', route => route.abort()),
    });
    await foreign.page.waitForTimeout(500);
    assert.ok((await foreign.page.locator('#below').boundingBox())!.y > 400);
    assert.deepEqual((await foreign.watched()).errors, []);
    assert.equal(await inPage(foreign.page).locator('*').count(), 1);
    await foreign.close();
  });
});
