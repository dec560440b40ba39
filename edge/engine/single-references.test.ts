import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { entity, f } from '../../schemas/module/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { createTestEngine, type TestEngine } from './testing.ts';
import { testModule } from './testing-module.ts';

const access = { admin: { read: true, create: true, update: true, delete: true } } as const;
const house = testModule({
  id: 'inlay.house',
  description: 'Rooms and what is in them.',
  categories: ['other'],
  requires: {},
  roles: { admin: { label: 'Admin' } },
  entities: {
    room: entity({ label: 'Room', fields: { name: f.text() }, access }),
    bed: entity({ label: 'Bed', fields: { room: f.ref('room') }, access }),
    lamp: entity({ label: 'Lamp', fields: { name: f.text(), room: f.ref('room', 'setNull').optional() }, access }),
    key: entity({ label: 'Key', fields: { room: f.ref('room', 'cascade') }, access }),
    tag: entity({ label: 'Tag', fields: { key: f.ref('key', 'cascade') }, access }),
  },
});

let engine: TestEngine;
let admin: Actor;
before(() => {
  engine = createTestEngine({ modules: [{ module: house }], now: '2026-01-05T09:00:00Z' });
  admin = engine.actors.admin;
});
after(() => engine.close());

const make = async (name: string, input: unknown) => (await engine.create(admin, 'house', name, input)).id;
const get = (name: string, id: string) => engine.get<Record<string, unknown>>(admin, 'house', name, id);

test('restrict: what is referred to stays, and nothing was written', async () => {
  const room = await make('room', { name: 'Attic' });
  const bed = await make('bed', { room });
  const lamp = await make('lamp', { name: 'Lamp', room });
  await assert.rejects(engine.remove(admin, 'house', 'room', room), { code: 'IN_USE' });
  assert.deepEqual([(await get('lamp', lamp))['room'], (await get('lamp', lamp))['rev']], [room, 1]);
  await engine.remove(admin, 'house', 'bed', bed);
  await engine.remove(admin, 'house', 'room', room);
});

test('set null: the record stays with a new revision, so that nobody is told that it has not changed', async () => {
  const [room, other] = [await make('room', { name: 'Hall' }), await make('room', { name: 'Den' })];
  const lamp = await make('lamp', { name: 'Lamp', room });
  const beside = await make('lamp', { name: 'Beside', room: other });
  await engine.remove(admin, 'house', 'room', room);
  assert.deepEqual([(await get('lamp', lamp))['room'], (await get('lamp', lamp))['rev']], [null, 2]);
  assert.equal((await get('lamp', beside))['rev'], 1);
  await engine.update(admin, 'house', 'lamp', beside, { room: null });
  assert.equal((await get('lamp', beside))['rev'], 2, 'a change by hand is one revision');
});

test('cascade: what refers to it goes along, and what refers to that', async () => {
  const room = await make('room', { name: 'Cellar' });
  const key = await make('key', { room });
  const tag = await make('tag', { key });
  await engine.remove(admin, 'house', 'room', room);
  for (const [name, id] of [
    ['key', key],
    ['tag', tag],
  ] as const) {
    await assert.rejects(get(name, id), { code: 'NOT_FOUND' });
  }
});
