import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AnyField, entity, f, type ManifestJson, type StableIds, toManifest } from '../../schemas/module/index.ts';
import { lintManifest } from '../versions/lint.ts';
import { compileModule } from './compile/module.ts';
import { newIds, renamedIds } from './compile/new-ids.ts';
import { createTestEngine } from './testing.ts';
import { testModule } from './testing-module.ts';

const all = { read: true, create: true, update: true, delete: true } as const;
let counter = 0;
const next = () => String(++counter).padStart(10, '0');

function shop(version: `1.${number}.0`, name: string, fields: Record<string, AnyField>, ids: StableIds = {}) {
  return testModule({
    id: 'inlay.shop',
    version,
    ids,
    entities: { [name]: entity({ label: 'Item', fields, access: { admin: all } }) },
  });
}

test('a renamed field and a renamed entity keep their rows, their columns and their indexes', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-ids-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const now = '2026-01-05T09:00:00Z';
  const start = (module: ReturnType<typeof shop>) => createTestEngine({ modules: [{ module }], now, folder });
  const first = { name: f.text().unique().search(), price: f.money().optional() };
  const ids = newIds(toManifest(shop('1.0.0', 'item', first)), {}, next);
  const before = shop('1.0.0', 'item', first, ids);
  const old = start(before);
  const price = { amount: 500, currency: 'EUR' };
  const row = await old.create(old.actors.admin, 'shop', 'item', { name: 'Chair', price });
  const shape = async (engine: typeof old) => {
    const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
    const [columns, indexes] = await db.read([
      { sql: `SELECT name FROM pragma_table_info('shop_item') ORDER BY cid` },
      { sql: `SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'shop_item' ORDER BY name` },
    ]);
    return [columns!.rows.flat(), indexes!.rows.flat()];
  };
  const born = await shape(old);
  old.close();

  // `title` was `name`, `cost` was `price`, `product` was `item`; the new `name` is another field.
  let moved: StableIds = ids;
  for (const [from, to] of [
    ['item.name', 'item.title'],
    ['item.price', 'item.cost'],
    ['item', 'product'],
  ] as const) {
    moved = renamedIds(moved, from, to);
  }
  const fields = { title: first.name, cost: first.price, name: f.text().optional() };
  const after = newIds(toManifest(shop('1.1.0', 'product', fields)), moved, next);
  assert.deepEqual(after['product.title'], ids['item.name']);
  assert.equal(after['product.name']!.at, 'name_2', 'a column is never given twice');
  const later = start(shop('1.1.0', 'product', fields, after));
  const found = await later.get(later.actors.admin, 'shop', 'product', row.id);
  assert.deepEqual([found['title'], found['cost'], found['name']], ['Chair', price, null]);
  const listed = await later.list(later.actors.admin, 'shop', 'product', 'q=chair&filter[title][eq]=Chair');
  assert.equal(listed.length, 1);
  const [columns, indexes] = await shape(later);
  assert.deepEqual(columns, [...born[0]!, 'name_2']);
  assert.deepEqual(indexes, born[1]);
  await assert.rejects(later.create(later.actors.admin, 'shop', 'product', { title: 'Chair' }), {
    code: 'ALREADY_EXISTS',
  });
  later.close();

  const back = start(before);
  assert.equal((await back.get(back.actors.admin, 'shop', 'item', row.id))['name'], 'Chair');
  back.close();
});

test('ids are given once: whatever is declared later, no row changes and no two fields share a column', () => {
  const kinds: Record<string, () => AnyField> = { text: () => f.text(), money: () => f.money(), geo: () => f.geo() };
  const name = fc.constantFrom('price', 'priceAmount', 'end', 'at', 'atLat', 'name', 'order');
  const step = fc.dictionary(name, fc.constantFrom(...Object.keys(kinds)), { minKeys: 1, maxKeys: 6 });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), steps => {
      let ids: StableIds = {};
      const seen = new Map<string, string>();
      for (const [i, declared] of steps.entries()) {
        const fields = Object.fromEntries(
          Object.entries(declared).map(([field, kind]) => [`${field}${kind}`, kinds[kind]!()]),
        );
        const module = shop(`1.${i}.0`, 'item', fields);
        const given = newIds(toManifest(module), ids, next);
        for (const [key, row] of Object.entries(ids)) assert.equal(given[key], row);
        ids = given;
        const compiled = compileModule(toManifest({ ...module, ids }), undefined).entities.get('item')!;
        for (const field of compiled.fields) {
          for (const column of field.columns) {
            assert.equal(seen.get(column) ?? field.name, field.name, column);
            seen.set(column, field.name);
          }
        }
      }
    }),
  );
});

test('the lint tells a rename from a loss, and names what grew', () => {
  const text = { kind: 'text', required: false } as const;
  const base = toManifest(shop('1.0.0', 'item', { name: f.text(), size: f.enum(['s', 'm']).optional() }));
  const item = base.entities['item']!;
  const version = (more: Partial<ManifestJson>, fields: object = item.fields, access: object = item.access) =>
    ({
      ...base,
      version: '1.1.0',
      entities: { item: { ...item, fields, access } },
      ...more,
    }) as unknown as ManifestJson;
  const { size, name } = item.fields;
  const codes = (after: ManifestJson) => lintManifest(base, after).map(({ level, code }) => `${level} ${code}`);
  assert.deepEqual(codes(version({})), []);
  assert.deepEqual(codes(version({}, { size, name, note: text })), [], 'more is fine');
  assert.deepEqual(codes(version({}, { size })), [], 'and so is less: the column stays');
  assert.deepEqual(codes(version({}, { size, title: name })), [
    'error renamed_without_id',
    'error contract_without_expand',
  ]);
  assert.deepEqual(codes(version({}, { size, title: { ...name, column: 'name' } })), []);
  const backfill = [{ entity: 'item', set: { title: { copy: 'name' } } }];
  assert.deepEqual(codes(version({ migrations: [{ to: '1.1.0', backfill }] }, { size, title: name })), []);
  const contract = [{ entity: 'item', field: 'name' }];
  assert.deepEqual(codes(version({ migrations: [{ to: '1.1.0', contract }] }, { size, title: text })), [
    'error contract_without_expand',
    'warning contract_in_use',
  ]);
  assert.deepEqual(codes(version({}, { name, size: { ...size, values: ['s'] } })), ['error contract_without_expand']);
  assert.deepEqual(codes(version({}, { ...item.fields, code: { ...text, required: true } })), [
    'error contract_without_expand',
  ]);
  const publicRead = { ...item.access, public: { read: { where: { name: { eq: 'x' } } } } };
  assert.deepEqual(codes(version({}, item.fields, publicRead)), [
    'error unindexed_public_filter',
    'warning grown_scope',
  ]);
  assert.deepEqual(codes(version({}, { size, name: { ...name, index: true } }, publicRead)), ['warning grown_scope']);
  const [grown] = lintManifest(base, version({ egress: ['mail.example.com'] }));
  assert.deepEqual([grown?.level, grown?.message], ['warning', 'New in 1.1.0: reach mail.example.com.']);
});
