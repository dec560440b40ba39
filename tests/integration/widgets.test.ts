import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ManifestJson } from '../../schemas/module/index.ts';
import type { FormView, ModuleSummary, RecordsView } from '../../schemas/protocol/index.ts';
import { type SuiteCaller, widgetRoutes } from '../support/access-suite.ts';
import { walk } from '../support/access-walk.ts';
import { pageOrigin, startWidgetsWorld, type WidgetsWorld } from '../support/widgets-world.ts';

const module = 'guest-book';
const entry = { name: 'Ada', message: 'Lovely.' };

describe('widgets from a manifest', () => {
  let world: WidgetsWorld;
  before(async () => {
    world = await startWidgetsWorld(module);
  });
  after(() => world?.stop());

  const ask = (path: string, body: unknown, headers: Readonly<Record<string, string>>) =>
    fetch(`${world.host.url}/api/m/${module}/v0/widgets/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: pageOrigin, ...headers },
      body: JSON.stringify(body),
    });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const visitor = async () => bearer((await world.inn.session()).token);

  it('the script names the kit’s chunks for its tags, and the session has all that they show first', async () => {
    const script = await (await fetch(`${world.host.url}/embed/${world.inn.siteKey}.js`)).text();
    for (const [tag, kind] of [
      ['inlay-guest-book', 'list'],
      ['inlay-guest-book-sign', 'form'],
    ] as const)
      assert.match(script, new RegExp(`"${tag}":\\{"m":"guest-book","v":0,"files":\\["/embed/c/generic-${kind}-`));
    assert.match(world.inn.snippet.tag, /<inlay-guest-book-sign><svg/);
    const { modules, locale } = await world.inn.session(`m=${module}&locale=de-AT`);
    const views = modules[module]!.views!;
    const list = views['inlay-guest-book'] as RecordsView;
    const form = views['inlay-guest-book-sign'] as FormView;
    assert.deepEqual([locale, list.words['title'], list.page!.records], ['de-AT', 'Gästebuch', []]);
    assert.deepEqual(
      form.controls.map(({ name, label, required }) => [name, label, required]),
      [
        ['name', 'Name', true],
        ['message', 'Nachricht', true],
      ],
    );
  });

  it('what a visitor sends is kept once, waits for the desk, and then shows to everybody', async () => {
    const headers = { ...(await visitor()), 'idempotency-key': 'once' };
    const body = { values: entry, took: 5000 };
    const [first, again] = [await ask('sign/submit', body, headers), await ask('sign/submit', body, headers)];
    assert.deepEqual([first.status, again.status], [200, 200]);
    const { data } = (await first.json()) as { data: { id: string } };
    assert.deepEqual(await again.json(), { data });
    assert.equal((await world.inn.data<unknown[]>('guest-book/v0/entry')).length, 1);
    const shown = async () => {
      const { modules } = await world.inn.session();
      return (modules[module]!.views!['inlay-guest-book'] as RecordsView).page!.records;
    };
    assert.deepEqual(await shown(), []);
    await world.inn.data(`guest-book/v0/entry/${data.id}/transitions/publish`, { body: {} });
    const [record] = await shown();
    assert.deepEqual([record!.title, record!.parts[0]!.text], ['Ada', 'Lovely.']);
    const page = await ask('guest-book/page', {}, await visitor());
    assert.equal(((await page.json()) as { data: { records: unknown[] } }).data.records.length, 1);
  });

  it('a token is good on its own page, for its own client, and for the modules of its site', async () => {
    const own = await visitor();
    const elsewhere = await ask('guest-book/page', {}, { ...own, origin: 'https://evil.example.test' });
    assert.equal(elsewhere.status, 403);
    await assert.rejects(world.inn.session(`m=${module}`, 'https://evil.example.test'), /403/);
    const rival = await world.rival.session();
    assert.deepEqual(rival.modules, {});
    assert.equal((await ask('guest-book/page', {}, bearer(rival.token))).status, 404);
    assert.equal((await ask('sign/submit', { values: entry, took: 5000 }, bearer(rival.token))).status, 404);
    for (const headers of [{}, bearer('nonsense'), bearer(`${rival.token.slice(0, -4)}AAAA`)])
      assert.equal((await ask('guest-book/page', {}, headers as Record<string, string>)).status, 401);
  });

  it('every caller gets from a widget what its role may, and nothing else', async () => {
    const manifest = (await world.api.get<ModuleSummary>(`/api/modules/${module}`)).manifest as ManifestJson;
    const key = async (scopes: readonly string[]) => {
      const body = { name: 'suite', scopes };
      return bearer((await world.api.send<{ key: string }>(`/api/clients/${world.inn.id}/keys`, { body })).key);
    };
    const strong = ['admin', 'staff'];
    const reading = [`${module}:read`];
    const callers: SuiteCaller[] = [
      { name: 'owner', headers: bearer(await world.api.clientToken(world.inn.id)), roles: strong },
      { name: 'visitor', headers: await visitor(), roles: ['public'], modules: new Set([module]) },
      {
        name: 'visitor of a site without it',
        headers: bearer((await world.rival.session()).token),
        roles: ['public'],
        modules: new Set(),
      },
      { name: 'key to read', headers: await key(reading), roles: strong, scopes: () => reading },
      {
        name: 'key of another module',
        headers: await key(['booking:write']),
        roles: strong,
        scopes: () => ['booking:write'],
      },
      { name: 'nobody', headers: {}, roles: [], refused: 401 },
    ];
    const routes = widgetRoutes(module, manifest);
    const met = new Set<number>();
    for (const caller of callers) {
      const onPage = { ...caller, headers: { origin: pageOrigin, ...caller.headers } };
      const walked = await walk(world.host.url, onPage, routes);
      assert.deepEqual(walked.wrong, []);
      for (const status of walked.met.keys()) met.add(status);
    }
    assert.deepEqual([...met].sort(), [200, 401, 403, 404, 422]);
  });
});
