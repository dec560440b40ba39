import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TestEngine } from './testing.ts';
import { rows, start } from './testing-room.ts';

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
