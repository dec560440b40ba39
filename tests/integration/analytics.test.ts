/** Counting visits over HTTP on the host under test: who is counted, what is told of it, and who may ask. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type {
  AnalyticsFunnel,
  AnalyticsOfSite,
  AnalyticsReport,
  AnalyticsVital,
  EventBatch,
  Site,
} from '../../schemas/protocol/index.ts';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const page: EventBatch = {
  path: '/haircuts?client=42#top',
  referrer: 'www.google.com',
  source: 'newsletter',
  campaign: '=HYPERLINK("http://evil.test")',
  locale: 'cs',
  device: 'mobile',
  events: [
    { kind: 'view' },
    { kind: 'impression', widget: 'inlay-booking' },
    { kind: 'start', widget: 'inlay-booking' },
    { kind: 'step', widget: 'inlay-booking', name: 'booking-held' },
    { kind: 'step', widget: 'inlay-booking', name: 'nobody-declared-it' },
    { kind: 'complete', widget: 'inlay-booking', name: 'booking-confirmed' },
    { kind: 'start', widget: 'inlay-unknown' },
    { kind: 'vital', name: 'lcp', value: 1200 },
    { kind: 'vital', name: 'ready', widget: 'inlay-booking', value: 600 },
    { kind: 'vital', name: 'inp', widget: 'inlay-booking', value: 90 },
    { kind: 'vital', name: 'left', value: 95_400 },
    { kind: 'vital', name: 'stay', value: 1 },
    { kind: 'error', widget: 'inlay-booking', name: 'TIMEOUT' },
  ],
};

describe('analytics', () => {
  let world: DemoWorld;
  let origin: string;
  let site: Site;
  before(async () => {
    world = await startDemoWorld();
    origin = world.demo.embedOrigin;
    const clients = await world.api.get<{ id: string; name: string }[]>('/api/clients');
    const rosa = clients.find(client => client.name.startsWith('Rosa'))!;
    site = (await world.api.get<Site[]>(`/api/clients/${rosa.id}/sites`))[0]!;
  });
  after(() => world?.host.stop());

  const send = (body: unknown, headers: Record<string, string | undefined> = {}, key = world.salon.siteKey) => {
    const sent = Object.entries({
      origin,
      'user-agent': BROWSER,
      'content-type': 'text/plain;charset=UTF-8',
      ...headers,
    });
    return fetch(`${world.host.url}/embed/${key}/events`, {
      method: 'POST',
      headers: sent.filter((entry): entry is [string, string] => entry[1] !== undefined),
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  };
  const ask = <T = AnalyticsReport>(query = '', part = '') =>
    world.api.get<T>(`/api/sites/${site.id}/analytics${part}${query}`);
  const asKey = (key: string, rest = '', id = site.id) =>
    fetch(`${world.host.url}/api/sites/${id}/analytics${rest}`, { headers: { authorization: `Bearer ${key}` } });
  /** Once `views` have been counted. */
  const counted = async (views: number): Promise<AnalyticsReport> => {
    const query = '?interval=total&metrics=views,visits,visitors,impressions,starts,completions,conversionRate';
    for (let tries = 0; ; tries++) {
      const report = await ask(query);
      if (report.totals.views === views || tries > 100) return report;
      await new Promise(resume => setTimeout(resume, 100));
    }
  };

  it('has zeros before anything was counted', async () => {
    const report = await ask('?metrics=views,visitors');
    assert.equal(report.rows.length, 30);
    assert.deepEqual(report.totals, { views: 0, visitors: 0 });
    assert.deepEqual(await ask('', '/vitals'), []);
    const [funnel] = await ask<AnalyticsFunnel[]>('', '/funnels');
    assert.deepEqual(
      funnel!.steps.map(({ kind }) => kind),
      ['impression', 'start', 'step', 'complete'],
    );
  });

  it('counts a page once for each batch, as a simple request that is answered at once', async () => {
    const reply = await send(page);
    assert.equal(reply.status, 202);
    assert.equal(await reply.text(), '');
    assert.equal(reply.headers.get('access-control-allow-origin'), origin);
    assert.equal(reply.headers.get('set-cookie'), null);
    await send({ ...page, referrer: new URL(origin).hostname, path: '/prices', events: [{ kind: 'view' }] });
    const { totals, sampling, rows } = await counted(2);
    const expected = { views: 2, visits: 1, visitors: 1, impressions: 1, starts: 1, completions: 1, conversionRate: 1 };
    assert.deepEqual(totals, expected);
    assert.deepEqual(rows[0]!.values, totals);
    assert.deepEqual(sampling, { counted: 10, seen: 10 });
  });

  it('knows how long visits are and how many end at once, by what their first pages told', async () => {
    const figures = 'visits,bounceRate,visitSeconds,errors';
    const asked = async (query = '') => (await ask(`?interval=total&metrics=${figures}${query}`)).totals;
    assert.deepEqual(await asked(), { visits: 1, bounceRate: 0, visitSeconds: 95, errors: 1 });
    const left = { kind: 'vital', name: 'left', value: 4_000 };
    const internal = { ...page, referrer: new URL(origin).hostname };
    // A page that a page of the site led to is more of a visit; one whose address is long is cut.
    await send({ ...internal, path: `/${'x'.repeat(3_000)}`, events: [left, { ...left, name: 'stay' }] });
    await send({ ...page, source: null, variant: undefined, path: '/bounced', events: [left] });
    // Two hours with nobody in front of it.
    await send({ ...internal, path: '/open', events: [{ ...left, name: 'time', value: 7_200_000 }] });
    let totals = await asked();
    for (let tries = 0; tries < 100 && totals['visitSeconds'] !== 952; tries++) {
      await new Promise(resume => setTimeout(resume, 100));
      totals = await asked();
    }
    assert.deepEqual(totals, { visits: 1, bounceRate: 0.5, visitSeconds: 952, errors: 1 });
    const byPath = await ask('?by=path&metrics=bounceRate');
    assert.equal(byPath.rows.find(({ key }) => key === '/bounced')!.values.bounceRate, 1);
    // No visit began on it.
    assert.ok(!byPath.rows.some(({ key }) => key === '/open'));
    const byError = await ask('?by=error&metrics=errors,views');
    assert.deepEqual(byError.rows, [{ key: 'TIMEOUT', values: { errors: 1, views: 0 } }]);
  });

  it('tells pages, referrers and campaigns apart, without queries', async () => {
    const by = async (name: string, metrics = 'views') => {
      const { rows } = await ask(`?by=${name}&metrics=${metrics}`);
      const told = rows.map(({ key, values }) => [key, ...Object.values(values)]);
      return told.filter(([, ...figures]) => figures.some(figure => figure !== 0) || told.length < 3);
    };
    assert.deepEqual(await by('path', 'views,completions'), [
      ['/haircuts', 1, 1],
      ['/prices', 1, 0],
    ]);
    assert.deepEqual(await by('referrer', 'visits'), [['google.com', 1]]);
    assert.deepEqual(await by('device'), [['mobile', 2]]);
    assert.deepEqual(await by('widget', 'completions'), [
      ['inlay-booking', 1],
      ['', 0],
    ]);
    const [funnel] = await ask<AnalyticsFunnel[]>('', '/funnels');
    assert.deepEqual(
      funnel!.steps.map(({ name, count }) => [name, count]),
      [
        ['', 1],
        ['', 1],
        ['booking-held', 1],
        ['', 1],
      ],
    );
    const vitals = await ask<AnalyticsVital[]>('', '/vitals');
    assert.deepEqual(
      vitals.map(({ name }) => name),
      ['inp', 'lcp', 'ready'],
    );
    for (const [index, truth] of [90, 1200, 600].entries()) {
      assert.ok(Math.abs(vitals[index]!.p75 - truth) < truth * 0.1);
    }
  });

  it('row 23: CSV has a line for each row, and no formula', async () => {
    const reply = await asKey(world.salon.key, '.csv?by=campaign&metrics=views,visits');
    assert.match(reply.headers.get('content-type')!, /^text\/csv/);
    const lines = (await reply.text()).trimEnd().split('\r\n');
    assert.equal(lines[0], 'campaign,views,visits');
    assert.equal(lines[1], `"'=HYPERLINK(""http://evil.test"")",2,1`);
  });

  it('leaves out programs, previews and who asks for it, and does not say so', async () => {
    const before = (await counted(2)).sampling.counted;
    for (const headers of [
      { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
      { 'user-agent': 'curl/8.5.0' },
      { 'user-agent': 'Mozilla/5.0 HeadlessChrome/142.0.0.0' },
      { 'user-agent': '' },
      { 'sec-gpc': '1' },
      { dnt: '1' },
      { 'sec-purpose': 'prefetch;prerender' },
    ]) {
      const reply = await send(page, headers);
      assert.deepEqual([reply.status, await reply.text()], [202, ''], JSON.stringify(headers));
    }
    await send({ ...page, locale: 'EN-us-u-ca-buddhist', events: [{ kind: 'view' }] });
    assert.equal((await counted(3)).sampling.counted, before + 1);
  });

  it('refuses other origins, unknown sites and what is no batch', async () => {
    for (const from of ['https://evil.test', 'null', `${origin}.evil.test`, undefined]) {
      assert.equal((await send(page, { origin: from })).status, 403, from);
    }
    assert.equal((await send(page, {}, 'site_aaaaaaaaaaaaaaaa')).status, 404);
    assert.equal((await send('{"path":')).status, 400);
    assert.equal((await send({ ...page, ip: '10.0.0.1' })).status, 422);
    assert.equal((await send({ ...page, events: [] })).status, 422);
    assert.equal((await send({ ...page, events: Array(51).fill({ kind: 'view' }) })).status, 422);
    assert.equal((await send({ ...page, path: `/${'x'.repeat(20_000)}` })).status, 413);
  });

  it('a site that does not want it has no beacon and counts nothing', async () => {
    const set = (analytics: string) =>
      world.api.send<Site>(`/api/sites/${site.id}`, { method: 'PATCH', body: { analytics } });
    const script = async () => (await fetch(`${world.host.url}/embed/${world.salon.siteKey}.js`)).text();
    const settings = async () => {
      const file = /"beacon":\["([^"]+)"\]/.exec(await script())?.[1];
      return (
        file && (JSON.parse(decodeURIComponent(new URL(file, world.host.url).hash.slice(1))) as { consent: boolean })
      );
    };
    const usual = await settings();
    assert.deepEqual(usual, {
      key: world.salon.siteKey,
      consent: false,
      widgets: {
        'inlay-booking': { 'booking-held': 'step', 'booking-confirmed': 'complete' },
        'inlay-booking-manage': {},
        'inlay-chat': { 'chat-opened': 'step', 'chat-started': 'complete' },
        'inlay-contact': { submitted: 'complete' },
      },
    });
    assert.equal((await set('off')).analytics, 'off');
    assert.equal(await settings(), undefined);
    assert.equal((await send(page)).status, 202);
    await set('consent');
    assert.deepEqual(await settings(), { ...(usual as object), consent: true });
    await assert.rejects(set('everybody'), /422|VALIDATION/);
    await send({ ...page, locale: 'en-us-x', events: [{ kind: 'view' }] });
    assert.equal((await counted(4)).totals.views, 4);
    const languages = (await ask('?by=locale&metrics=views')).rows.map(({ key }) => key);
    // One form for each language, and none for what is no language.
    assert.deepEqual(languages.toSorted(), ['', 'cs', 'en-US']);
    await set('cookieless');
  });

  it('keys need the scope, and see their own client alone', async () => {
    const key = async (scopes: string[]) => {
      const made = await world.api.send<{ key: string }>(`/api/clients/${site.clientId}/keys`, {
        body: { name: 'A', scopes },
      });
      return (await asKey(made.key)).status;
    };
    assert.equal(await key(['analytics:read']), 200);
    assert.equal(await key(['booking:read']), 403);
    const foreign = await asKey(world.dental.key);
    const unknown = await asKey(world.dental.key, '', '0190aaaa-0000-7000-8000-000000000000');
    assert.deepEqual([foreign.status, await foreign.text()], [404, await unknown.text()]);
    assert.equal((await fetch(`${world.host.url}/api/sites/${site.id}/analytics`)).status, 401);
    for (const query of [
      '?from=tomorrow',
      '?from=2026-02-02&to=2026-02-01',
      '?by=ip',
      '?by=path&metrics=visitSeconds',
      '?by=widget&metrics=bounceRate',
      '?metrics=',
      '?interval=hour&from=2020-01-01&to=2020-12-31',
    ]) {
      assert.equal((await asKey(world.salon.key, query)).status, 400, query);
    }
  });

  it('the agency sees all its sites, as of the last minute', async () => {
    const sites = await world.api.get<AnalyticsOfSite[]>('/api/analytics');
    const own = sites.find(({ siteId }) => siteId === site.id)!;
    const other = sites.find(({ siteId }) => siteId !== site.id)!;
    assert.equal(sites.length, 2);
    // The first batch was copied at once, the others are with the next minute's turn.
    assert.ok(own.values.views >= 1 && own.values.views <= 4, `${own.values.views}`);
    assert.equal(own.series.at(-1), own.values.visits);
    assert.deepEqual([other.values.views, other.before.views, own.before.views], [0, 0, 0]);
  });

  it('keeps no address, no user agent and no whole hash of a visitor', async () => {
    const db = await world.host.databases.open(`analytics-${site.clientId}`);
    const [tables] = await db.read([{ sql: `SELECT name FROM sqlite_schema WHERE type = 'table'` }]);
    const contents = await db.read(tables!.rows.map(([name]) => ({ sql: `SELECT * FROM "${name}"` })));
    const text = JSON.stringify(contents, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
    assert.ok(text.includes('/haircuts') && text.includes('google.com'));
    for (const secret of ['127.0.0.1', 'Mozilla', 'Chrome', 'client=42']) assert.ok(!text.includes(secret), secret);
  });
});
