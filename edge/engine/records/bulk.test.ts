import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Call } from '../call.ts';
import { callBy, startLibrary, targetOf } from '../testing-library.ts';
import { bulkRecords } from './bulk.ts';

function open(t: TestContext) {
  const engine = startLibrary();
  t.after(() => engine.close());
  const { admin } = engine.actors;
  const send = async (mode: string, operations: unknown[], options: Partial<Call> = {}, actor = admin) => {
    const call = callBy(engine, actor, { fingerprint: JSON.stringify(operations), ...options });
    const reply = await bulkRecords(engine.runtime, call, targetOf(engine, 'library', 'book'), { mode, operations });
    return { ...JSON.parse(reply.body), replayed: reply.replayed } as {
      data: { status: number; data?: Record<string, unknown>; error?: { code: string } }[];
      meta?: { succeeded: number; failed: number };
      replayed?: boolean;
    };
  };
  const titles = async () =>
    (await engine.list<{ title: string }>(admin, 'library', 'book', 'sort=title')).map(row => row.title).join('');
  const add = (title: string, more: object = {}) => engine.create(admin, 'library', 'book', { title, ...more });
  return { engine, admin, send, titles, add };
}

describe('bulk', () => {
  test('atomic: every kind of write in one commit, in order', async t => {
    const { engine, send, titles, add } = open(t);
    const [a, b, c] = [await add('A', { code: 'k' }), await add('B'), await add('C')];
    const { data } = await send('atomic', [
      { op: 'delete', id: a.id },
      { op: 'create', data: { title: 'D', code: 'k' } },
      { op: 'update', id: b.id, data: { title: 'E' }, rev: 1 },
      { op: 'transition', id: c.id, transition: 'sell' },
    ]);
    assert.deepEqual(
      data.map(item => item.status),
      [204, 201, 200, 200],
    );
    assert.deepEqual([data[1]!.data!['title'], data[2]!.data!['rev'], data[3]!.data!['state']], ['D', 2, 'sold']);
    assert.equal(await titles(), 'CDE');
    const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
    const [audit] = await db.read([{ sql: 'SELECT "action" FROM "_audit" ORDER BY "seq" LIMIT 10 OFFSET 3' }]);
    assert.deepEqual(audit!.rows.flat(), ['deleted', 'created', 'updated', 'sell']);
  });

  test('atomic: one refusal and nothing happened, and the reply says which', async t => {
    const { send, titles, add } = open(t);
    const a = await add('A', { code: 'k' });
    const cases: [unknown[], object][] = [
      [
        [
          { op: 'create', data: { title: 'B' } },
          { op: 'delete', id: 'nope' },
        ],
        { code: 'NOT_FOUND' },
      ],
      [
        [
          { op: 'create', data: { title: 'B' } },
          { op: 'create', data: { title: 5 } },
        ],
        { code: 'VALIDATION_FAILED' },
      ],
      [[{ op: 'create', data: { title: 'B', code: 'k' } }], { code: 'ALREADY_EXISTS' }],
      [[{ op: 'update', id: a.id, data: { title: 'Z' }, rev: 9 }], { code: 'PRECONDITION_FAILED' }],
      [
        [
          { op: 'update', id: a.id, data: { title: 'Z' } },
          { op: 'delete', id: a.id },
        ],
        { code: 'VALIDATION_FAILED' },
      ],
    ];
    for (const [operations, expected] of cases) await assert.rejects(send('atomic', operations), expected);
    assert.equal(await titles(), 'A');
    const error = await send('atomic', cases[1]![0]).catch(problem => problem.toJSON());
    assert.deepEqual([error.operation, error.errors[0].pointer], [1, '/operations/1/data/title']);
    const refused = async (operations: unknown[]) => {
      const { code, operation, errors } = await send('atomic', operations).catch(problem => problem.toJSON());
      return [code, operation, errors[0].pointer];
    };
    const create = (title: string, code?: string) => ({ op: 'create', data: { title, code } });
    assert.deepEqual(
      await refused([create('X'), create('Y'), create('Z'), create('W', 'k')]),
      ['ALREADY_EXISTS', 3, '/operations/3/data/code'],
      'a constraint that only the commit meets',
    );
    const b = await add('B');
    assert.deepEqual(await refused([create('X', 'n'), { op: 'delete', id: b.id }, create('Y', 'n')]), [
      'ALREADY_EXISTS',
      2,
      '/operations/2/data/code',
    ]);
    assert.deepEqual(await refused([create('X'), { op: 'delete', id: 'nope' }]), ['NOT_FOUND', 1, '/operations/1']);
    assert.equal(await titles(), 'AB');
  });

  test('each: every operation has its own outcome', async t => {
    const { engine, send, titles, add } = open(t);
    const a = await add('A');
    const { data, meta } = await send('each', [
      { op: 'create', data: { title: 'B' } },
      { op: 'update', id: 'nope', data: { title: 'X' } },
      { op: 'create', data: {} },
      { op: 'update', id: a.id, data: { title: 'C' } },
      { op: 'update', id: a.id, data: { title: 'D' } },
      { op: 'transition', id: a.id, transition: 'sell' },
      { op: 'transition', id: a.id, transition: 'sell' },
    ]);
    assert.deepEqual(
      data.map(item => item.status),
      [201, 404, 422, 200, 200, 200, 409],
    );
    assert.deepEqual(data.map(item => item.error?.code).filter(Boolean), [
      'NOT_FOUND',
      'VALIDATION_FAILED',
      'INVALID_TRANSITION',
    ]);
    assert.deepEqual(meta, { succeeded: 4, failed: 3 });
    assert.equal(await titles(), 'BD');
    const asVisitor = await send(
      'each',
      [
        { op: 'create', data: { title: 'V' } },
        { op: 'delete', id: a.id },
      ],
      {},
      engine.actors.visitor,
    );
    assert.deepEqual(
      asVisitor.data.map(item => item.status),
      [403, 403],
    );
  });

  test('a key covers the whole: a repeat writes nothing and tells the same, another body is refused', async t => {
    const { send, titles } = open(t);
    const operations = [
      { op: 'create', data: { title: 'A', code: 'k' } },
      { op: 'create', data: { title: 'B', code: 'k' } },
    ];
    for (const mode of ['each', 'atomic']) {
      const list = mode === 'each' ? operations : [{ op: 'create', data: { title: 'C' } }];
      const first = await send(mode, list, { idempotencyKey: mode });
      const again = await send(mode, list, { idempotencyKey: mode });
      assert.deepEqual(again.data, first.data, mode);
      assert.deepEqual([first.replayed, again.replayed], [undefined, true], mode);
      await assert.rejects(send(mode, [{ op: 'create', data: { title: 'Z' } }], { idempotencyKey: mode }), {
        code: 'IDEMPOTENCY_MISMATCH',
      });
    }
    assert.equal(await titles(), 'AC');
  });

  test('bounds: a hundred operations, known ones, known members', async t => {
    const { send, titles } = open(t);
    const many = (n: number) =>
      Array.from({ length: n }, (_, i) => ({ op: 'create', data: { title: String.fromCharCode(0x4e00 + i) } }));
    assert.equal((await send('atomic', many(100))).data.length, 100);
    for (const operations of [
      many(101),
      [],
      [{ op: 'drop' }],
      [{ op: 'delete', id: 'x', more: 1 }],
      [{ op: 'create', data: [] }],
    ]) {
      await assert.rejects(send('atomic', operations), { code: 'VALIDATION_FAILED' });
    }
    await assert.rejects(send('both', many(1)), { code: 'VALIDATION_FAILED' });
    assert.equal((await titles()).length, 25);
  });
});
