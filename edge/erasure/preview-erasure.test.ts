import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entity, f } from '../../schemas/module/index.ts';
import { createTestEngine } from '../engine/testing.ts';
import { testModule } from '../engine/testing-module.ts';
import { rows } from '../engine/testing-room.ts';
import { type FileRow, fileArgs, insertFileSql } from '../files/file-row.ts';
import { openFiles } from '../files/tables.ts';
import { erasePerson } from './erase-person.ts';
import { previewErasure } from './preview-erasure.ts';

const access = { admin: { read: true, create: true, update: true, delete: true } } as const;
const shop = testModule({
  id: 'inlay.shop',
  entities: {
    buyer: entity({
      label: 'Buyer',
      fields: {
        name: f.text().pii(),
        email: f.text({ format: 'email' }).optional().pii(),
        phone: f.text({ format: 'phone' }).optional().pii(),
        photo: f.file().optional().pii(),
      },
      access,
    }),
    order: entity({ label: 'Order', fields: { buyer: f.ref('buyer'), wish: f.text().optional().pii() }, access }),
    tour: entity({ label: 'Tour', fields: { people: f.list(f.ref('buyer')).default([]) }, access }),
    invoice: entity({
      label: 'Invoice',
      fields: { buyer: f.ref('buyer'), sold: f.text().pii(), issued: f.date() },
      access,
      retention: { after: 3650, from: 'issued', action: 'anonymise', keeps: 'VAT Act, section 35: ten years' },
    }),
  },
});

test('a look tells what an erasure then does, and changes nothing', async t => {
  const engine = createTestEngine({ modules: [{ module: shop }], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  const { runtime, tenant } = engine;
  const make = async (name: string, input: unknown) =>
    (await engine.create(engine.actors.admin, 'shop', name, input)).id;
  const file: FileRow = {
    ...{
      id: 'photo',
      owner: null,
      key: `${tenant.client.id}/photo`,
      name: 'eva.png',
      purpose: 'x',
      acl: 'private',
      declaredType: 'image/png',
    },
    ...{ declaredSha256: null, size: 1, mime: 'image/png', sha256: 'x', state: 'ready' },
    ...{ createdAt: 0, createdBy: null, expiresAt: 0, deletedAt: null },
  };
  await (await openFiles(runtime, tenant)).write([{ sql: insertFileSql, args: fileArgs(file) }]);
  const buyer = await make('buyer', { name: 'Eva', email: 'eva@mail.example', photo: 'photo' });
  const other = await make('buyer', { name: 'Adam', email: 'adam@mail.example' });
  for (const wish of ['window', 'aisle', null]) await make('order', { buyer, wish });
  const tour = await make('tour', { people: [buyer, other] });
  const invoice = await make('invoice', { buyer, sold: 'Eva', issued: '2025-03-01' });
  const everything = async () =>
    Promise.all(
      ['shop_buyer', 'shop_order', 'shop_invoice', '_file', '_audit', '_outbox'].map(table =>
        rows(engine, `SELECT * FROM "${table}"`),
      ),
    );
  const before = await everything();

  const found = await previewErasure(runtime, tenant, { email: 'EVA@mail.example' });
  assert.deepEqual(found, {
    addresses: ['eva@mail.example'],
    records: [
      { entity: 'shop.buyer', count: 1, fields: ['name', 'email', 'photo'] },
      { entity: 'shop.order', count: 2, fields: ['wish'] },
    ],
    kept: [{ entity: 'shop.invoice', id: invoice, until: '2035-02-27', because: 'VAT Act, section 35: ten years' }],
    unclear: [{ entity: 'shop.tour', id: tour }],
    files: 1,
  });
  assert.deepEqual(await previewErasure(runtime, tenant, { person: buyer }), found, 'the record leads to the address');
  assert.deepEqual(await everything(), before);

  const proof = await erasePerson(runtime, tenant, { email: 'eva@mail.example' });
  const counts = Map.groupBy(proof.records, record => record.entity);
  assert.deepEqual(
    [...counts].map(([name, list]) => [name, list.length]),
    found.records.map(record => [record.entity, record.count]),
  );
  assert.deepEqual([proof.kept, proof.unclear, proof.scrubbed.files], [found.kept, found.unclear, found.files]);
});

test('a look for nobody is an empty answer, also after the person is gone', async t => {
  const engine = createTestEngine({ modules: [{ module: shop }], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  await engine.create(engine.actors.admin, 'shop', 'buyer', { name: 'Eva', email: 'eva@mail.example' });
  const look = (email: string) => previewErasure(engine.runtime, engine.tenant, { email });
  const nothing = { records: [], kept: [], unclear: [], files: 0 };
  assert.deepEqual(await look('nobody@mail.example'), { addresses: ['nobody@mail.example'], ...nothing });
  await erasePerson(engine.runtime, engine.tenant, { email: 'eva@mail.example' });
  assert.deepEqual(await look('eva@mail.example'), { addresses: ['eva@mail.example'], ...nothing });
});
