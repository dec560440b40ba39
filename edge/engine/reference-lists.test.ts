import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Problem } from '../../schemas/errors/index.ts';
import { entity, f, implement } from '../../schemas/module/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { createTestEngine, type TestEngine } from './testing.ts';
import { folk, folkCode, loyalty, loyaltyCode } from './testing-loyalty.ts';
import { testModule } from './testing-module.ts';

const all = { read: true, create: true, update: true, delete: true } as const;
const trips = testModule({
  id: 'beta.trips',
  requires: { 'loyalty-card': { range: '^1.0.0' } },
  entities: {
    trip: entity({
      label: 'Trip',
      fields: {
        name: f.text(),
        tier: f.ref('loyalty-card.tier').optional(),
        tiers: f.list(f.ref('loyalty-card.tier')).default([]),
        after: f.list(f.ref('trip')).default([]),
      },
      access: { admin: all },
    }),
  },
  actions: {
    chain: { input: {}, output: { first: f.ref('trip') }, access: ['admin'], effect: 'write' },
  },
});
const tripsCode = implement(trips, {
  actions: {
    // The first names the second, which is made after it in the same commit.
    async chain(_input, { db }) {
      const first = db.trip.create({ name: 'first' });
      const second = db.trip.create({ name: 'second', after: [first.id] });
      db.trip.update(first.id, { after: [second.id] });
      return { first: first.id };
    },
  },
});

let engine: TestEngine;
let admin: Actor;
before(() => {
  const modules = [
    { module: trips, code: tripsCode },
    { module: folk, code: folkCode },
    { module: loyalty, code: loyaltyCode },
  ];
  engine = createTestEngine({ modules, now: '2026-01-05T09:00:00Z' });
  admin = engine.actors.admin;
});
after(() => engine.close());

const missing = (pointer: string) => (error: unknown) =>
  error instanceof Problem && error.code === 'VALIDATION_FAILED' && error.options.errors?.[0]?.pointer === pointer;

test("a module of one publisher refers to another publisher's records", async () => {
  const tier = await engine.create(admin, 'loyalty-card', 'tier', { name: 'Gold' });
  const made = await engine.create(admin, 'trips', 'trip', { name: 'A', tier: tier.id, tiers: [tier.id] });
  const { table } = engine.tenant.byName.get('loyalty-card')!.entities.get('tier')!;
  assert.match(table, /^x[a-z0-9]{10}_tier$/);
  const trip = engine.tenant.byName.get('trips')!.entities.get('trip')!;
  assert.deepEqual([trip.byName.get('tier')!.refTable, trip.byName.get('tiers')!.refTable], [table, table]);
  const names = async (query: string) => (await engine.list(admin, 'trips', 'trip', query)).map(row => row['name']);
  assert.deepEqual(await names('filter[tier.name][eq]=Gold'), ['A']);
  assert.deepEqual(await names('filter[tiers][some][name][eq]=Gold'), ['A']);
  await assert.rejects(engine.create(admin, 'trips', 'trip', { name: 'B', tier: made.id }), {
    code: 'VALIDATION_FAILED',
  });
  await assert.rejects(engine.remove(admin, 'loyalty-card', 'tier', tier.id), { code: 'IN_USE' });
});

test('every element of a list of references must be there, whichever write comes first', async () => {
  const tier = await engine.create(admin, 'loyalty-card', 'tier', { name: 'Blue' });
  const lists = { name: 'C', tiers: [tier.id, 'nowhere'] };
  await assert.rejects(engine.create(admin, 'trips', 'trip', lists), missing('/tiers'));
  const trip = await engine.create(admin, 'trips', 'trip', { name: 'C' });
  await assert.rejects(engine.update(admin, 'trips', 'trip', trip.id, { tiers: [trip.id] }), missing('/tiers'));
  assert.deepEqual((await engine.get(admin, 'trips', 'trip', trip.id))['tiers'], [], 'nothing was written');
  await engine.update(admin, 'trips', 'trip', trip.id, { tiers: [tier.id, tier.id], after: [trip.id] });
  const { first } = await engine.call<{ first: string }>(admin, 'trips', 'chain', {});
  const { after: next } = await engine.get<{ after: string[] }>(admin, 'trips', 'trip', first);
  assert.deepEqual((await engine.get(admin, 'trips', 'trip', next[0]!))['after'], [first]);
});
