import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defineModule, entity, f, implement } from '../../schemas/module/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { createTestEngine, type TestEngine } from './testing.ts';

const room = defineModule({
  id: 'test.room',
  version: '1.0.0',
  type: 'app',
  label: 'Room',
  description: 'Rooms and stays.',
  icon: 'bed',
  categories: [],
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
  id: 'test.helper',
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

const start = (): TestEngine =>
  createTestEngine({
    modules: [
      { module: room, code: roomCode },
      { module: helper, code: helperCode },
    ],
    now: '2026-01-05T09:00:00Z',
  });
const rows = async (engine: TestEngine, sql: string) => {
  const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
  return (await db.read([{ sql }]))[0]!.rows;
};

describe('records', () => {
  test('every kind comes back as it was given', async t => {
    const engine = start();
    t.after(() => engine.close());
    const draft = {
      name: 'Blue',
      floor: 2,
      price: { amount: 1250, currency: 'CZK' },
      rate: '3.50',
      tags: ['a', 'ž'],
      owner: 'Eva',
    };
    const made = await engine.create(engine.actors.admin, 'room', 'room', draft);
    const { id, createdAt, updatedAt, rev, ...rest } = await engine.get<Record<string, unknown>>(
      engine.actors.admin,
      'room',
      'room',
      made.id,
    );
    assert.deepEqual(rest, { ...draft, open: true });
    assert.deepEqual([createdAt, updatedAt, rev, id], ['2026-01-05T09:00:00Z', '2026-01-05T09:00:00Z', 1, made.id]);
  });

  test('a role sees its rows and fields alone, and an unknown id reads like a forbidden one', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin, visitor } = engine.actors;
    const shut = await engine.create(admin, 'room', 'room', { name: 'Shut', open: false });
    await engine.create(admin, 'room', 'room', { name: 'Open', floor: 3 });
    const seen = await engine.list<Record<string, unknown>>(visitor, 'room', 'room');
    assert.deepEqual(
      seen.map(({ id, createdAt, updatedAt, ...shown }) => shown),
      [{ name: 'Open', rev: 1 }],
    );
    const errors = await Promise.all(
      [shut.id, 'nope'].map(id =>
        engine.get(visitor, 'room', 'room', id).catch(error => JSON.stringify(error.toJSON())),
      ),
    );
    assert.equal(errors[0], errors[1]);
    await assert.rejects(engine.list(visitor, 'room', 'room', 'filter[floor][eq]=3'), { code: 'INVALID_QUERY' });
    await assert.rejects(engine.list(visitor, 'room', 'room', 'sort=floor'), { code: 'INVALID_QUERY' });
    await assert.rejects(engine.list(admin, 'room', 'room', 'filter[secret][eq]=x'), { code: 'INVALID_QUERY' });
    await assert.rejects(engine.create(visitor, 'room', 'room', { name: 'Mine' }), { code: 'FORBIDDEN' });
  });

  test('mass assignment: unknown, read-only, hidden and ungranted members are refused', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin, staff } = engine.actors;
    for (const extra of [{ id: 'x' }, { rev: 9 }, { secret: 'x' }, { client_id: 'x' }]) {
      await assert.rejects(engine.create(admin, 'room', 'room', { name: 'A', ...extra }), {
        code: 'VALIDATION_FAILED',
      });
    }
    const made = await engine.create(admin, 'room', 'room', { name: 'A' });
    await assert.rejects(engine.update(staff, 'room', 'room', made.id, { name: 'B' }), { code: 'FORBIDDEN' });
    assert.equal((await engine.update(staff, 'room', 'room', made.id, { floor: 1 }))['floor'], 1);
  });

  test('an API key reaches what its scopes name', async t => {
    const engine = start();
    t.after(() => engine.close());
    const key = (...scopes: string[]): Actor => ({ ...engine.actors.admin, kind: 'key', id: 'k', role: null, scopes });
    await engine.create(key('room:write'), 'room', 'room', { name: 'A' });
    assert.equal((await engine.list(key('room:read'), 'room', 'room')).length, 1);
    await assert.rejects(engine.create(key('room:read'), 'room', 'room', { name: 'B' }), { code: 'FORBIDDEN' });
    await assert.rejects(engine.list(key('helper:write'), 'room', 'room'), { code: 'FORBIDDEN' });
  });

  test('lists: operators, order and cursors walk every row once, also past equal and missing values', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    const floors = [3, 1, null, 2, 1, null, 3, 1];
    for (const [i, floor] of floors.entries()) await engine.create(admin, 'room', 'room', { name: `R${i}`, floor });
    const { listRecords } = await import('./records/index.ts');
    const module = engine.tenant.byName.get('room')!;
    const target = { module, entity: module.entities.get('room')! };
    const call = {
      actor: admin,
      tenant: engine.tenant,
      site: undefined,
      requestId: '',
      callerHash: '',
      idempotencyKey: undefined,
      fingerprint: '',
    };
    for (const sort of ['floor', '-floor', 'floor,-name', '-name']) {
      const seen: string[] = [];
      let after: string | null = '';
      while (after !== null) {
        const query = new URLSearchParams({
          sort,
          'page[size]': '3',
          count: 'exact',
          ...(after ? { 'page[after]': after } : {}),
        });
        const reply = await listRecords(engine.runtime, call, target, query);
        const { data, page } = JSON.parse(reply.body) as {
          data: { name: string }[];
          page: { after: string | null; total: number };
        };
        assert.equal(page.total, floors.length);
        seen.push(...data.map(row => row.name));
        after = page.after;
      }
      assert.equal(new Set(seen).size, floors.length, sort);
      assert.equal(seen.length, floors.length, sort);
    }
    const names = async (query: string) =>
      (await engine.list<{ name: string }>(admin, 'room', 'room', query)).map(row => row.name);
    assert.deepEqual(await names('filter[floor][in]=2,3&sort=name'), ['R0', 'R3', 'R6']);
    assert.deepEqual(await names('filter[floor][gte]=2&filter[floor][lte]=2'), ['R3']);
    assert.deepEqual(await names('filter[floor][null]=true'), ['R2', 'R5']);
    assert.deepEqual(
      await names(
        `filter=${encodeURIComponent('{"or":[{"name":{"eq":"R1"}},{"and":[{"floor":{"gt":2}},{"name":{"ne":"R0"}}]}]}')}`,
      ),
      ['R1', 'R6'],
    );
  });

  test('filter injection: quotes, subselects and odd keys are refused or compared as text', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    await engine.create(admin, 'room', 'room', { name: "O'Brien" });
    assert.equal(
      (await engine.list(admin, 'room', 'room', `filter[name][eq]=${encodeURIComponent("O'Brien")}`)).length,
      1,
    );
    assert.equal(
      (await engine.list(admin, 'room', 'room', `filter[name][eq]=${encodeURIComponent("' OR 1=1 --")}`)).length,
      0,
    );
    const deep = JSON.stringify(
      Array.from({ length: 8 }).reduce<object>(node => ({ not: node }), { name: { eq: 'x' } }),
    );
    const wide = JSON.stringify({ or: Array.from({ length: 60 }, () => ({ name: { eq: 'x' } })) });
    for (const query of [
      'sort=(select 1)',
      'sort=name;drop',
      'filter[name;--][eq]=1',
      'filter[__proto__][eq]=1',
      'filter[constructor][eq]=1',
      'filter[name][regex]=a',
      'filter={',
      'filter=[]',
      'page[size]=0',
      'page[size]=201',
      'page[size]=1e2',
      'page[after]=abc',
      'page[after]=abc.def',
      'nonsense=1',
      'fields=secret',
      `filter=${encodeURIComponent(deep)}`,
      `filter=${encodeURIComponent(wide)}`,
      'filter[floor][eq]=one',
      'filter[tags][eq]=a',
    ]) {
      await assert.rejects(engine.list(admin, 'room', 'room', query), { code: 'INVALID_QUERY' }, query);
    }
  });
});

describe('commits', () => {
  const call = (engine: TestEngine, key?: string) => ({
    actor: engine.actors.admin,
    tenant: engine.tenant,
    site: undefined,
    requestId: 'r',
    callerHash: '',
    idempotencyKey: key,
    fingerprint: 'f',
  });

  test('AV-17 a repeated key gives the same reply and one record, also when both arrive at once', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    const attempt = () => engine.call(admin, 'room', 'greet', { times: 2 }, { idempotencyKey: 'once' });
    const replies = await Promise.all([attempt(), attempt(), attempt()]);
    assert.deepEqual(replies, Array(3).fill({ text: 'Hello 4' }));
    assert.equal((await engine.list(admin, 'room', 'room')).length, 1);
    await engine.deliver();
    assert.equal(engine.mails.length, 1);
  });

  test('RC-15 the same key with another body is refused', async t => {
    const engine = start();
    t.after(() => engine.close());
    await engine.call(engine.actors.admin, 'room', 'greet', { times: 1 }, { idempotencyKey: 'k' });
    await assert.rejects(engine.call(engine.actors.admin, 'room', 'greet', { times: 9 }, { idempotencyKey: 'k' }), {
      code: 'IDEMPOTENCY_MISMATCH',
    });
    engine.now += 25 * 3_600_000;
    assert.deepEqual(await engine.call(engine.actors.admin, 'room', 'greet', { times: 9 }, { idempotencyKey: 'k' }), {
      text: 'Hello 18',
    });
  });

  test('two writers from the same revision: one wins, one hears of it; without a revision both apply', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { updateRecord } = await import('./records/index.ts');
    const { id } = await engine.create(engine.actors.admin, 'room', 'room', { name: 'A' });
    const module = engine.tenant.byName.get('room')!;
    const target = { module, entity: module.entities.get('room')! };
    const guarded = await Promise.allSettled(
      [1, 2].map(floor => updateRecord(engine.runtime, call(engine), target, id, { floor }, 1)),
    );
    assert.deepEqual(
      guarded.map(result => (result.status === 'fulfilled' ? result.value.etag : result.reason.code)).sort(),
      ['"2"', 'PRECONDITION_FAILED'],
    );
    const free = await Promise.all(
      [3, 4].map(floor => updateRecord(engine.runtime, call(engine), target, id, { floor }, undefined)),
    );
    assert.deepEqual(free.map(reply => reply.etag).sort(), ['"3"', '"4"']);
  });

  test('a refused statement leaves no row, no audit and no event behind', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    await engine.create(admin, 'room', 'room', { name: 'Hello 2' });
    const before = await rows(
      engine,
      'SELECT (SELECT count(*) FROM _audit), (SELECT count(*) FROM _outbox), (SELECT count(*) FROM _assert)',
    );
    await assert.rejects(engine.call(admin, 'room', 'greet', { times: 1 }), { code: 'ALREADY_EXISTS' });
    assert.deepEqual(
      await rows(
        engine,
        'SELECT (SELECT count(*) FROM _audit), (SELECT count(*) FROM _outbox), (SELECT count(*) FROM _assert)',
      ),
      before,
    );
  });

  test('audit rows say who did what, and leave out what is personal or hidden', async t => {
    const engine = start();
    t.after(() => engine.close());
    const made = await engine.create(engine.actors.admin, 'room', 'room', { name: 'A', owner: 'Eva Nová' });
    const [row] = await rows(engine, 'SELECT actor_kind, actor_id, request, action, entity, record, diff FROM _audit');
    assert.deepEqual(row?.slice(0, 6), ['user', 'user-admin', 'test', 'created', 'room.room', made.id]);
    assert.equal(JSON.parse(row![6] as string).owner, '[redacted]');
    const everything = JSON.stringify([
      await rows(engine, 'SELECT * FROM _audit'),
      await rows(engine, 'SELECT * FROM _outbox'),
    ]);
    assert.ok(!everything.includes('Eva'));
  });

  test('SM-01 a transition that is not possible lists those that are', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin, staff } = engine.actors;
    const made = await engine.create(admin, 'room', 'room', { name: 'A' });
    const stay = await engine.create(admin, 'room', 'stay', {
      room: made.id,
      start: '2026-02-01T10:00:00Z',
      end: '2026-02-01T11:00:00Z',
    });
    assert.equal((await engine.transition(staff, 'room', 'stay', stay.id, 'leave'))['state'], 'gone');
    await assert.rejects(engine.transition(staff, 'room', 'stay', stay.id, 'leave'), error => {
      const problem = (error as { toJSON(): Record<string, unknown> }).toJSON();
      assert.deepEqual([problem['code'], problem['status'], problem['allowed']], ['INVALID_TRANSITION', 409, []]);
      return true;
    });
  });
});

describe('constraints', () => {
  const span = (from: string, to: string) => ({ start: `2026-02-01T${from}:00Z`, end: `2026-02-01T${to}:00Z` });

  test('noOverlap: touching is fine, overlapping is refused by name, a gone row is not in the way', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin, staff } = engine.actors;
    const { id } = await engine.create(admin, 'room', 'room', { name: 'A' });
    const stay = (from: string, to: string) => engine.create(admin, 'room', 'stay', { room: id, ...span(from, to) });
    const first = await stay('10:00', '11:00');
    await stay('11:00', '12:00');
    await stay('09:00', '10:00');
    for (const [from, to] of [
      ['10:30', '10:45'],
      ['09:30', '10:30'],
      ['08:00', '13:00'],
      ['10:00', '11:00'],
    ] as const) {
      await assert.rejects(
        stay(from, to),
        (error: { code?: string; options?: { extensions?: { constraint?: string } } }) => {
          assert.deepEqual([error.code, error.options?.extensions?.constraint], ['TAKEN', 'room_stay.alone']);
          return true;
        },
      );
    }
    await engine.transition(staff, 'room', 'stay', first.id, 'leave');
    await stay('10:00', '11:00');
    await assert.rejects(stay('15:00', '15:00'), { code: 'CONFLICT' });
  });

  test('AV-09 capacity compares the peak, not the sum', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    const room1 = await engine.create(admin, 'room', 'room', { name: 'A' });
    const room2 = await engine.create(admin, 'room', 'room', { name: 'B' });
    const stay = (room: string, from: string, to: string, seats = 1) =>
      engine.create(admin, 'room', 'stay', { room, ...span(from, to), limit: 2, seats });
    await stay(room1.id, '09:00', '10:00');
    await stay(room1.id, '10:00', '11:00');
    await stay(room1.id, '09:00', '11:00');
    await stay(room2.id, '09:00', '10:00');
    await stay(room2.id, '10:00', '11:00');
    await stay(room2.id, '09:30', '10:30');
    await assert.rejects(stay(room2.id, '09:00', '11:00'), { code: 'TAKEN' });
    await assert.rejects(stay(room2.id, '11:00', '12:00', 3), { code: 'TAKEN' });
  });

  test('a reference that is not there is refused, and one that is used cannot be deleted', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin } = engine.actors;
    await assert.rejects(engine.create(admin, 'room', 'stay', { room: 'nope', ...span('10:00', '11:00') }), {
      code: 'VALIDATION_FAILED',
    });
    const used = await engine.create(admin, 'room', 'room', { name: 'A' });
    const stay = await engine.create(admin, 'room', 'stay', { room: used.id, ...span('10:00', '11:00') });
    await assert.rejects(engine.remove(admin, 'room', 'room', used.id), { code: 'IN_USE' });
    await engine.remove(admin, 'room', 'stay', stay.id);
    await engine.remove(admin, 'room', 'room', used.id);
    await assert.rejects(engine.remove(admin, 'room', 'room', used.id), { code: 'NOT_FOUND' });
  });
});

describe('the boundary of a module', () => {
  test('what a manifest does not declare stops the call', async t => {
    const engine = start();
    t.after(() => engine.close());
    const { admin, staff } = engine.actors;
    await assert.rejects(engine.call(admin, 'room', 'sneak', {}), /declared "read" but wrote/);
    await assert.rejects(engine.call(admin, 'room', 'lie', {}), /undeclared: more/);
    await assert.rejects(engine.call(admin, 'room', 'trespass', {}), /may not call helper\.hidden/);
    await assert.rejects(engine.call(staff, 'room', 'greet', {}), { code: 'FORBIDDEN' });
    await assert.rejects(engine.call(admin, 'helper', 'double', { n: 1 }), { code: 'FORBIDDEN' });
    assert.equal((await engine.list(admin, 'room', 'room')).length, 0);
  });

  test('a failed delivery is tried again, later', async t => {
    const engine = start();
    t.after(() => engine.close());
    t.mock.method(console, 'error', () => {});
    const send = engine.runtime.ports.mailer.send;
    let broken = true;
    (engine.runtime.ports.mailer as { send: typeof send }).send = mail =>
      broken ? Promise.reject(new Error('down')) : send(mail);
    await engine.call(engine.actors.admin, 'room', 'greet', {});
    await engine.deliver();
    assert.equal(engine.mails.length, 0);
    broken = false;
    await engine.deliver();
    assert.equal(engine.mails.length, 0, 'not before its time');
    engine.now += 6_000;
    await engine.deliver();
    assert.equal(engine.mails.length, 1);
    assert.deepEqual(await rows(engine, "SELECT attempts, due_at FROM _outbox WHERE event = 'room.greeted'"), [
      [1, null],
    ]);
  });
});
