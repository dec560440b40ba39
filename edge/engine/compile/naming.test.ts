import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ManifestJson } from '../../../schemas/module/index.ts';
import { compileModule } from './module.ts';
import { columnName, extensionColumn, isReserved, longestName, tableName, tablePrefix } from './naming.ts';

const about = { id: 'acme.things', version: '1.0.0', type: 'app', settings: {}, events: {}, actions: {} };
const tricky = ['order', 'group', 'end', 'select', 'key', 'rowid', 'index', 'sqlite', 'limit', 'x', 'a', 'id'];
const letters = (alphabet: string, max: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: 0, maxLength: max });
const name = fc.oneof(
  fc.constantFrom(...tricky),
  fc.tuple(fc.constantFrom(...'abcdexyz'), letters('abAB01XYz', 39)).map(([first, rest]) => first + rest),
);
const moduleName = fc.oneof(
  fc.constantFrom(...tricky),
  letters('abx01', 40).map(rest => `m${rest}`),
);

test('100,000 names: short, plain, never reserved, never the same for two declarations', () => {
  const seen = new Map<string, string>();
  let looked = 0;
  const look = (kind: string, source: string, physical: string) => {
    looked += 1;
    assert.match(physical, /^[a-z][a-z0-9_-]*$/, source);
    assert.ok(physical.length <= longestName, physical);
    assert.ok(!isReserved(physical), physical);
    assert.ok(!physical.startsWith('sqlite_'), physical);
    const key = `${kind}:${physical}`;
    assert.equal(seen.get(key) ?? source, source, physical);
    seen.set(key, source);
  };
  fc.assert(
    fc.property(fc.constantFrom('inlay', 'acme', 'beta-labs'), moduleName, name, (publisher, module, declared) => {
      const id = `${publisher}.${module}`;
      look('table', `${id}/${declared}`, tableName(id, declared));
      for (const suffix of ['', '_currency']) assert.ok((columnName(declared) + suffix).length <= longestName);
      look('column', declared, columnName(declared));
      look('extension', `${id}/${declared}`, extensionColumn(id, declared));
    }),
    { numRuns: 70_000 },
  );
  assert.ok(seen.size >= 100_000, `${seen.size} different names of ${looked}`);
});

test('fields and entities that would share a name are refused when the module is compiled', () => {
  const compiled = (entities: object, more: object = {}) =>
    compileModule({ ...about, entities, ...more } as unknown as ManifestJson, undefined);
  const text = { kind: 'text', required: true } as const;
  const money = { kind: 'money', required: true } as const;
  const one = { label: 'A', fields: { price: money, priceAmount: text }, access: {} };
  assert.throws(() => compiled({ one }), /"priceAmount" and "price" would share/);
  const table = `${tablePrefix(about.id)}_same`;
  const same = { label: 'A', fields: { a: text }, access: {}, table };
  assert.throws(() => compiled({ a: same, b: same }), new RegExp(`two would share the table "${table}"`));
  assert.throws(() => compiled({ a: { ...same, table: 'party_person' } }), /"party_person" does not begin as/);
  const added = (fields: object) => compiled({}, { extends: { 'party.person': { fields, access: {} } } });
  assert.throws(() => added({ price: money, priceAmount: text }), /"priceAmount" and "price" would share/);
  assert.throws(() => added({ a: { ...text, column: 'b' } }), /the column "b" does not begin with/);
  const kept = compiled({ a: { ...same, fields: { mail: { ...text, column: 'email' } } } }).entities.get('a')!;
  assert.deepEqual([kept.table, kept.byName.get('mail')!.columns], [table, ['"email"']]);
});
