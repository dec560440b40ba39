/** The beacon on a page of somebody else, in a real browser: what it sends and when, and what it leaves alone. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { Demo } from '../../edge/demo/seed.ts';
import type { InlayFunction } from '../../embed-sdk/types.ts';
import type { EventBatch, PageEvent, Site } from '../../schemas/protocol/index.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { openContext, startBrowser } from '../support/browser.ts';

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

/** As when another tab is chosen, or the page is left. */
const hide = (page: Page, hidden = true) =>
  page.evaluate(value => {
    Object.defineProperty(document, 'hidden', { configurable: true, value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

/** Another page of the same document, until all that listens has heard of it. */
const goOn = (page: Page, to: string) =>
  page.evaluate(async address => {
    const { navigation } = window as unknown as { navigation: EventTarget };
    const done = new Promise(resolve => navigation.addEventListener('navigatesuccess', resolve, { once: true }));
    history.pushState(null, '', address);
    await done;
  }, to);

/** Until the file that the loader has asked for has run. */
async function runs(page: Page): Promise<void> {
  const link = await page.waitForSelector('link[rel=modulepreload][href*="/c/beacon-"]', { state: 'attached' });
  await link.evaluate(({ href }: HTMLLinkElement) => import(href));
}

interface VisitOptions extends BrowserContextOptions {
  /** Runs before anything of the page. */
  readonly script?: () => void;
  /** The page has scripts of its own in its text. */
  readonly inline?: boolean;
}

interface Visit {
  readonly page: Page;
  readonly batches: EventBatch[];
  readonly complaints: readonly string[];
  events(): PageEvent[];
  /** Until an event of the kind was sent, once or as often as told. */
  sent(kind: string, times?: number): Promise<void>;
  /** Until everything that the page has asked the network for by now is known here. */
  flushed(): Promise<void>;
  close(): Promise<void>;
}

describe('the beacon', () => {
  let host: TestHost;
  let browser: Browser;
  let demo: Demo;
  let api: ApiClient;
  let site: Site;
  before(async () => {
    host = await startHost({ demo: true });
    demo = JSON.parse(readFileSync(join(host.dataFolder!, 'demo.json'), 'utf8')) as Demo;
    browser = await startBrowser();
    api = new ApiClient(fetch, host.url);
    await api.send('/api/session', { body: { email: demo.email, password: demo.password } });
    const clients = await api.get<{ id: string; name: string }[]>('/api/clients');
    site = (await api.get<Site[]>(`/api/clients/${clients.find(({ name }) => name.startsWith('Rosa'))!.id}/sites`))[0]!;
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  /** A page at the salon's own origin, under a strict policy; the beacon comes 1.5 s after the loader. */
  async function visit(body: string, options: VisitOptions = {}): Promise<Visit> {
    const { context, complaints } = await openContext(browser, { userAgent: AGENT, ...options });
    const page = await context.newPage();
    const batches: EventBatch[] = [];
    page.on('request', request => {
      if (!request.url().endsWith('/events')) return;
      assert.equal(request.method(), 'POST');
      assert.equal(request.headers()['cookie'], undefined);
      batches.push(JSON.parse(request.postData()!) as EventBatch);
    });
    await page.route(`${demo.embedOrigin}/**`, route =>
      route.fulfill({
        contentType: 'text/html',
        headers: {
          'Content-Security-Policy': `default-src 'none'; script-src ${host.url}${options.inline ? " 'unsafe-inline'" : ''}; connect-src ${host.url}; require-trusted-types-for 'script'`,
          'Referrer-Policy': 'no-referrer',
        },
        body: `<!doctype html><html lang="en"><body><p>before</p>${body}</body></html>`,
      }),
    );
    if (options.script) await page.addInitScript(options.script);
    await page.goto(`${demo.embedOrigin}/prices?utm_source=letter&utm_campaign=spring&name=Ada`);
    await runs(page);
    const events = () => batches.flatMap(batch => batch.events);
    return {
      page,
      batches,
      complaints: complaints.found,
      events,
      async sent(kind, times = 1) {
        const isMissing = () => events().filter(event => event.kind === kind).length < times;
        for (let tries = 0; tries < 100 && isMissing(); tries++) await page.waitForTimeout(100);
      },
      async flushed() {
        // Requests of a page are told in their order.
        const last = `${host.url}/embed/${demo.sites[0]!.siteKey}.js?last=${crypto.randomUUID()}`;
        const seen = page.waitForRequest(last);
        await page.evaluate(address => fetch(address), last);
        await seen;
      },
      close: () => context.close(),
    };
  }
  const script = () => `<script async src="${host.url}/embed/${demo.sites[0]!.siteKey}.js"></script>`;
  const booking = () => `${script()}<inlay-booking></inlay-booking>`;
  const setMode = (analytics: string) => api.send(`/api/sites/${site.id}`, { method: 'PATCH', body: { analytics } });
  const namesOf = (events: readonly PageEvent[]) => events.map(({ kind, name }) => (name ? `${kind} ${name}` : kind));

  it('tells of a view, an impression, the first use and the steps, in batches, and of speed at the end', async () => {
    const { page, batches, events, sent, complaints, close } = await visit(booking());
    await page
      .locator('inlay-booking')
      .getByRole('button', { name: /Beard trim/ })
      .click();
    await sent('start');
    await page.locator('inlay-booking').evaluate(el => {
      for (const type of ['booking-held', 'booking-confirmed', 'something-else'])
        el.dispatchEvent(new CustomEvent(`inlay:${type}`, { bubbles: true, composed: true }));
    });
    const globals = await page.evaluate(() => Object.keys(window).filter(name => /inlay|beacon/i.test(name)));
    assert.deepEqual(globals, ['Inlay']);
    const stored = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
    assert.deepEqual(stored, [0, 0, '']);
    await hide(page);
    await sent('complete');
    const told = namesOf(events().filter(({ kind }) => kind !== 'vital'));
    assert.deepEqual(told.slice(0, 5), [
      'view',
      'impression',
      'start',
      'step booking-held',
      'complete booking-confirmed',
    ]);
    const vitals = events().filter(({ kind }) => kind === 'vital');
    assert.ok(vitals.some(({ name, widget, value }) => name === 'ready' && widget === 'inlay-booking' && value! > 0));
    assert.ok(
      // What a click moves counts as well where it is answered late.
      vitals.some(({ name, value }) => name === 'cls' && value! < 0.1),
      JSON.stringify(vitals),
    );
    const [first] = batches;
    assert.deepEqual(
      { ...first, events: [] },
      {
        path: '/prices',
        referrer: '',
        source: 'letter',
        medium: null,
        campaign: 'spring',
        locale: 'en',
        device: 'desktop',
        events: [],
      },
    );
    assert.ok(batches.length <= 4, `${batches.length} batches`);
    assert.deepEqual(complaints, []);
    await close();
  });

  it('what a page still has when it is left arrives all the same', async () => {
    // Without anything between the page and the network, which would end with the page.
    const { context } = await openContext(browser, { userAgent: AGENT });
    const page = await context.newPage();
    const completions = async () => {
      const path = `/api/sites/${site.id}/analytics?metrics=completions`;
      return (await api.get<{ totals: Record<string, number> }>(path)).totals['completions']!;
    };
    const before = await completions();
    await page.goto(demo.embedOrigin);
    await runs(page);
    await page
      .locator('inlay-booking')
      .getByRole('button', { name: /Beard trim/ })
      .click();
    await page.waitForTimeout(300);
    await page.locator('inlay-booking').evaluate(el => {
      el.dispatchEvent(new CustomEvent('inlay:booking-confirmed', { bubbles: true, composed: true }));
    });
    await page.goto('about:blank');
    for (let tries = 0; tries < 50 && (await completions()) === before; tries++)
      await new Promise(resume => setTimeout(resume, 100));
    assert.equal(await completions(), before + 1);
    await context.close();
  });

  it('a widget that nobody saw has no impression; a variant is told', async () => {
    const { page, events, sent, close } = await visit(
      `${script()}<svg width="1" height="4000" aria-hidden="true"></svg><inlay-booking variant="b"></inlay-booking>`,
    );
    await sent('view');
    await page.waitForTimeout(1_300);
    assert.deepEqual(namesOf(events().filter(({ kind }) => kind !== 'vital')), ['view']);
    await page.locator('inlay-booking').scrollIntoViewIfNeeded();
    await sent('impression');
    assert.deepEqual(
      events().find(({ kind }) => kind === 'impression'),
      { kind: 'impression', widget: 'inlay-booking', variant: 'b' },
    );
    await close();
  });

  it('another page of one document, and one that comes back, are views of their own', async () => {
    const { page, batches, sent, close } = await visit(script());
    await goOn(page, '/second?x=1');
    await goOn(page, '/second?x=2');
    await hide(page);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await hide(page);
    await sent('view', 3);
    const views = batches.flatMap(({ path, events }) =>
      events.filter(({ kind }) => kind === 'view').map(({ name }) => [path, name]),
    );
    assert.deepEqual(views, [
      ['/prices', undefined],
      ['/second', 'inner'],
      ['/second', 'inner'],
    ]);
    await close();
  });

  it('time in view, and once that the page was looked at: for a link, for a widget, for ten seconds', async () => {
    const told = (events: readonly PageEvent[]) =>
      events.filter(({ name }) => /^(?:left|time|stay)$/.test(name ?? '')).map(({ name }) => name);
    const bounced = await visit(`${script()}<a href="#x">a link</a><p>a text</p>`);
    await bounced.page.locator('p').last().click();
    await hide(bounced.page);
    await bounced.sent('vital');
    assert.deepEqual(told(bounced.events()), ['left']);
    const away = bounced.events().find(({ name }) => name === 'left')!.value!;
    // What follows is out of view, and not counted.
    await bounced.page.waitForTimeout(700);
    await hide(bounced.page, false);
    await bounced.page.locator('a').click();
    await hide(bounced.page);
    await bounced.flushed();
    assert.deepEqual(told(bounced.events()), ['left', 'time', 'stay']);
    const back = bounced.events().find(({ name }) => name === 'time')!.value!;
    const lived = await bounced.page.evaluate(() => performance.now());
    assert.ok(away > 0 && back > 0 && away + back < lived - 700, `${away} and ${back} of ${lived}`);
    await bounced.close();
    const used = await visit(booking());
    // A page that is slow to answer, so that there is an answer to be measured.
    await used.page.evaluate(() => {
      document.addEventListener('click', () => {
        for (const end = performance.now() + 80; performance.now() < end; );
      });
      new PerformanceObserver(list => {
        if (list.getEntries().some(({ name }) => name === 'click')) document.title = 'measured';
      }).observe({ type: 'event', durationThreshold: 40 } as PerformanceObserverInit);
    });
    await used.page
      .locator('inlay-booking')
      .getByRole('button', { name: /Beard trim/ })
      .click();
    await used.page.waitForFunction(() => document.title === 'measured');
    await hide(used.page);
    await used.sent('vital');
    assert.deepEqual(told(used.events()), ['left', 'stay']);
    const slow = used.events().filter(({ name }) => name === 'inp');
    assert.deepEqual(
      slow.map(({ widget, value }) => [widget, value! >= 80]),
      [
        [undefined, true],
        ['inlay-booking', true],
      ],
    );
    await used.close();
    const read = await visit(script());
    await read.page.evaluate(() => {
      const { now } = performance;
      performance.now = () => now.call(performance) + 10_000;
    });
    await hide(read.page);
    await read.sent('vital');
    assert.deepEqual(told(read.events()), ['left', 'stay']);
    await read.close();
  });

  it('GPC and Do Not Track: nothing is sent', async () => {
    const asks = [
      () => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true }),
      () => Object.defineProperty(Navigator.prototype, 'doNotTrack', { value: '1' }),
    ];
    for (const script of asks) {
      const { page, batches, flushed, close } = await visit(booking(), { script });
      await page
        .locator('inlay-booking')
        .getByRole('button', { name: /Beard trim/ })
        .click();
      await hide(page);
      await flushed();
      assert.deepEqual(batches, []);
      await close();
    }
  });

  it('where a site asks for consent nothing is sent before it, and nothing after it was taken back', async () => {
    await setMode('consent');
    const { page, batches, events, sent, flushed, close } = await visit(booking());
    await page
      .locator('inlay-booking')
      .getByRole('button', { name: /Beard trim/ })
      .waitFor();
    const leave = () => hide(page);
    const agree = (analytics: boolean) =>
      page.evaluate(
        value => (window as unknown as { Inlay: InlayFunction }).Inlay('consent', { analytics: value }),
        analytics,
      );
    await leave();
    await flushed();
    assert.deepEqual(batches, []);
    await agree(true);
    await leave();
    await sent('view');
    assert.equal(events()[0]!.kind, 'view');
    await agree(false);
    const before = events().length;
    await page
      .locator('inlay-booking')
      .getByRole('button', { name: /Beard trim/ })
      .click();
    await leave();
    await flushed();
    assert.equal(events().length, before);
    await close();
    await setMode('cookieless');
  });

  /** A page whose beacon is there, and has had time to send what it has. */
  async function told(body: string, said: string, more?: (page: Page) => Promise<unknown>): Promise<string[]> {
    const first = `<script>Inlay = Object.assign((...call) => Inlay.q.push(call), { q: [] })${said && `;Inlay('consent', ${said})`}</script>`;
    const { page, events, complaints, flushed, close } = await visit(`${first}${body}`, { inline: true });
    await more?.(page);
    await hide(page);
    await flushed();
    const kinds = namesOf(events().filter(({ kind }) => kind !== 'vital'));
    assert.deepEqual(complaints, []);
    await close();
    return kinds;
  }
  const popup = () => `${script()}<inlay-booking mode="popup"><button>Book</button></inlay-booking>`;
  const say = (analytics: boolean) => (page: Page) =>
    page.evaluate(
      value => (window as unknown as { Inlay: InlayFunction }).Inlay('consent', { analytics: value }),
      analytics,
    );

  it('a refusal from before the beacon came holds: on a page without a tag, and with one that opens on demand', async () => {
    assert.deepEqual(await told(script(), ''), ['view']);
    assert.deepEqual(await told(script(), '{ analytics: false }'), []);
    assert.deepEqual(await told(popup(), '{ analytics: false }'), []);
    assert.deepEqual(await told(popup().replace('popup', 'float'), '{ analytics: false }'), []);
    const early = `<script async onload="Inlay('consent', { analytics: false })" src="${host.url}/embed/${demo.sites[0]!.siteKey}.js"></script>`;
    assert.deepEqual(await told(popup().replace(script(), early), ''), []);
  });

  it('a refusal between a view and its sending takes the view back; what was seen meanwhile is never sent', async () => {
    assert.deepEqual(await told(script(), '', say(false)), []);
    const twice = async (page: Page) => {
      await say(false)(page);
      await goOn(page, '/second');
      await say(true)(page);
    };
    assert.deepEqual(await told(script(), '', twice), []);
    // Nobody has told it, and it asks all the same.
    const silent = (page: Page) =>
      page.evaluate(() => {
        (window as unknown as { Inlay: InlayFunction }).Inlay.on!.consent = { analytics: false };
      });
    assert.deepEqual(await told(script(), '', silent), []);
  });

  it('where a site asks for consent, one that came early counts', async () => {
    await setMode('consent');
    assert.deepEqual(await told(script(), ''), []);
    assert.deepEqual(await told(script(), '{ analytics: true }'), ['view']);
    assert.deepEqual(await told(popup(), '{ analytics: true }'), ['view']);
    assert.deepEqual(await told(script(), '{ analytics: true }', say(false)), []);
    await setMode('cookieless');
  });
});
