import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { uuidv7 } from 'uuidv7';
import type { ManifestJson } from '../../schemas/module/index.ts';
import type { Client, ModuleSummary } from '../../schemas/protocol/index.ts';
import { callerNames, callersOf } from '../support/access-callers.ts';
import { ownRoutes } from '../support/access-own.ts';
import {
  actionRoutes,
  entityRoutes,
  fileRoutes,
  type SuiteCaller,
  type SuiteRoute,
  widgetRoutes,
} from '../support/access-suite.ts';
import { walk } from '../support/access-walk.ts';
import { checkShown, wholeRoutes } from '../support/access-whole.ts';
import { dataSurface, routeTaken } from '../support/app-routes.ts';
import { type DemoClient, type DemoWorld, startDemoWorld } from '../support/demo-world.ts';
import { keptFile } from '../support/kept-file.ts';
import { ownRecords } from '../support/own-records.ts';
import { installAll, openShop } from '../support/shop-goods.ts';

const firstId = async (client: DemoClient, path: string): Promise<string | undefined> => {
  const response = await client.call(`${path}?page[size]=1`);
  return response.ok ? ((await response.json()) as { data: { id: string }[] }).data[0]?.id : undefined;
};

describe('each route answers each caller as the manifest says', { timeout: 900_000 }, () => {
  let world: DemoWorld;
  const modules: Record<string, ManifestJson> = {};
  let callers: readonly SuiteCaller[];
  const routes: SuiteRoute[] = [];
  before(async () => {
    world = await startDemoWorld();
    for (const { name } of await world.api.get<ModuleSummary[]>('/api/modules')) {
      modules[name] = (await world.api.get<ModuleSummary>(`/api/modules/${name}`)).manifest as ManifestJson;
    }
    const clients = await world.api.get<Client[]>('/api/clients');
    for (const client of clients) {
      await installAll(world.api, client.id, Object.keys(modules));
      await openShop(world.api, client.id);
    }
    const business = clients.find(client => client.name !== 'Hudson Dental')!;
    callers = await callersOf(world, business, Object.keys(modules));
    const kept = new Map<string, string>();
    for (const [module, manifest] of Object.entries(modules)) {
      for (const [name, entity] of Object.entries(manifest.entities)) {
        const path = `${module}/v1/${name}`;
        const ids = { unknown: uuidv7(), foreign: await firstId(world.dental, path) };
        routes.push(...entityRoutes(module, name, entity, ids));
        const idOf = (of: string, target: string) => firstId(world.salon, `${of}/v1/${target}`);
        const records = await ownRecords(world.salon, module, name, entity, idOf);
        if (records) routes.push(...ownRoutes(module, name, entity, records));
        kept.set(`${module}.${name}`, records?.kept ?? uuidv7());
      }
      routes.push(...actionRoutes(module, manifest), ...widgetRoutes(module, manifest));
    }
    routes.push(...fileRoutes({ unknown: uuidv7(), foreign: await keptFile(world.host.url, world.dental) }));
    routes.push(...wholeRoutes(modules, { own: (module, name) => kept.get(`${module}.${name}`)! }));
  });
  after(() => world?.host.stop());

  const met = new Map<number, number>();
  for (const [index, name] of callerNames.entries()) {
    it(`every installed module, every route: ${name}`, { timeout: 300_000 }, async () => {
      const caller = callers[index]!;
      assert.equal(caller.name, name);
      // A credential that is refused is so before anybody asks whose the record is.
      const asked = caller.refused ? routes.filter(route => !/ (?:unknown|foreign)$/.test(route.name)) : routes;
      const walked = await walk(world.host.url, caller, asked);
      for (const [status, times] of walked.met) met.set(status, (met.get(status) ?? 0) + times);
      assert.deepEqual(walked.wrong, []);
      assert.ok(asked.length >= (caller.refused ? 150 : 250), `${asked.length} routes were looked at`);
    });
  }

  it('all of their answers were met', () => {
    assert.equal(callers.length, callerNames.length);
    for (const status of [200, 204, 400, 401, 403, 404, 422])
      assert.ok((met.get(status) ?? 0) >= 15, `${status}: ${met.get(status)}`);
  });

  it("no route of the app's data surface is left out", async () => {
    const surface = await dataSurface();
    assert.ok(surface.size >= 30, `${surface.size} routes`);
    const origin = callers.find(({ name }) => name === 'nobody')!;
    const walked = new Set<string | undefined>();
    for (const { method, path } of routes) {
      walked.add(routeTaken(surface, method, typeof path === 'string' ? path : await path(origin)));
    }
    assert.ok(!walked.has(undefined), 'a route of the suite is none of the app');
    assert.deepEqual(
      [...surface].filter(route => !walked.has(route)),
      [],
      'give these their cases in tests/support',
    );
  });

  it('what a caller is shown of the API, and what it finds, is what it was granted', async () => {
    const ask = async ({ headers }: SuiteCaller, path: string) =>
      (await fetch(`${world.host.url}${path}`, { headers })).json();
    const known = callers.filter(({ refused }) => !refused);
    const found = new Map<string, number>();
    for (const caller of known) found.set(caller.name, await checkShown(ask, modules, caller));
    assert.equal(known.length, 8);
    assert.ok(found.get('owner')! > 0);
    assert.equal(found.get('key of files'), 0);
  });

  it('a credential whose time is over is told so, others are not', async () => {
    for (const { name, headers, refused } of callers) {
      if (refused !== 401) continue;
      const reply = await fetch(`${world.host.url}/api/m/booking/v1/service`, { headers });
      const { code } = (await reply.json()) as { code: string };
      const over = name === 'expired key' ? 'KEY_EXPIRED' : 'TOKEN_EXPIRED';
      assert.equal(code, name.startsWith('expired') ? over : 'UNAUTHENTICATED', name);
    }
  });
});
