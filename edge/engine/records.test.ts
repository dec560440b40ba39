import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Actor } from '../../schemas/protocol/index.ts';
import { start } from './testing-room.ts';

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
