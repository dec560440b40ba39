/** Pages that have altered the browser's own objects, or say what we do not have: the widget is there and nothing throws. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inPage, steps } from './steps.ts';

/** Scripts that run before ours. */
const altered: Readonly<Record<string, string>> = {
  'prototypes are frozen':
    'for (const { prototype } of [Object, Array, Function, String, Promise, Map]) Object.freeze(prototype)',
  'prototypes have more': `Object.prototype.extend = function () {}; Array.prototype.remove = function () {}; Function.prototype.defer = function () {}
    Array.prototype.toJSON = function () { return 'text' }; String.prototype.toJSON = function () { return this }`,
  'Promise and fetch are wrapped': `{ const { Promise: own, fetch: ask } = window; window.Promise = class Zone extends own {}
    window.fetch = async function () { return await ask.apply(window, arguments) } }`,
  'functions of ES5 are the page’s own':
    'Array.from = list => [].slice.call(list); Object.keys = (keys => of => keys(of).slice())(Object.keys)',
  'timers pass no arguments on': 'window.setTimeout = (own => (work, time) => own(() => work(), time))(setTimeout)',
  'the base of its addresses is elsewhere':
    "document.head.prepend(Object.assign(document.createElement('base'), { href: 'https://elsewhere.example/sub/' }))",
};

describe('a page that has altered what it runs on', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  for (const [name, source] of Object.entries(altered))
    it(`${name}: a booking is made`, async () => {
      const foreign = await world.open(`<script>${source}</script>${world.script()}${tag}`);
      for (const step of steps) await step.go(inPage(foreign.page));
      const { events, errors } = await foreign.watched();
      assert.deepEqual(events, ['ready', 'booking-held', 'booking-confirmed']);
      assert.deepEqual([errors, foreign.said], [[], []]);
      await foreign.close();
    });

  it('a console that cannot warn: what is wrong with a tag is told by its event', async () => {
    const foreign = await world.open(
      `<script>window.console = { log() {} }</script>${world.script()}<inlay-nothing></inlay-nothing>`,
    );
    await foreign.heard('error');
    const { events, errors } = await foreign.watched();
    assert.deepEqual([events, errors], [['error NOT_ENABLED'], []]);
    await foreign.close();
  });

  for (const locale of ['tlh', 'zh-Hant-TW', 'de_AT', '***', 'x'.repeat(3000)])
    it(`a language that we do not have, or that is none (${locale.slice(0, 12)}): the words are of one that we have`, async () => {
      const foreign = await world.open(
        `${world.script()}${tag.replace('<inlay-booking', `<inlay-booking locale="${locale}"`)}`,
      );
      await foreign.heard('ready');
      const language = await inPage(foreign.page).evaluate(
        element => element.shadowRoot!.querySelector<HTMLElement>('.frame')!.lang,
      );
      assert.match(language, /^[a-z]{2,3}(?:-|$)/i);
      await inPage(foreign.page).getByRole('heading').first().waitFor();
      const { events, errors } = await foreign.watched();
      assert.deepEqual([events, errors, foreign.said], [['ready'], [], []]);
      await foreign.close();
    });

  it('the scripts of two sites are one, the first; nothing throws', async () => {
    const other = world.demo.sites[1]!.siteKey;
    const asked: string[] = [];
    const plain = (key: string) => world.script(key).replace(' async', '');
    const foreign = await world.open(`${plain(world.siteKey)}${plain(other)}${tag}`, {
      prepare: async context => {
        context.on('request', request => {
          if (request.url().includes('/session?')) asked.push(new URL(request.url()).pathname);
        });
      },
    });
    await foreign.heard('ready');
    await steps[1]!.go(inPage(foreign.page));
    assert.deepEqual(asked, [`/embed/${world.siteKey}/session`]);
    const { events, errors } = await foreign.watched();
    assert.deepEqual([events, errors, foreign.said], [['ready'], [], []]);
    await foreign.close();
  });
});
