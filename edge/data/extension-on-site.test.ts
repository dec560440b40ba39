import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineModule } from '../../schemas/module/index.ts';
import { createTestEngine } from '../engine/testing.ts';
import { folk, folkCode, loyalty, loyaltyCode } from '../engine/testing-loyalty.ts';
import { openApiDocument } from '../openapi/document.ts';
import { surfaceOf } from '../openapi/surface.ts';
import { dataRoutes } from './routes.ts';
import { serveRoutes } from './testing.ts';

const target = loyalty.extends!['folk.person'];
const open = defineModule({
  ...loyalty,
  extends: { 'folk.person': { ...target, access: { ...target.access, public: { read: true } } } },
});

test('a visitor sees what another module adds only where the site has enabled that module', async t => {
  const modules = [
    { module: folk, code: folkCode },
    { module: open, code: loyaltyCode },
  ];
  const engine = createTestEngine({ modules, now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  const { admin, visitor } = engine.actors;
  const { id } = await engine.create(admin, 'folk', 'person', { name: 'Ada', loyaltyCard_points: 7 });
  const enabled = engine.tenant.sites[0]!;
  const { 'loyalty-card': _not, ...rest } = Object.fromEntries(enabled.modules);
  const disabled = { ...enabled, modules: new Map(Object.entries(rest)) };
  for (const [site, seen] of [
    [enabled, true],
    [disabled, false],
  ] as const) {
    const app = serveRoutes(
      Object.assign(Object.create(engine), { tenant: { ...engine.tenant, sites: [site] } }),
      dataRoutes,
    );
    const get = (path: string) => app.request(`/api/m/folk/v1/person${path}`, { headers: { 'x-actor': 'visitor' } });
    const { data } = (await (await get(`/${id}`)).json()) as { data: object };
    assert.equal('loyaltyCard_points' in data, seen);
    for (const query of ['filter[loyaltyCard_points][gt]=1', 'sort=loyaltyCard_points', 'fields=loyaltyCard_points']) {
      assert.equal((await get(`?${query}`)).status, seen ? 200 : 400, query);
    }
    const staff = await app.request(`/api/m/folk/v1/person/${id}`);
    assert.match(await staff.text(), /"loyaltyCard_points":7/);
    const actor = { ...visitor, modules: new Set(site.modules.keys()) };
    const surface = surfaceOf({ actor, tenant: engine.tenant, site });
    const document = JSON.stringify(openApiDocument({ surface, url: 'https://x.test', version: '1' }));
    assert.equal(document.includes('loyaltyCard_points'), seen);
  }
});
