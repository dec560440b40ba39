import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineModule, entity, f } from '../../../schemas/module/index.ts';
import { createTestEngine } from '../testing.ts';
import { rows } from '../testing-room.ts';
import { retentionSql } from './retention.ts';

const day = 86_400_000;
const fields = { name: f.text().pii(), mail: f.text().optional().pii(), left: f.date(), keep: f.bool().default(false) };
const access = { admin: { read: true, create: true } } as const;
const module = defineModule({
  id: 'inlay.guests',
  version: '1.0.0',
  type: 'app',
  label: 'Guests',
  description: '',
  icon: 'x',
  categories: [],
  settings: {},
  entities: {
    guest: entity({
      label: 'Guest',
      fields,
      access,
      retention: { after: 30, from: 'left', action: 'anonymise', where: { keep: { eq: false } } },
    }),
    visit: entity({
      label: 'Visit',
      fields: { note: f.text() },
      access,
      retention: { after: 1, from: 'createdAt', action: 'delete' },
    }),
  },
  events: {},
  actions: {},
});

test('retention takes the person out, once, or the record away', async t => {
  const engine = createTestEngine({ modules: [{ module }], now: '2026-03-01T12:00:00Z' });
  t.after(() => engine.close());
  const { admin } = engine.actors;
  const guest = (name: string, left: string, keep = false) =>
    engine.create(admin, 'guests', 'guest', { name, mail: 'a@b.test', left, keep });
  await guest('old', '2026-01-01');
  await guest('kept', '2026-01-01', true);
  await guest('fresh', '2026-02-20');
  await engine.create(admin, 'guests', 'visit', { note: 'x' });
  const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
  const { entities } = engine.tenant.byName.get('guests')!;
  const run = async (name: string, now: number) =>
    (await db.write([retentionSql(entities.get(name)!, now, 'UTC')!]))[0]!.changes;
  assert.equal(await run('guest', engine.now), 1);
  assert.equal(await run('guest', engine.now), 0);
  assert.deepEqual(await rows(engine, 'SELECT name, mail FROM guests_guest ORDER BY id'), [
    ['[erased]', null],
    ['kept', 'a@b.test'],
    ['fresh', 'a@b.test'],
  ]);
  assert.equal(await run('visit', engine.now), 0);
  assert.equal(await run('visit', engine.now + 2 * day), 1);
});
