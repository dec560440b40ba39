/** Clients, sites, origins, modules and what is written down about them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { VersionPlan } from '../../schemas/protocol/index.ts';
import { type Caller, createWorld, PUBLIC_URL, type World } from '../../tests/support/control-world.ts';
import { audit, store } from '../control/schema.ts';

describe('a client and its sites', () => {
  let world: World;
  let owner: Caller;
  let client: { id: string };
  let site: { id: string; siteKey: string };
  const call = (method: string, path: string, body?: unknown) => world.call(owner, method, path, body);
  const data = async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
    return answer.body.data;
  };

  before(async () => {
    world = createWorld();
    owner = await world.signUp('owner@a.test');
    client = await data('POST', '/api/clients', { name: ' Rosa ', zone: 'Europe/Prague' });
    site = await data('POST', `/api/clients/${client.id}/sites`, { name: 'Main' });
  });
  after(() => world.close());

  it('has a store from the start, whose database comes later', async () => {
    const rows = await world.db.select().from(store);
    assert.deepEqual(
      [rows.length, rows[0]?.clientId, rows[0]?.state, rows[0]?.siteId],
      [1, client.id, 'pending', null],
    );
    assert.match(rows[0]?.name ?? '', /^c-[a-z0-9]{16}$/);
    await assert.rejects(async () => world.databases.open(rows[0]?.name ?? ''));
  });

  it('is listed page by page', async () => {
    for (let n = 0; n < 4; n++) await data('POST', '/api/clients', { name: `C${n}`, zone: 'UTC' });
    const names: string[] = [];
    let cursor = '';
    do {
      const { body } = await call('GET', `/api/clients?page[size]=2${cursor}`);
      names.push(...body.data.map((row: { name: string }) => row.name));
      cursor = body.page.after === null ? '' : `&page[after]=${body.page.after}`;
    } while (cursor !== '');
    assert.deepEqual(names, ['Rosa', 'C0', 'C1', 'C2', 'C3']);
    assert.equal((await call('GET', '/api/clients')).body.data[0].siteCount, 1);
    for (const query of ['page[size]=0', 'page[size]=201', 'page[size]=x', "page[after]=' OR 1=1"]) {
      assert.equal((await call('GET', `/api/clients?${encodeURI(query)}`)).status, 400, query);
    }
  });

  it('takes zones, locales and themes that exist, and no style sheet', async () => {
    for (const zone of ['Mars/Base', '+01:00', '', 'x'.repeat(99)]) {
      assert.equal((await call('PATCH', `/api/clients/${client.id}`, { zone })).status, 422, zone);
    }
    const path = `/api/sites/${site.id}`;
    const theme = { accent: 'oklch(60% 0.2 30)', radius: '0.5rem', scheme: 'dark' };
    const changed = await data('PATCH', path, { locale: 'CS-cz', theme });
    assert.deepEqual([changed.locale, changed.theme, changed.zone], ['cs-CZ', theme, 'Europe/Prague']);
    for (const bad of [
      { accent: 'red;}body{display:none' },
      { accent: 'url(//evil.test)' },
      { radius: '1px;x' },
      { __proto__: null, extra: 1 },
    ]) {
      assert.equal((await call('PATCH', path, { theme: bad })).status, 422, JSON.stringify(bad));
    }
    assert.deepEqual((await data('GET', path)).theme, theme);
    assert.match(site.siteKey, /^site_[a-z0-9]{16}$/);
  });

  it('lists origins in one form, https alone but for this machine', async () => {
    const path = `/api/sites/${site.id}/origins`;
    const add = (origin: string) => call('POST', path, { origin });
    assert.equal((await add('HTTPS://Rosa.Example:443/booking?x#y')).body.data.origin, 'https://rosa.example');
    assert.equal((await add('https://rosa.example')).status, 409);
    assert.equal((await add('http://localhost:5173')).status, 201);
    const bad = [
      'http://rosa.example',
      'null',
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc',
      'https://*.example.com',
      'https://u:p@rosa.example',
      'http://localhost.evil.test',
      'rosa.example',
      'https://',
      '',
    ];
    for (const origin of bad) assert.equal((await add(origin)).status, 422, origin);
    const { isRegistered, forget } = world.deps.origins;
    assert.equal(await isRegistered('https://rosa.example'), true);
    for (const near of [
      'null',
      'http://rosa.example',
      'https://rosa.example.evil.test',
      'https://rosa.example:8443',
      'https://evilrosa.example',
      'https://rosa.example/',
    ]) {
      assert.equal(await isRegistered(near), false, near);
    }
    const [first] = (await call('GET', path)).body.data;
    await call('DELETE', `${path}/${first.id}`);
    assert.equal(await isRegistered('https://rosa.example'), false);
    forget('https://rosa.example');
  });

  it('installs a module with what it requires, and shows it only once installed', async () => {
    const modules = `/api/sites/${site.id}/modules`;
    const installations = `/api/clients/${client.id}/installations`;
    assert.equal((await call('PUT', `${modules}/booking`, { enabled: true })).status, 409);
    assert.equal((await call('PUT', `${modules}/nothing`, { enabled: true })).status, 404);
    assert.equal((await call('POST', installations, { module: 'nothing' })).status, 404);
    assert.equal((await call('POST', installations, { module: '__proto__' })).status, 404);
    const plan = await data('POST', installations, { module: 'booking', dryRun: true });
    assert.deepEqual(
      plan.changes.map(({ module, from, to }: VersionPlan['changes'][number]) => [module, from, to]),
      [
        ['party', null, '1.0.0'],
        ['booking', null, '1.0.0'],
      ],
    );
    assert.deepEqual([plan.done, plan.conflicts], [false, []]);
    const missing = await data('POST', installations, { module: 'booking', version: '9.0.0', dryRun: true });
    assert.deepEqual(missing.conflicts, ['booking 9.0.0 is not available here.']);
    assert.equal((await call('POST', installations, { module: 'booking', version: '9.0.0' })).body.code, 'CONFLICT');
    assert.deepEqual((await call('GET', installations)).body.data, []);
    const [one, two] = await Promise.all([
      call('POST', installations, { module: 'booking' }),
      call('POST', installations, { module: 'booking' }),
    ]);
    assert.deepEqual([one.status, two.status].sort(), [201, 409]);
    const installed = (await call('GET', installations)).body.data.map((row: { module: string }) => row.module);
    assert.deepEqual(installed, ['booking', 'party']);

    const bad = await call('PUT', `${modules}/booking`, { enabled: true, settings: { nope: 1 } });
    assert.deepEqual([bad.status, bad.body.errors[0].pointer], [422, '/settings/nope']);
    const on = await data('PUT', `${modules}/booking`, { enabled: true, settings: { leadTime: 5 } });
    assert.deepEqual(on, { module: 'booking', enabled: true, settings: { leadTime: 5 } });
    assert.deepEqual(await data('PUT', `${modules}/booking`, { enabled: true }), on);
    assert.deepEqual((await call('GET', modules)).body.data[0], on);
    const patched = await data('PATCH', `${installations}/booking`, { settings: { leadTime: 9 } });
    assert.deepEqual([patched.settings, patched.version], [{ leadTime: 9 }, '1.0.0']);
  });

  it('gives a snippet with a placeholder of the right height', async () => {
    const snippet = await data('GET', `/api/sites/${site.id}/snippet?module=booking`);
    const script = `<script async src="${PUBLIC_URL}/embed/${site.siteKey}.js"></script>`;
    const tag = '<inlay-booking><svg width="1" height="420" display="block" aria-hidden="true"></svg></inlay-booking>';
    const html = `${script}\n${tag}`;
    assert.deepEqual(snippet, { script, tag, html, parts: [{ place: 'page', code: html }], hosts: ['app.inlay.test'] });
    assert.equal((await data('GET', `/api/sites/${site.id}/snippet`)).tag, tag);
    assert.equal((await call('GET', `/api/sites/${site.id}/snippet?module=nothing`)).status, 404);
    const pinned = await data('POST', `/api/sites/${site.id}/pins?module=booking`, {});
    assert.match(pinned.script, /\/embed\/pinned\/f{64}\.js" integrity="sha256-test" crossorigin>/);
    assert.equal(pinned.tag, tag);
  });

  it('gives a snippet as each builder takes it', async () => {
    const path = `/api/sites/${site.id}/snippet?module=booking`;
    const parts = async (query: string) =>
      (await data('GET', `${path}&${query}`)).parts as { place: string; code: string }[];
    const code = async (query: string) => (await parts(query)).map(part => part.code).join('\n');
    const script = `${PUBLIC_URL}/embed/${site.siteKey}.js`;
    const room = '<svg width="1" height="420" display="block" aria-hidden="true"></svg>';
    for (const builder of ['html', 'wix', 'squarespace', 'webflow'])
      assert.deepEqual(await parts(`for=${builder}`), [
        { place: 'page', code: `<script async src="${script}"></script>\n<inlay-booking>${room}</inlay-booking>` },
      ]);
    assert.match(await code('for=shopify'), /^<script defer src/);
    assert.deepEqual(await parts('for=wordpress&label=A%22%5D%3Cb'), [
      { place: 'address', code: PUBLIC_URL },
      { place: 'key', code: site.siteKey },
      { place: 'shortcode', code: '[inlay widget="booking" label="Ab" height="420"]' },
    ]);
    const hostile = encodeURIComponent('"><script>alert(1)</script>');
    assert.match(
      await code(`label=${hostile}&onclick=x()`),
      /label="&quot;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;">/,
    );
    assert.doesNotMatch(await code(`for=gtm&mode=float&label=${hostile}`), /alert\(1\)<\/script>/);
    assert.match(
      await code('for=react'),
      /import \{ InlayBooking \}.*\n\nloadInlay\(.*\n\n.*<InlayBooking height=\{420\} \/>/,
    );
    assert.match(await code('for=vue'), /<template><InlayBooking :height="420" \/><\/template>$/);
    assert.match(await code('for=svelte&theme=dark'), /<inlay-booking theme="dark"><svg/);
    const popup = await code('mode=popup&label=Book');
    assert.match(
      popup,
      /<inlay-booking mode="popup" label="Book"><button type="button">Book<\/button><\/inlay-booking>$/,
    );
    assert.deepEqual(
      (await parts('for=gtm')).map(({ place }) => place),
      ['tag', 'page'],
    );
    assert.deepEqual(
      (await parts('for=gtm&mode=popup')).map(({ place }) => place),
      ['tag'],
    );
    const fast = await parts('fast=1');
    assert.deepEqual(
      fast.map(({ place }) => place),
      ['head', 'page'],
    );
    assert.match(fast[0]!.code, /as="fetch" crossorigin href="[^"]+\/session\?m=booking&amp;locale=cs-CZ">$/);
    assert.match(fast[1]!.code, /<inlay-booking locale="cs-CZ">/);
    for (const bad of ['for=netscape', 'mode=sideways', 'fast=2'])
      assert.equal((await call('GET', `${path}&${bad}`)).body.code, 'VALIDATION_FAILED', bad);
    assert.equal((await call('GET', `${path}&widget=inlay-nothing`)).status, 404);
    assert.match(
      (await data('POST', `/api/sites/${site.id}/pins?module=booking&for=react`, {})).parts[1].code,
      /integrity: "sha256-test"/,
    );
  });

  it('keeps what is in use, and says what would be lost', async () => {
    const installations = `/api/clients/${client.id}/installations`;
    const required = await call('DELETE', `${installations}/party`);
    assert.equal(required.status, 409);
    assert.match(required.body.detail, /booking requires party/);
    assert.match((await call('DELETE', `${installations}/booking`)).body.detail, /shown on Main/);
    await call('POST', `/api/clients/${client.id}/keys`, { name: 'K', scopes: ['*'] });
    const kept = await call('DELETE', `/api/clients/${client.id}`);
    assert.deepEqual([kept.status, kept.body.code], [409, 'IN_USE']);
    for (const part of [/Rosa/, /1 site \(Main\)/, /2 installed modules/, /1 API key/])
      assert.match(kept.body.detail, part);

    assert.equal(
      (await call('POST', `/api/clients/${client.id}/keys`, { name: 'K', scopes: ['nothing:read'] })).status,
      422,
    );
    await data('PUT', `/api/sites/${site.id}/modules/booking`, { enabled: false });
    assert.equal((await call('DELETE', `${installations}/booking`)).status, 204);
    assert.equal((await call('DELETE', `/api/sites/${site.id}`)).status, 204);
    assert.equal((await call('GET', `/api/sites/${site.id}`)).status, 404);
    assert.equal((await call('DELETE', `/api/clients/${client.id}`)).status, 204);
    assert.equal((await call('GET', `/api/clients/${client.id}`)).status, 404);
    assert.ok(world.tenantChanges.length >= 8);
  });

  it('leaves a trail that cannot be edited, without secrets', async () => {
    const entries = (await call('GET', '/api/audit')).body.data;
    const actions = entries.map((entry: { action: string }) => entry.action);
    assert.equal(actions[0], 'client.delete');
    for (const action of [
      'agency.create',
      'client.create',
      'site.create',
      'origin.create',
      'origin.delete',
      'installation.create',
      'site-module.update',
      'key.create',
      'site.delete',
    ]) {
      assert.ok(actions.includes(action), action);
    }
    assert.deepEqual([entries[0].actor.kind, entries[0].actor.name], ['user', 'Ada']);
    assert.doesNotMatch(JSON.stringify(entries), /inlay_sk_[\w-]{20}|scrypt/);
    await assert.rejects(async () => world.db.update(audit).set({ action: 'x.y' }));
    await assert.rejects(async () => world.db.delete(audit));
    assert.deepEqual(world.logs, []);
  });
});
