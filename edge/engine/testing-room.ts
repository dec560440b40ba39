/** A small module, and a helper it calls, that the engine's own tests run on. */

import { defineModule, entity, f, implement } from '../../schemas/module/index.ts';
import { createTestEngine, type TestEngine } from './testing.ts';
import { testModule } from './testing-module.ts';

const room = testModule({
  id: 'inlay.room',
  description: 'Rooms and stays.',
  settings: { greeting: f.text().default('Hello') },
  errors: { TAKEN: { status: 409, title: 'Taken' }, CLOSED: { status: 422, title: 'Closed' } },
  requires: { helper: { range: '^1.0.0', actions: ['double'] } },
  entities: {
    room: entity({
      label: 'Room',
      labelField: 'name',
      fields: {
        name: f.text({ max: 40 }).unique(),
        open: f.bool().default(true),
        floor: f.int().optional(),
        price: f.money().optional(),
        rate: f.decimal({ scale: 2 }).optional(),
        tags: f.list(f.text()).default([]),
        secret: f.text().optional().hidden(),
        owner: f.text().optional().pii(),
      },
      access: {
        admin: { read: true, create: true, update: true, delete: true },
        staff: { read: true, update: { fields: ['floor'] } },
        public: { read: { where: { open: { eq: true } }, fields: ['name'] } },
      },
      display: { sort: 'name' },
    }),
    stay: entity({
      label: 'Stay',
      fields: {
        room: f.ref('room'),
        start: f.instant(),
        end: f.instant(),
        seats: f.int({ min: 1 }).default(1),
        limit: f.int({ min: 1 }).default(1),
        state: f.enum(['live', 'gone']).default('live').readOnly(),
      },
      constraints: [
        { name: 'ends_after_start', check: { left: 'start', op: 'lt', right: 'end' } },
        {
          name: 'alone',
          noOverlap: { start: 'start', end: 'end', scope: ['room'] },
          where: { state: { eq: 'live' }, limit: { eq: 1 } },
          code: 'TAKEN',
        },
        {
          name: 'fits',
          capacity: { start: 'start', end: 'end', scope: ['room'], quantity: 'seats', limit: 'limit' },
          where: { state: { eq: 'live' }, limit: { gt: 1 } },
          code: 'TAKEN',
        },
      ],
      states: {
        field: 'state',
        initial: 'live',
        transitions: { leave: { from: ['live'], to: 'gone', roles: ['staff'] } },
      },
      access: { admin: { read: true, create: true, delete: true }, staff: { read: true } },
    }),
  },
  events: { greeted: { text: f.text() } },
  subscribes: { hear: 'room.greeted' },
  actions: {
    greet: {
      input: { times: f.int().default(1) },
      output: { text: f.text() },
      access: ['admin'],
      effect: 'write',
      system: true,
    },
    peek: { input: {}, output: { rooms: f.int() }, access: ['admin', 'staff'], effect: 'read' },
    sneak: { input: {}, access: ['admin'], effect: 'read', system: true },
    lie: { input: {}, output: { n: f.int() }, access: ['admin'], effect: 'read' },
    trespass: { input: {}, access: ['admin'], effect: 'read' },
  },
});
const roomCode = implement(room, {
  actions: {
    async greet(input, ctx) {
      const doubled = await ctx.call<{ n: number }>('helper', 'double', { n: input.times });
      const text = `${ctx.settings.greeting} ${doubled.n}`;
      ctx.asSystem().room.create({ name: text });
      ctx.emit('greeted', { text });
      return { text };
    },
    peek: async (_input, ctx) => ({ rooms: (await ctx.db.room.list()).length }),
    sneak: (_input, ctx) => void ctx.asSystem().room.create({ name: 'sneaked' }),
    lie: () => ({ n: 1, more: 2 }) as { n: number },
    trespass: async (_input, ctx) => void (await ctx.call('helper', 'hidden', {})),
  },
  subscribers: {
    async hear(payload, ctx) {
      await ctx.mail({ to: { address: 'a@b.test' }, subject: payload.text, text: '', html: '' });
    },
  },
});
const helper = defineModule({
  id: 'inlay.helper',
  version: '1.0.0',
  type: 'system',
  label: 'Helper',
  description: '',
  icon: 'x',
  categories: [],
  settings: {},
  entities: {},
  events: {},
  actions: {
    double: { input: { n: f.int() }, output: { n: f.int() }, access: ['module'], effect: 'read' },
    hidden: { input: {}, access: ['module'], effect: 'read' },
  },
});
const helperCode = implement(helper, { actions: { double: ({ n }) => ({ n: n * 2 }), hidden: () => undefined } });

export const start = (): TestEngine =>
  createTestEngine({
    modules: [
      { module: room, code: roomCode },
      { module: helper, code: helperCode },
    ],
    now: '2026-01-05T09:00:00Z',
  });
export const rows = async (engine: TestEngine, sql: string) => {
  const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
  return (await db.read([{ sql }]))[0]!.rows;
};
