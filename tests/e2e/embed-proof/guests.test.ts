import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { ApiClient } from '../../../edge/demo/api-client.ts';
import type { InlayFunction } from '../../../embed-sdk/types.ts';
import type { Client, Site } from '../../../schemas/protocol/index.ts';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inPage, steps } from './steps.ts';

describe('guests on somebody else’s page', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  /** Requests to us by path, in order, from the moment a context is made. */
  const requests = (paths: string[]) => async (context: BrowserContext) => {
    context.on('request', request => {
      if (request.url().startsWith(world.host.url)) paths.push(new URL(request.url()).pathname);
    });
  };
  const count = (paths: readonly string[], part: string) => paths.filter(path => path.includes(part)).length;

  it('the same script twice is one: one session, one runtime, no error', async () => {
    const paths: string[] = [];
    const foreign = await world.open(`${world.script()}${world.script()}${tag}${world.script()}`, {
      prepare: requests(paths),
    });
    await foreign.heard('ready');
    await foreign.page.waitForTimeout(500);
    assert.equal(count(paths, `${world.siteKey}/session`), 1);
    assert.equal(count(paths, '/runtime-'), 1);
    assert.deepEqual((await foreign.watched()).events, ['ready']);
    assert.deepEqual((await foreign.watched()).errors, []);
    assert.deepEqual(foreign.said, []);
    await foreign.close();
  });

  it('a pinned script beside the current one, and a second copy of the widget: no error, one element', async () => {
    const api = new ApiClient(request => fetch(request), world.host.url);
    const { email, password } = world.demo;
    await api.send('/api/session', { body: { email, password } });
    const sites: Site[] = [];
    for (const { id } of await api.get<Client[]>('/api/clients'))
      sites.push(...(await api.get<Site[]>(`/api/clients/${id}/sites`)));
    const { id } = sites.find(({ siteKey }) => siteKey === world.siteKey)!;
    const { script: pinned } = await api.send<{ script: string }>(`/api/sites/${id}/pins`, { body: {} });
    for (const body of [`${pinned}${world.script()}${tag}`, `${world.script()}${tag}${pinned}`]) {
      const foreign = await world.open(body);
      await foreign.heard('ready');
      const file = await foreign.page.evaluate(
        () => document.querySelector<HTMLLinkElement>('link[rel=modulepreload][href*=inlay-booking]')!.href,
      );
      await foreign.page.evaluate(copy => import(copy), `${file}?another-version`);
      await inPage(foreign.page)
        .getByRole('button', { name: /Cut and finish/ })
        .click();
      await foreign.page.waitForTimeout(300);
      assert.deepEqual((await foreign.watched()).events, ['ready']);
      assert.deepEqual((await foreign.watched()).errors, []);
      assert.deepEqual(foreign.said, []);
      await foreign.close();
    }
  });

  it('another build beside the current one: whichever comes first, both tags live, on one runtime', async () => {
    const other = `${world.host.url}/embed/${world.siteKey}.js?other-build`;
    /** Every file of ours under another address, with another constant in it: what a second build is to the page. */
    const otherBuild = (context: BrowserContext) =>
      context.route(/\?other-build$/, async route => {
        const reply = await route.fetch({ url: route.request().url().replace('?other-build', '') });
        const body = (await reply.text())
          .replaceAll(/([./\w-]+\.js)(?=["'`])/g, '$1?other-build')
          .replaceAll(/(:")sha\d+-[^"]+/g, '$1')
          .replaceAll('INVALID_REQUEST', 'OTHER_BUILD')
          .replaceAll('UNREACHABLE', 'OTHER_BUILD');
        await route.fulfill({ response: reply, body });
      });
    const first = `<script src="${world.host.url}/embed/${world.siteKey}.js"></script>`;
    const second = first.replace('.js"', '.js?other-build"');
    for (const body of [`${first}${second}${tag}${tag}`, `${second}${first}${tag}${tag}`]) {
      const paths: string[] = [];
      const foreign = await world.open(body, {
        prepare: async context => {
          await requests(paths)(context);
          await otherBuild(context);
        },
      });
      await foreign.heard('ready', 2);
      await foreign.page.evaluate(src => {
        document.head.append(Object.assign(document.createElement('script'), { src }));
      }, other);
      await foreign.page.waitForTimeout(500);
      assert.equal(count(paths, '/runtime-'), 1);
      assert.equal(count(paths, `${world.siteKey}/session`), 1);
      assert.deepEqual((await foreign.watched()).events, ['ready', 'ready']);
      assert.deepEqual((await foreign.watched()).errors, []);
      assert.deepEqual(foreign.said, []);
      const lost = await foreign.page.evaluate(() => {
        const result = (window as unknown as { Inlay: InlayFunction }).Inlay('mount', 'inlay-booking', {
          target: '#no',
        });
        return result?.ok === false && result.error.code;
      });
      assert.equal(
        lost,
        body.startsWith(second) ? 'OTHER_BUILD' : 'INVALID_REQUEST',
        'the first script is the one in use',
      );
      await foreign.close();
    }
  });

  it('a tag that the page has defined itself stays the page’s: nothing of ours shows, and nothing throws', async () => {
    const foreign = await world.open(
      `<script>customElements.define('inlay-booking', class extends HTMLElement { connectedCallback() { this.textContent = 'ours' } })</script>${world.script()}<inlay-booking></inlay-booking>`,
    );
    await foreign.page.waitForTimeout(1500);
    const { events, errors } = await foreign.watched();
    assert.deepEqual({ events, errors }, { events: [], errors: [] });
    assert.equal(await inPage(foreign.page).evaluate(el => el.shadowRoot ?? el.textContent), 'ours');
    assert.deepEqual(foreign.said, []);
    await foreign.close();
  });

  it('two modules on a page ask for one manifest, one session for both, one runtime', async () => {
    const paths: string[] = [];
    const asked: string[] = [];
    const foreign = await world.open(`${world.script()}${tag}${world.demo.sites[0]!.contact}`, {
      prepare: async context => {
        await requests(paths)(context);
        context.on('request', request => {
          if (request.url().includes('/session?')) asked.push(new URL(request.url()).searchParams.get('m')!);
        });
      },
    });
    await foreign.heard('ready', 2);
    await foreign.page.waitForTimeout(500);
    assert.deepEqual(asked, ['booking,contact']);
    assert.equal(count(paths, '.js') - count(paths, '/embed/c/'), 1);
    assert.equal(count(paths, '/runtime-'), 1);
    assert.equal(count(paths, '/inlay-booking-'), 1);
    assert.equal(count(paths, '/generic-form-'), 1);
    const { errors, events } = await foreign.watched();
    assert.deepEqual({ errors, events }, { errors: [], events: ['ready', 'ready'] });
    await foreign.close();
  });

  it('one global, and nothing stored before consent', async () => {
    const names = async (body: string) => {
      const foreign = await world.open(body);
      if (body !== '') {
        await foreign.heard('ready');
        await inPage(foreign.page)
          .getByRole('button', { name: /Beard trim/ })
          .click();
        await inPage(foreign.page)
          .getByRole('button', { name: /^\d{1,2}:\d\d/ })
          .first()
          .click();
        await inPage(foreign.page).getByRole('heading', { name: 'Your details' }).waitFor();
        // The beacon, if a site has one, is asked for after 1.5 s.
        await foreign.page.waitForTimeout(2000);
      }
      const found = await foreign.page.evaluate(async () => ({
        names: Object.getOwnPropertyNames(window),
        kept: [
          document.cookie,
          localStorage.length,
          sessionStorage.length,
          'caches' in window ? (await caches.keys()).length : 0,
          (await indexedDB.databases()).length,
        ],
      }));
      const { stored } = await foreign.watched();
      const cookies = await foreign.page.context().cookies();
      await foreign.close();
      return { ...found, stored, cookies };
    };
    const without = new Set((await names('')).names);
    const found = await names(`${world.script()}${tag}`);
    assert.deepEqual(
      found.names.filter(name => !without.has(name)),
      ['Inlay'],
    );
    // What this test reads itself is noted as well.
    assert.deepEqual(found.stored, []);
    assert.deepEqual(found.kept, ['', 0, 0, 0, 0]);
    assert.deepEqual(found.cookies, []);
  });

  it('a page whose storage is blocked and throws has its booking all the same', async () => {
    const foreign = await world.open(`${world.script()}${tag}`, {
      prepare: context =>
        context.addInitScript(() => {
          const refuse = {
            get() {
              throw new DOMException('The operation is insecure.', 'SecurityError');
            },
          };
          for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
            Object.defineProperty(window, name, refuse);
          Object.defineProperty(Document.prototype, 'cookie', { ...refuse, set: refuse.get });
        }),
    });
    for (const step of steps) await step.go(inPage(foreign.page));
    const { events, errors } = await foreign.watched();
    assert.deepEqual(events, ['ready', 'booking-held', 'booking-confirmed']);
    assert.deepEqual(errors, []);
    await foreign.close();
  });

  it('an element of the page that is called Inlay is in nobody’s way', async () => {
    for (const before of ['<a id="Inlay">Inlay</a>', '<script>Inlay = null</script>']) {
      const foreign = await world.open(`${before}${world.script()}${tag}`);
      await foreign.heard('ready');
      assert.deepEqual((await foreign.watched()).errors, []);
      assert.equal(await foreign.page.evaluate(() => typeof window.Inlay), 'function');
      await foreign.close();
    }
  });

  it('fifty widgets ask for one manifest, one session, one runtime', async () => {
    const paths: string[] = [];
    const foreign = await world.open(world.script() + tag.repeat(50), { prepare: requests(paths) });
    await foreign.heard('ready', 50);
    assert.equal(count(paths, '.js') - count(paths, '/embed/c/'), 1);
    assert.equal(count(paths, `${world.siteKey}/session`), 1);
    assert.equal(count(paths, '/runtime-'), 1);
    assert.equal(count(paths, '/inlay-booking-'), 1);
    assert.deepEqual((await foreign.watched()).moved, []);
    await foreign.close();
  });
});
