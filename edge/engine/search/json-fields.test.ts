import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entity, f } from '../../../schemas/module/index.ts';
import { createTestEngine } from '../testing.ts';
import { testModule } from '../testing-module.ts';

const shops = testModule({
  id: 'inlay.shops',
  entities: {
    shop: entity({
      label: 'Shop',
      fields: {
        motto: f.text().translated().search(),
        at: f.address().search(),
        tags: f
          .list(f.object({ name: f.text() }))
          .default([])
          .search(),
      },
      access: { admin: { read: true, create: true, update: true } },
    }),
  },
});

test('the values of texts by locale, lists and addresses are found, the names of their members are not', async t => {
  const engine = createTestEngine({ modules: [{ module: shops }], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  const { admin } = engine.actors;
  const { id } = await engine.create(admin, 'shops', 'shop', {
    motto: { en: 'Always open', de: 'Immer offen' },
    at: { line1: 'Hauptstraße 1', city: 'Wien', country: 'AT' },
    tags: [{ name: 'antiques' }],
  });
  const found = async (q: string) => (await engine.list(admin, 'shops', 'shop', `q=${encodeURIComponent(q)}`)).length;
  for (const word of ['always', 'offen', 'hauptstraße', 'wien', 'antiques']) {
    assert.equal(await found(word), 1, word);
  }
  for (const word of ['line1', 'city', 'country', 'name', 'de']) assert.equal(await found(word), 0, word);
  await engine.update(admin, 'shops', 'shop', id, { tags: [{ name: 'books' }] });
  assert.deepEqual([await found('antiques'), await found('books'), await found('offen')], [0, 1, 1]);
});
