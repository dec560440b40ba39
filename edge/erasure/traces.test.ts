/** The places that a person's name reaches beside the records: short names, lists, imports, columns of other versions, what a law keeps. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineModule, entity, f, type ManifestJson, toManifest } from '../../schemas/module/index.ts';
import { createWorld } from '../../tests/support/control-world.ts';
import { importRecords, undoImport } from '../engine/csv/import.ts';
import { readShape } from '../engine/store/shape.ts';
import { createTestEngine, type TestEngine } from '../engine/testing.ts';
import { callBy, targetOf } from '../engine/testing-library.ts';
import { rows } from '../engine/testing-room.ts';
import { publishVersion } from '../versions/publish.ts';
import { erasePerson } from './erase-person.ts';
import { storedEntities } from './stored-entities.ts';

const access = { admin: { read: true, create: true, update: true, delete: true } } as const;
const base = {
  version: '1.0.0',
  type: 'app',
  label: 'X',
  description: '',
  icon: 'x',
  categories: [],
  settings: {},
  events: {},
  actions: {},
} as const;
const shop = defineModule({
  ...base,
  id: 'inlay.shop',
  entities: {
    buyer: entity({
      label: 'Buyer',
      fields: { name: f.text().pii().search(), email: f.text({ format: 'email' }).optional().pii() },
      access,
    }),
    invoice: entity({
      label: 'Invoice',
      fields: {
        buyer: f.ref('buyer'),
        sold: f.text().pii(),
        email: f.text({ format: 'email' }).optional().pii(),
        issued: f.date(),
        final: f.bool(),
      },
      access,
      retention: {
        after: 3650,
        from: 'issued',
        action: 'anonymise',
        where: { final: { eq: true } },
        keeps: 'VAT Act, section 35: ten years',
      },
    }),
    tour: entity({
      label: 'Tour',
      fields: { people: f.list(f.ref('buyer')).default([]), wishes: f.text().optional().pii() },
      access,
    }),
  },
});

const start = (t: { after(run: () => void): void }): TestEngine => {
  const engine = createTestEngine({ modules: [{ module: shop }], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  return engine;
};
const make = async (engine: TestEngine, name: string, input: unknown) =>
  (await engine.create(engine.actors.admin, 'shop', name, input)).id;
const get = (engine: TestEngine, name: string, id: string) =>
  engine.get<Record<string, unknown>>(engine.actors.admin, 'shop', name, id);

test('what a law keeps stays until its day, is named, and is no residue', async t => {
  const engine = start(t);
  const buyer = await make(engine, 'buyer', { name: 'Eva Malá', email: 'eva@mail.example' });
  const invoice = (issued: string, final: boolean) =>
    make(engine, 'invoice', { buyer, sold: 'Eva Malá', email: 'eva@mail.example', issued, final });
  const due = await invoice('2025-03-01', true);
  const [draft, old] = [await invoice('2025-03-01', false), await invoice('2016-01-01', true)];
  const proof = await erasePerson(engine.runtime, engine.tenant, { email: 'eva@mail.example' });
  const because = 'VAT Act, section 35: ten years';
  assert.deepEqual(proof.kept, [{ entity: 'shop.invoice', id: due, until: '2035-02-27', because }]);
  assert.deepEqual(proof.residue, []);
  assert.equal((await get(engine, 'invoice', due))['sold'], 'Eva Malá');
  for (const id of [draft, old]) assert.equal((await get(engine, 'invoice', id))['sold'], '[erased]');
  assert.equal((await get(engine, 'buyer', buyer))['name'], '[erased]');
});

test('a list of one person is theirs, one of several is for somebody to judge', async t => {
  const engine = start(t);
  const [eva, adam] = [
    await make(engine, 'buyer', { name: 'Eva', email: 'eva@mail.example' }),
    await make(engine, 'buyer', { name: 'Adam', email: 'adam@mail.example' }),
  ];
  const own = await make(engine, 'tour', { people: [eva, eva], wishes: 'window seat' });
  const shared = await make(engine, 'tour', { people: [adam, eva], wishes: 'no nuts' });
  const other = await make(engine, 'tour', { people: [adam], wishes: 'aisle' });
  const proof = await erasePerson(engine.runtime, engine.tenant, { person: eva });
  const wishes = await Promise.all([own, shared, other].map(async id => (await get(engine, 'tour', id))['wishes']));
  assert.deepEqual(wishes, [null, 'no nuts', 'aisle']);
  assert.deepEqual(proof.unclear, [{ entity: 'shop.tour', id: shared }]);
});

test('a name of two letters goes from the events about the person, and an import remembers nobody', async t => {
  const engine = start(t);
  const { runtime, actors } = engine;
  const li = await make(engine, 'buyer', { name: 'Li', email: 'li@mail.example' });
  const body = { csv: 'email,name\nli@mail.example,Lo\n', match: 'email' };
  const imported = await importRecords(runtime, callBy(engine, actors.admin), targetOf(engine, 'shop', 'buyer'), body);
  const { data } = JSON.parse(imported.body) as { data: { import: string; update: number } };
  assert.equal(data.update, 1);
  assert.match(JSON.stringify(await rows(engine, 'SELECT "before" FROM "_import_row"')), /Li/);
  const db = await runtime.stores.open(engine.tenant.store, engine.tenant.modules);
  const payload = JSON.stringify({ name: 'Lo', town: 'Lo Valley' });
  await db.write([
    { sql: `INSERT INTO "_outbox" VALUES ('e1', 'shop.came', ?, ?, 1)`, args: [li, payload] },
    { sql: `INSERT INTO "_outbox" VALUES ('e2', 'shop.came', 'another', ?, 1)`, args: [payload] },
  ]);
  await erasePerson(runtime, engine.tenant, { person: li });
  const told = await rows(engine, `SELECT "payload" FROM "_outbox" WHERE "event" = 'shop.came' ORDER BY "id"`);
  assert.deepEqual(told, [[JSON.stringify({ name: '[erased]', town: 'Lo Valley' })], [payload]]);
  assert.deepEqual(await rows(engine, 'SELECT "before" FROM "_import_row"'), [[null]]);
  const undone = await undoImport(
    runtime,
    callBy(engine, actors.admin),
    targetOf(engine, 'shop', 'buyer'),
    data.import,
  );
  assert.deepEqual(JSON.parse(undone.body), { data: { removed: 0, reverted: 0, kept: [li] } });
  assert.equal((await get(engine, 'buyer', li))['name'], '[erased]');
});

test('columns that only another version has, and those a removed module added or made, are looked through as well', async t => {
  const world = createWorld();
  t.after(() => world.close());
  const json = toManifest(shop) as ManifestJson;
  const phone = { kind: 'text', format: 'phone', required: false, pii: true } as const;
  const { buyer } = json.entities;
  const newer = {
    ...json,
    version: '1.1.0',
    entities: { ...json.entities, buyer: { ...buyer!, fields: { ...buyer!.fields, mobile: phone } } },
  };
  const { clock } = world.deps.ports;
  for (const manifest of [json, newer]) await publishVersion({ db: world.db, clock }, manifest, null);
  const engine = start(t);
  const person = await make(engine, 'buyer', { name: 'Eva Malá', email: 'eva@mail.example' });
  const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
  await db.write([
    { sql: 'ALTER TABLE "shop_buyer" ADD COLUMN "mobile" TEXT' },
    { sql: 'UPDATE "shop_buyer" SET "mobile" = ?', args: ['+420601999888'] },
  ]);
  const proof = await erasePerson(
    engine.runtime,
    engine.tenant,
    { person },
    {
      entities: shape => storedEntities(world.db, engine.tenant, shape),
    },
  );
  assert.deepEqual(proof.records, [{ entity: 'shop.buyer', id: person, columns: ['name', 'email', 'mobile'] }]);
  assert.deepEqual(await rows(engine, 'SELECT "mobile" FROM "shop_buyer"'), [[null]]);
  const found = await storedEntities(world.db, { ...engine.tenant, modules: [] }, await readShape(db));
  assert.deepEqual(found, [], 'a module that the client never had is not looked for');
});
