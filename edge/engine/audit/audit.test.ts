/** The chain of audit rows: what is changed, taken out, cut off or put elsewhere is named; writers at once never fork it. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { systemCall } from '../outbox.ts';
import { bulkRecords } from '../records/index.ts';
import type { TestEngine } from '../testing.ts';
import { startLedger } from '../testing-ledger.ts';
import { rows } from '../testing-room.ts';
import { auditContent } from './chain.ts';

function start(t: TestContext): TestEngine {
  const engine = startLedger();
  t.after(() => engine.close());
  return engine;
}
const open = (engine: TestEngine) => engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
const tamper = async (engine: TestEngine, ...sql: string[]) =>
  void (await (await open(engine)).write(sql.map(text => ({ sql: text }))));
const write = (engine: TestEngine, desk: string) => engine.create(engine.actors.admin, 'ledgers', 'ticket', { desk });
const fill = async (engine: TestEngine, count = 6) => {
  for (let i = 0; i < count; i++) await write(engine, `t${i}`);
};
const broken = async (engine: TestEngine) => (await engine.verifyAudit()).broken;

test('a trail as it was written is whole, before and after it was anchored', async t => {
  const engine = start(t);
  assert.deepEqual(await engine.verifyAudit(), { ok: true, rows: 0, from: 1, anchored: 0, broken: null });
  await fill(engine);
  assert.deepEqual(await engine.verifyAudit(), { ok: true, rows: 6, from: 1, anchored: 0, broken: null });
  await engine.sweep();
  await fill(engine, 2);
  assert.deepEqual(await engine.verifyAudit(), { ok: true, rows: 8, from: 1, anchored: 6, broken: null });
});

test('a trail of many chunks is walked to its end', async t => {
  const engine = start(t);
  const operations = Array.from({ length: 100 }, (_, i) => ({ op: 'create', data: { desk: `d${i}` } }));
  const module = engine.tenant.byName.get('ledgers')!;
  const target = { module, entity: module.entities.get('ticket')! };
  const call = { ...systemCall(engine.tenant, 'r'), actor: engine.actors.admin };
  for (let i = 0; i < 11; i++) await bulkRecords(engine.runtime, call, target, { mode: 'atomic', operations });
  await engine.sweep();
  const verdict = await engine.verifyAudit();
  assert.deepEqual(verdict, { ok: true, rows: 1_100, from: 1, anchored: 1_100, broken: null });
  await tamper(engine, 'DELETE FROM _audit WHERE seq = 1001');
  assert.deepEqual(await broken(engine), { seq: 1_001, problem: 'missing' });
});

test('any column of any row that says something else is found at once', async t => {
  const engine = start(t);
  await fill(engine);
  for (const column of auditContent) {
    const value = column === 'at' ? '"at" + 1' : `coalesce("${column}", '') || 'x'`;
    const [[before]] = (await rows(engine, `SELECT "${column}" FROM _audit WHERE seq = 3`)) as [[unknown]];
    await tamper(engine, `UPDATE _audit SET "${column}" = ${value} WHERE seq = 3`);
    assert.deepEqual(await broken(engine), { seq: 3, problem: 'changed' }, column);
    const back =
      before === null ? 'NULL' : typeof before === 'string' ? `'${before.replaceAll("'", "''")}'` : `${before}`;
    await tamper(engine, `UPDATE _audit SET "${column}" = ${back} WHERE seq = 3`);
    assert.equal(await broken(engine), null);
  }
  await tamper(engine, 'UPDATE _audit SET hash = NULL, prev = NULL WHERE seq = 3');
  assert.deepEqual(await broken(engine), { seq: 3, problem: 'changed' });
});

test('a row taken out of the middle is named by its number', async t => {
  const engine = start(t);
  await fill(engine);
  await tamper(engine, 'DELETE FROM _audit WHERE seq = 3');
  assert.deepEqual(await broken(engine), { seq: 3, problem: 'missing' });
  // The hole closed by numbers: what follows it does not follow the row before it.
  await tamper(engine, 'UPDATE _audit SET seq = seq - 1 WHERE seq > 3');
  assert.deepEqual(await broken(engine), { seq: 3, problem: 'displaced' });
});

test('a tail cut off behind the anchor is missed, also where new rows have come in its place', async t => {
  const engine = start(t);
  await fill(engine);
  await engine.sweep();
  await tamper(engine, 'DELETE FROM _audit WHERE seq > 4');
  assert.deepEqual(await broken(engine), { seq: 5, problem: 'missing' });
  await fill(engine, 3);
  assert.deepEqual(await broken(engine), { seq: 6, problem: 'displaced' });
  await tamper(engine, 'DELETE FROM _audit');
  assert.deepEqual(await broken(engine), { seq: 1, problem: 'missing' });
});

test('rows put in another order, or linked anew over a hole, are not what was anchored', async t => {
  const engine = start(t);
  await fill(engine);
  await engine.sweep();
  await tamper(
    engine,
    'DELETE FROM _audit WHERE seq = 3',
    'UPDATE _audit SET seq = seq - 1 WHERE seq > 3',
    `UPDATE _audit SET prev = (SELECT hash FROM _audit WHERE seq = 2) WHERE seq = 3`,
  );
  assert.equal((await engine.verifyAudit()).ok, false);
  await write(engine, 'one more');
  assert.deepEqual(await broken(engine), { seq: 6, problem: 'displaced' });
});

test('the sweep says what it finds, and does not vouch for it', async t => {
  const said: string[] = [];
  t.mock.method(console, 'error', (line: string) => void said.push(line));
  const engine = start(t);
  await fill(engine);
  await engine.sweep();
  await fill(engine, 2);
  await tamper(engine, `UPDATE _audit SET diff = '{}' WHERE seq = 7`);
  await engine.sweep();
  assert.deepEqual(said, ['audit trail of client-1: row 7 is changed']);
  assert.deepEqual(await engine.verifyAudit(), {
    ok: false,
    rows: 6,
    from: 1,
    anchored: 6,
    broken: { seq: 7, problem: 'changed' },
  });
});

test('a store from before the chain starts it at its next row', async t => {
  const engine = start(t);
  await fill(engine, 3);
  await tamper(engine, 'UPDATE _audit SET hash = NULL, prev = NULL');
  assert.equal((await engine.verifyAudit()).ok, true);
  await engine.sweep();
  await fill(engine, 2);
  const verdict = await engine.verifyAudit();
  assert.deepEqual([verdict.ok, verdict.rows, verdict.from], [true, 2, 4]);
});

test('writers at once, some of whom fail, never fork the chain', async t => {
  const engine = start(t);
  const { admin } = engine.actors;
  const kindsOfCall = fc.array(fc.constantFrom('write', 'several', 'fail'), { minLength: 2, maxLength: 12 });
  let [made, failed] = [0, 0];
  await fc.assert(
    fc.asyncProperty(kindsOfCall, async kinds => {
      const results = await Promise.allSettled(
        kinds.map(async kind => {
          if (kind === 'several') {
            const bill = await engine.create(admin, 'ledgers', 'bill', { price: { amount: 5, currency: 'EUR' } });
            return engine.call(admin, 'ledgers', 'close', { bill: bill.id, quantity: 2 });
          }
          const { id } = await write(engine, kind);
          // The second of two that remove it is refused by the commit.
          if (kind === 'fail') await Promise.all([1, 2].map(() => engine.remove(admin, 'ledgers', 'ticket', id)));
          return undefined;
        }),
      );
      failed += results.filter(({ status }) => status === 'rejected').length;
      made += results.filter(({ status }) => status === 'fulfilled').length;
      const verdict = await engine.verifyAudit();
      assert.equal(verdict.ok, true);
      assert.ok(verdict.rows >= made);
    }),
    { numRuns: 15, examples: [[['fail', 'several', 'write', 'fail']]] },
  );
  const [[last, count]] = (await rows(engine, 'SELECT max(seq), count(*) FROM _audit')) as [[number, number]];
  assert.equal(last, count);
  assert.ok(failed > 0);
});
