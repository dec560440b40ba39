import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SiteHost } from '../../schemas/protocol/index.ts';
import { type Caller, createWorld, type World } from '../../tests/support/control-world.ts';
import { type HostnameServer, startHostnameServer } from '../../tests/support/hostname-server.ts';
import { createCloudflareHostnames } from '../adapters/cloudflare-hostnames.ts';
import { siteOrigin } from '../control/schema.ts';
import { createDoor } from '../http/door.ts';
import { sweepCertificates } from './certificates.ts';
import { sweepHosts } from './sweep-hosts.ts';

const hour = 3_600_000;

describe('names of clients that lead to us', () => {
  let world: World;
  let owner: Caller;
  let rival: Caller;
  let site: { id: string; siteKey: string; clientId: string };
  let other: { id: string };
  const siteOf = async (caller: Caller) => {
    const client = (await world.call(caller, 'POST', '/api/clients', { name: 'Rosa', zone: 'UTC' })).body.data;
    return (await world.call(caller, 'POST', `/api/clients/${client.id}/sites`, { name: 'Main' })).body.data;
  };
  const add = async (caller: Caller, id: string, host: string): Promise<SiteHost> =>
    (await world.call(caller, 'POST', `/api/sites/${id}/hosts`, { host })).body.data;
  const verify = (caller: Caller, id: string, { id: hostId }: SiteHost) =>
    world.call(caller, 'POST', `/api/sites/${id}/hosts/${hostId}/verify`, {});
  const publish = (...hosts: SiteHost[]) => {
    const [record] = hosts.map(({ records }) => records.find(({ type }) => type === 'TXT')!);
    world.texts.set(
      record!.name,
      hosts.map(({ records }) => records.find(({ type }) => type === 'TXT')!.value),
    );
    return record!.name;
  };
  const keyOf = (host: string) => world.deps.domains.hosts.siteKeyOf(host);
  const origins = async () => (await world.db.select().from(siteOrigin)).map(({ origin }) => origin);

  before(async () => {
    world = createWorld();
    owner = await world.signUp('owner@a.test');
    rival = await world.signUp('owner@b.test', 'Rivals');
    site = await siteOf(owner);
    other = await siteOf(rival);
  });
  after(() => world.close());

  it('lead nowhere until their record is there; then the site is theirs, and its page may call', async () => {
    const host = await add(owner, site.id, 'Book.Rosa.example');
    assert.equal(host.host, 'book.rosa.example');
    assert.equal(host.state, 'pending');
    assert.equal((await verify(owner, site.id, host)).body.data.state, 'pending');
    assert.equal(await keyOf(host.host), undefined);
    publish(host);
    world.time.now += 6_000;
    assert.equal((await verify(owner, site.id, host)).body.data.state, 'verified');
    assert.equal(await keyOf(host.host), site.siteKey);
    assert.deepEqual(await origins(), ['https://book.rosa.example']);
    const allowed = (domain: string) => world.call({}, 'GET', `/api/hosts/allowed?domain=${domain}`);
    assert.equal((await allowed('book.rosa.example')).status, 204);
    assert.equal((await allowed('evil.example')).status, 404);
  });

  it('a snippet comes from a verified name of its own site, and from no other', async () => {
    await world.call(owner, 'POST', `/api/clients/${site.clientId}/installations`, { module: 'booking' });
    const pending = await add(owner, site.id, 'later.rosa.example');
    const snippet = (caller: Caller, id: string, query: string) =>
      world.call(caller, 'GET', `/api/sites/${id}/snippet?module=booking${query}`);
    const given = (await snippet(owner, site.id, '')).body.data;
    assert.deepEqual(given.hosts, ['book.rosa.example', 'app.inlay.test']);
    assert.match(given.script, new RegExp(`src="https://book.rosa.example/embed/${site.siteKey}.js"`));
    const { parts } = (await snippet(owner, site.id, '&for=wordpress&host=book.rosa.example')).body.data;
    assert.deepEqual(parts[0], { place: 'address', code: 'https://book.rosa.example' });
    const [head] = (await snippet(owner, site.id, '&fast=1')).body.data.parts;
    assert.ok(head.code.includes(`href="https://book.rosa.example/embed/${site.siteKey}/session?`));
    const own = (await snippet(owner, site.id, '&host=app.inlay.test')).body.data;
    assert.match(own.script, /src="https:\/\/app\.inlay\.test\//);
    for (const host of [pending.host, 'unknown.example', '', 'book.rosa.example"><script>']) {
      const { status, body } = await snippet(owner, site.id, `&host=${encodeURIComponent(host)}`);
      assert.deepEqual([status, body.errors[0].pointer], [422, '/host'], host);
    }
    assert.equal((await snippet(rival, other.id, '&host=book.rosa.example')).status, 422);
    assert.equal((await snippet(rival, site.id, '&host=book.rosa.example')).status, 404);
    assert.deepEqual((await snippet(rival, other.id, '')).body.data.hosts, ['app.inlay.test']);
    assert.equal((await world.call(owner, 'DELETE', `/api/sites/${site.id}/hosts/${pending.id}`)).status, 204);
  });

  it('row 10: nobody takes a name that another site has, until its record is gone', async () => {
    const mine = (await world.call(owner, 'GET', `/api/sites/${site.id}/hosts`)).body.data[0] as SiteHost;
    const theirs = await add(rival, other.id, 'book.rosa.example');
    assert.equal((await verify(rival, other.id, theirs)).body.data.state, 'pending');
    publish(mine, theirs);
    assert.equal((await verify(rival, other.id, theirs)).status, 409);
    assert.equal(await keyOf(mine.host), site.siteKey);
    publish(theirs);
    assert.equal((await verify(rival, other.id, theirs)).body.data.state, 'verified');
    assert.notEqual(await keyOf(mine.host), site.siteKey);
    await world.call(rival, 'DELETE', `/api/sites/${other.id}/hosts/${theirs.id}`);
    assert.equal(await keyOf(mine.host), undefined);
    assert.deepEqual(await origins(), []);
  });

  it('row 10: a record that is lost suspends the name after three days, and one that is back brings it back', async () => {
    const host = await add(owner, site.id, 'shop.rosa.example');
    const name = publish(host);
    await verify(owner, site.id, host);
    const sweep = () => sweepHosts(world.deps.domains);
    const state = async () =>
      ((await world.call(owner, 'GET', `/api/sites/${site.id}/hosts`)).body.data as SiteHost[]).find(
        ({ id }) => id === host.id,
      )!.state;
    world.texts.delete(name);
    for (let day = 0; day < 3; day++) {
      world.time.now += 25 * hour;
      await sweep();
      assert.equal(await state(), 'verified', `day ${day}`);
    }
    world.time.now += 25 * hour;
    await sweep();
    assert.equal(await state(), 'suspended');
    assert.equal(await keyOf(host.host), undefined);
    publish(host);
    world.time.now += 25 * hour;
    await sweep();
    assert.equal(await state(), 'verified');
    assert.equal(await keyOf(host.host), site.siteKey);
  });

  it('are refused where they are ours, no names, or there already; and are nobody else’s to see', async () => {
    const status = async (caller: Caller, host: string) =>
      (await world.call(caller, 'POST', `/api/sites/${site.id}/hosts`, { host })).status;
    assert.equal(await status(owner, 'app.inlay.test'), 409);
    assert.equal(await status(owner, 'a.app.inlay.test'), 409);
    assert.equal(await status(owner, 'shop.rosa.example'), 409);
    assert.equal(await status(owner, '127.0.0.1'), 422);
    assert.equal(await status(rival, 'fine.example'), 404);
  });
});

describe('certificates of clients’ names', () => {
  const host = 'book.rosa.cz';
  let issuer: HostnameServer;
  let world: World;
  let owner: Caller;
  let site: { id: string };
  let added: SiteHost;
  const path = (more = '') => `/api/sites/${site.id}/hosts${more}`;
  const seen = async (): Promise<SiteHost> => (await world.call(owner, 'GET', path())).body.data[0];
  const verify = async () => (await world.call(owner, 'POST', path(`/${added.id}/verify`), {})).body.data as SiteHost;
  const sweep = (minutes: number) => {
    world.time.now += minutes * 60_000;
    return sweepCertificates(world.deps.domains);
  };

  before(async () => {
    issuer = await startHostnameServer();
    world = createWorld({ certificates: createCloudflareHostnames(issuer) });
    owner = await world.signUp('owner@a.test');
    const client = (await world.call(owner, 'POST', '/api/clients', { name: 'Rosa', zone: 'UTC' })).body.data;
    site = (await world.call(owner, 'POST', `/api/clients/${client.id}/sites`, { name: 'Main' })).body.data;
    added = (await world.call(owner, 'POST', path(), { host })).body.data;
  });
  after(async () => {
    await world.close();
    await issuer.stop();
  });

  it('row 10: nobody makes us ask for a name that is not shown to be theirs', async () => {
    assert.equal((await verify()).state, 'pending');
    assert.equal((await seen()).certificate, null);
    await sweep(60);
    assert.deepEqual(issuer.requests, []);
  });

  it('are asked for once the name is verified, even if the issuer is away at that moment', async () => {
    const txt = added.records.find(({ type }) => type === 'TXT')!;
    world.texts.set(txt.name, [txt.value]);
    issuer.answer(503, []);
    const verified = await verify();
    assert.equal(verified.state, 'verified');
    assert.deepEqual(verified.certificate, { state: 'pending', records: [], reason: null });
    assert.equal(issuer.names.size, 0);
    await sweep(6);
    assert.deepEqual(
      (await seen()).certificate!.records.map(({ name }) => name),
      [`_cf-custom-hostname.${host}`],
    );
  });

  it('are looked at while they are waited for, and left alone when the issuer says so', async () => {
    const name = issuer.named(host)!;
    name.verification_errors = ['custom hostname does not CNAME to this zone.'];
    await sweep(2);
    assert.equal((await seen()).certificate!.reason, 'custom hostname does not CNAME to this zone.');
    issuer.answer(429, [{ code: 971, message: 'Please wait' }], { 'retry-after': '600' });
    await assert.rejects(sweep(20), /429/);
    const count = issuer.requests.length;
    await sweep(5);
    assert.equal(issuer.requests.length, count);
    Object.assign(name, { status: 'active', verification_errors: [] });
    name.ssl.status = 'active';
    await sweep(6);
    assert.equal((await seen()).certificate!.state, 'ready');
  });

  it('that have failed say why, and start anew when somebody asks', async () => {
    issuer.named(host)!.status = 'moved';
    issuer.named(host)!.ssl.status = 'expired';
    await sweep(25 * 60);
    assert.deepEqual((await seen()).certificate, { state: 'failed', records: [], reason: 'moved, expired' });
    issuer.named(host)!.status = 'pending';
    assert.equal((await verify()).certificate!.state, 'pending');
  });

  it('go with the name, at once or when the issuer is back', async () => {
    issuer.answer(500, []);
    await world.call(owner, 'DELETE', path(`/${added.id}`));
    await sweep(6);
    assert.equal(issuer.names.size, 0);
    const { length } = issuer.requests;
    await sweep(48 * 60);
    assert.equal(issuer.requests.length, length);
  });
});

it('a client’s name opens no more than what visitors need', async () => {
  const door = createDoor('https://app.inlay.test', host => host === 'book.rosa.example');
  const refused = async (url: string) => (await door(url))?.code;
  for (const path of ['/', '/?a', '/embed/site_a.js', '/p/site_a/booking', '/api/m/booking/v1/actions/hold'])
    assert.equal(await refused(`https://book.rosa.example${path}`), undefined, path);
  for (const path of ['/sign-in', '/api/clients', '/api/me', '/assets/x.js', '/api/graphql', '/docs'])
    assert.equal(await refused(`https://book.rosa.example${path}`), 'MISDIRECTED', path);
  assert.equal(await refused('https://evil.example/embed/site_a.js'), 'MISDIRECTED');
  assert.equal(await refused('https://app.inlay.test/sign-in'), undefined);
});
