import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { EmbedSession, Site } from '../../schemas/protocol/index.ts';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';

describe('embed', () => {
  let world: DemoWorld;
  let origin: string;
  before(async () => {
    world = await startDemoWorld();
    origin = world.demo.embedOrigin;
  });
  after(() => world?.host.stop());

  const session = (from: string | undefined, query = 'm=booking&locale=cs-CZ') =>
    fetch(`${world.host.url}/embed/${world.salon.siteKey}/session?${query}`, {
      headers: from === undefined ? {} : { origin: from },
    });
  const open = async (query?: string) => (await (await session(origin, query)).json()) as EmbedSession;
  const act = (token: string, name: string, body: unknown, from: string | undefined) =>
    fetch(`${world.host.url}/api/m/booking/v1/actions/${name}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(from === undefined ? {} : { origin: from }),
      },
      body: JSON.stringify(body),
    });

  it('the session brings token, strings and catalogue in one reply', async () => {
    const { token, locale, modules, expiresIn } = await open();
    assert.equal(locale, 'cs-CZ');
    assert.ok(token && expiresIn > 60);
    const { strings, data } = modules['booking']!;
    assert.ok(Object.keys(strings).length > 20);
    const catalogue = data as {
      business: { name: string; zone: string };
      services: { slug: string }[];
      staff: unknown[];
    };
    assert.deepEqual(catalogue.business, { name: "Rosa's Salon", zone: 'Europe/Prague' });
    assert.deepEqual(
      catalogue.services.map(service => service.slug),
      ['cut', 'colour', 'blow-dry', 'beard'],
    );
    assert.equal(catalogue.staff.length, 3);
  });

  it('a language that is not there falls back to the site, then to English', async () => {
    const fallback = async (locale: string) => (await open(`m=booking&locale=${encodeURIComponent(locale)}`)).locale;
    assert.equal(await fallback('de-AT'), 'de-AT');
    assert.equal(await fallback('ja'), 'en');
    assert.equal(await fallback('../../etc'), 'en');
  });

  it('row 11: only an exact registered origin gets a session and an Access-Control-Allow-Origin', async () => {
    const good = await session(origin);
    assert.equal(good.status, 200);
    assert.equal(good.headers.get('access-control-allow-origin'), origin);
    const { host } = new URL(origin);
    for (const bad of [
      'null',
      `https://evil.${host}`,
      `https://${host}.evil.test`,
      `http://${host}`,
      origin.replace('8788', '8789'),
      `${origin}/`,
      'https://evil.test',
      '',
    ]) {
      const reply = await session(bad);
      assert.equal(reply.status, 403, bad);
      assert.equal(reply.headers.get('access-control-allow-origin'), null, bad);
    }
    assert.equal((await session(undefined)).status, 403);
    const unknown = await fetch(`${world.host.url}/embed/site_aaaaaaaaaaaaaaaa/session?m=booking`, {
      headers: { origin },
    });
    assert.equal(unknown.status, 404);
  });

  it('who runs the site sees which pages were refused, once each, and what is no page not at all', async () => {
    const clients = await world.api.get<{ id: string; name: string }[]>('/api/clients');
    const rosa = clients.find(client => client.name.startsWith('Rosa'))!;
    const [site] = await world.api.get<{ id: string }[]>(`/api/clients/${rosa.id}/sites`);
    const path = `/api/sites/${site!.id}`;
    const refused = async () =>
      (await world.api.get<{ origin: string }[]>(`${path}/refused-origins`)).map(({ origin }) => origin);
    const ask = (origin: string) =>
      fetch(`${world.host.url}/embed/${world.salon.siteKey}/session?m=booking&locale=en`, { headers: { origin } });
    const wanted = 'https://draft.rosas-salon.example';
    for (const origin of [
      wanted,
      wanted,
      'null',
      'https://a.example/path',
      'file://x',
      `https://${'a'.repeat(400)}.cz`,
    ]) {
      const reply = await ask(origin);
      assert.equal(reply.status, 403);
      assert.equal(reply.headers.get('access-control-allow-origin'), null);
    }
    for (let tries = 0; tries < 40 && !(await refused()).includes(wanted); tries++)
      await new Promise(resume => setTimeout(resume, 100));
    const list = await refused();
    assert.equal(list.filter(origin => origin === wanted).length, 1);
    assert.ok(
      list.every(origin => /^https?:\/\/[^/]+$/.test(origin) && origin.length < 300),
      `${list}`,
    );
    const { id } = await world.api.send<{ id: string }>(`${path}/origins`, { body: { origin: wanted } });
    assert.ok(!(await refused()).includes(wanted));
    await world.api.send(`${path}/origins/${id}`, { method: 'DELETE' });
  });

  it('row 3: a token is good from its own page alone, for the actions of its widgets alone', async () => {
    const { token, modules } = await open();
    const [service] = (modules['booking']!.data as { services: { id: string }[] }).services;
    const input = { service: service!.id, from: '2026-12-01', to: '2026-12-03', zone: 'Europe/Prague' };
    assert.equal((await act(token, 'availability', input, origin)).status, 200);
    for (const from of [undefined, 'null', 'https://evil.test']) {
      assert.equal((await act(token, 'availability', input, from)).status, 403, from);
    }
    assert.equal((await act(token, 'move', { booking: 'x', start: '2026-12-01T10:00:00Z' }, origin)).status, 403);
    assert.equal((await act(token, 'book', input, origin)).status, 403);
    const read = (path: string) =>
      fetch(`${world.host.url}/api/m/${path}`, { headers: { authorization: `Bearer ${token}`, origin } });
    assert.equal((await read('booking/v1/booking')).status, 403);
    assert.equal((await read('party/v1/person')).status, 404);
    const dental = await fetch(`${world.host.url}/embed/${world.dental.siteKey}/session?m=booking`, {
      headers: { origin },
    });
    const other = (await dental.json()) as EmbedSession;
    assert.equal((await act(other.token, 'availability', input, origin)).status, 404);
  });

  it('an origin that is taken off the list closes its tokens', async () => {
    const { token, modules } = await open();
    const [service] = (modules['booking']!.data as { services: { id: string }[] }).services;
    const input = { service: service!.id, from: '2026-12-01', to: '2026-12-03' };
    const clients = await world.api.get<{ id: string; name: string }[]>('/api/clients');
    const [site] = await world.api.get<Site[]>(
      `/api/clients/${clients.find(client => client.name.startsWith('Rosa'))!.id}/sites`,
    );
    const [listed] = await world.api.get<{ id: string }[]>(`/api/sites/${site!.id}/origins`);
    await world.api.send(`/api/sites/${site!.id}/origins/${listed!.id}`, { method: 'DELETE' });
    assert.equal((await session(origin)).status, 403);
    assert.equal((await act(token, 'availability', input, origin)).status, 401);
    await world.api.send(`/api/sites/${site!.id}/origins`, { body: { origin } });
    assert.equal((await session(origin)).status, 200);
  });

  it('the script carries its site and nothing of another, and is cacheable', async () => {
    const script = async (key: string, etag?: string) =>
      fetch(`${world.host.url}/embed/${key}.js`, { headers: etag ? { 'if-none-match': etag } : {} });
    const first = await script(world.salon.siteKey);
    const text = await first.text();
    assert.equal(first.status, 200);
    assert.match(first.headers.get('content-type') ?? '', /^text\/javascript/);
    assert.match(first.headers.get('cache-control') ?? '', /stale-while-revalidate/);
    assert.match(text, /^\/\/# allFunctionsCalledOnLoad\n/);
    assert.ok(text.includes(world.salon.siteKey) && text.includes('inlay-booking'));
    assert.ok(!text.includes(world.dental.siteKey) && !text.includes('__INLAY_MANIFEST__'));
    assert.equal((await script(world.salon.siteKey, first.headers.get('etag')!)).status, 304);
    const chunk = /"files":\["([^"]+)"/.exec(text)![1]!;
    const file = await fetch(`${world.host.url}${chunk}`);
    const body = Buffer.from(await file.clone().arrayBuffer());
    assert.ok(text.includes(`"${chunk}":"sha256-${createHash('sha256').update(body).digest('base64')}"`));
    assert.equal(file.status, 200);
    assert.match(file.headers.get('cache-control') ?? '', /immutable/);
    assert.equal(file.headers.get('access-control-allow-origin'), '*');
  });

  it('an unknown key has a script that says so, and no widgets', async () => {
    const reply = await fetch(`${world.host.url}/embed/site_aaaaaaaaaaaaaaaa.js`);
    const text = await reply.text();
    assert.equal(reply.status, 200);
    assert.ok(text.includes('UNKNOWN_SITE') && !text.includes('inlay-booking'));
  });

  it('a pinned script is the same for good, and is what its integrity says', async () => {
    const clients = await world.api.get<{ id: string; name: string }[]>('/api/clients');
    const rosa = clients.find(client => client.name.startsWith('Rosa'))!;
    const [site] = await world.api.get<Site[]>(`/api/clients/${rosa.id}/sites`);
    const pin = () => world.api.send<{ html: string }>(`/api/sites/${site!.id}/pins`, { body: {} });
    const { html } = await pin();
    assert.deepEqual(await pin(), { ...(await pin()), html });
    const [, url, integrity] = /src="([^"]+)" integrity="sha256-([^"]+)" crossorigin>/.exec(html)!;
    const reply = await fetch(url!);
    const bytes = Buffer.from(await reply.arrayBuffer());
    assert.equal(createHash('sha256').update(bytes).digest('base64'), integrity);
    assert.match(reply.headers.get('cache-control')!, /immutable/);
    assert.equal(reply.headers.get('access-control-allow-origin'), '*');
    const now = await (await fetch(`${world.host.url}/embed/${world.salon.siteKey}.js`)).text();
    assert.equal(bytes.toString(), now);
    await world.api.send(`/api/sites/${site!.id}`, { method: 'PATCH', body: { theme: { accent: '#123456' } } });
    assert.notEqual(await (await fetch(`${world.host.url}/embed/${world.salon.siteKey}.js`)).text(), now);
    assert.equal(await (await fetch(url!)).text(), now);
    assert.equal((await fetch(url!.replace(/[0-9a-f]{64}/, 'a'.repeat(64)))).status, 404);
  });

  it('a frame page has one script, no origin, and no one to talk to; foreign tags have none', async () => {
    const page = (tag: string, key = world.salon.siteKey) => fetch(`${world.host.url}/embed/${key}/frame/${tag}`);
    const reply = await page('inlay-booking');
    const policy = reply.headers.get('content-security-policy')!;
    assert.equal(reply.status, 200);
    assert.match(policy, /^sandbox allow-scripts allow-forms allow-popups; default-src 'none'/);
    assert.match(policy, /connect-src 'none'/);
    assert.ok(policy.includes(`frame-ancestors ${world.host.url} ${origin}`), policy);
    assert.equal(reply.headers.get('x-frame-options'), null);
    assert.equal((await reply.text()).match(/<script/g)?.length, 1);
    assert.equal((await page('inlay-shop')).status, 404);
    assert.equal((await page('inlay-booking', 'site_aaaaaaaaaaaaaaaa')).status, 404);
  });

  it('a preflight is answered once for two hours', async () => {
    const preflight = await fetch(`${world.host.url}/api/m/booking/v1/actions/hold`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,idempotency-key',
      },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), origin);
    assert.equal(preflight.headers.get('access-control-max-age'), '7200');
  });
});
