import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start } from '../testing-room.ts';
import { selectionOf } from './selection.ts';

test('fields that are asked for by name are read as in the whole record, with the id', async t => {
  const engine = start();
  t.after(() => engine.close());
  const entity = engine.tenant.byName.get('room')!.entities.get('room')!;
  const draft = { name: 'Blue', floor: 2, price: { amount: 1250, currency: 'CZK' }, tags: ['a', 'ž'] };
  const { id } = await engine.create(engine.actors.admin, 'room', 'room', draft);
  const { columns, decode } = selectionOf(entity, ['tags', 'price', 'name', 'tags']);
  const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
  const [found] = await db.read([{ sql: `SELECT ${columns} FROM "${entity.table}"` }]);
  assert.deepEqual(decode(found!.rows[0]!), { id, tags: draft.tags, price: draft.price, name: draft.name });
  assert.throws(() => selectionOf(entity, ['nothing']), TypeError);
});
