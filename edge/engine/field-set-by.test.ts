import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type AnyField, entity, f } from '../../schemas/module/index.ts';
import { codecOf } from './compile/codec.ts';
import { exportCsv } from './csv/export.ts';
import { importRecords } from './csv/import.ts';
import { createTestEngine, type TestEngine } from './testing.ts';
import { type Kind, kinds, seedKinds } from './testing-kinds.ts';
import { callBy, targetOf } from './testing-library.ts';
import { testModule } from './testing-module.ts';

/** As handlers see it, which is how a manifest writes a default. */
const lowOf = ({ field, values }: Kind) => codecOf(field().json).schema.parse(values[0]) as never;

/** Fields that the engine sets where nobody may, or need, send them. */
const setters: Readonly<Record<string, (kind: Kind) => Readonly<Record<string, AnyField>>>> = {
  Default: kind => ({ value: kind.field().default(lowOf(kind)) }),
  ReadOnly: kind => ({ value: kind.field().default(lowOf(kind)).readOnly() }),
  Hidden: kind => ({ value: kind.field().default(lowOf(kind)).hidden() }),
  Computed: kind => ({ source: kind.field(), value: kind.field().computed('record.source') }),
};

/** Kinds that no expression gives, which the manifest refuses. */
const uncomputed = new Set(['objects', 'object', 'pictured', 'geo', 'address', 'translated']);

/** A value as an import's row has it. */
const cells = (kind: string, name: string, value: unknown): object =>
  kind === 'money'
    ? Object.fromEntries(Object.entries(value as object).map(([part, of]) => [`${name}.${part}`, of]))
    : { [name]: value };

const all = { read: true, create: true, update: true, delete: true } as const;
const module = testModule({
  id: 'inlay.kinds',
  entities: {
    target: entity({ label: 'Target', fields: { n: f.int() }, access: { admin: all } }),
    ...Object.fromEntries(
      Object.entries(kinds).flatMap(([name, kind]) =>
        Object.entries(setters)
          .filter(([setter]) => setter !== 'Computed' || !uncomputed.has(name))
          .map(([setter, fields]) => [
            `${name}${setter}`,
            entity({ label: 'Case', fields: { n: f.int(), ...fields(kind) }, access: { admin: all } }),
          ]),
      ),
    ),
  },
});

describe('fields that the engine sets, of every kind', () => {
  let engine: TestEngine;
  before(async () => {
    engine = createTestEngine({ modules: [{ module }], now: '2026-01-05T09:00:00Z' });
    await seedKinds(engine);
  });
  after(() => engine.close());

  const refused = { code: 'VALIDATION_FAILED' };
  const doors = (name: string) => {
    const { admin } = engine.actors;
    const target = targetOf(engine, 'kinds', name);
    const call = callBy(engine, admin);
    return {
      create: (values: object) => engine.create(admin, 'kinds', name, { n: 1, ...values }),
      update: (id: string, values: object) => engine.update(admin, 'kinds', name, id, values),
      get: (id: string) => engine.get(admin, 'kinds', name, id),
      list: (query: string) => engine.list(admin, 'kinds', name, query),
      take: async (rows: object[]) =>
        JSON.parse((await importRecords(engine.runtime, call, target, { rows })).body).data,
      csv: async () => new Response(await exportCsv(engine.runtime, call, target, [['sort', 'n']])).text(),
    };
  };

  for (const [kind, { values }] of Object.entries(kinds)) {
    const [low, high] = values;

    test(`${kind} default`, async () => {
      const { create, update, get, take, list } = doors(`${kind}Default`);
      const { id } = await create({});
      assert.deepEqual((await get(id))['value'], low);
      assert.deepEqual((await create({ value: high }))['value'], high);
      assert.deepEqual((await update(id, { n: 2 }))['value'], low, 'a change does not bring it back');
      assert.deepEqual((await update(id, { value: high }))['value'], high);
      assert.deepEqual((await update(id, { n: 3 }))['value'], high);
      assert.equal((await take([{ n: 9 }])).new, 1);
      assert.deepEqual((await list('filter[n]=9'))[0]!['value'], low);
    });

    test(`${kind} readOnly`, async () => {
      const { create, update, get, take, list } = doors(`${kind}ReadOnly`);
      await assert.rejects(create({ value: high }), refused);
      const { id } = await create({});
      assert.deepEqual((await get(id))['value'], low);
      await assert.rejects(update(id, { value: high }), refused);
      assert.deepEqual(
        [(await take([{ n: 9, ...cells(kind, 'value', high) }])).new, (await list('filter[n]=9'))[0]!['value']],
        [1, low],
      );
    });

    test(`${kind} hidden`, async () => {
      const { create, update, get, take, list, csv } = doors(`${kind}Hidden`);
      await assert.rejects(create({ value: high }), refused);
      const made = await create({});
      for (const shown of [made, await get(made.id), (await list(''))[0]!]) assert.equal('value' in shown, false);
      await assert.rejects(update(made.id, { value: high }), refused);
      await assert.rejects(list('filter[value][null]=true'), { code: 'INVALID_QUERY' });
      await assert.rejects(list('sort=value'), { code: 'INVALID_QUERY' });
      await assert.rejects(take([{ n: 9, ...cells(kind, 'value', high) }]), refused);
      assert.doesNotMatch((await csv()).split('\r\n')[0]!, /value/);
      const { byName, table } = targetOf(engine, 'kinds', `${kind}Hidden`).entity;
      const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
      const column = byName.get('value')!.columns[0]!;
      const [kept] = await db.read([{ sql: `SELECT count(*) FROM "${table}" WHERE ${column} IS NOT NULL` }]);
      assert.equal(Number(kept!.rows[0]![0]), 1, 'it is kept all the same');
    });

    if (uncomputed.has(kind)) continue;
    test(`${kind} computed`, async () => {
      const { create, update, get, take, list } = doors(`${kind}Computed`);
      await assert.rejects(create({ source: low, value: high }), refused);
      const { id } = await create({ source: low });
      assert.deepEqual((await get(id))['value'], low);
      await assert.rejects(update(id, { value: high }), refused);
      assert.deepEqual((await update(id, { source: high }))['value'], high);
      assert.deepEqual((await get(id))['value'], high);
      const taken = await take([{ n: 9, ...cells(kind, 'source', high), ...cells(kind, 'value', low) }]);
      assert.deepEqual([taken.new, (await list('filter[n]=9'))[0]!['value']], [1, high]);
    });
  }
});
