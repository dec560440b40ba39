import assert from 'node:assert/strict';
import { it } from 'node:test';
import { definesSchema, writes } from './sql-text.ts';

it('tells statements that write from those that read', () => {
  const reading = [
    'SELECT 1',
    ' -- note\n/* more */ select replace(a, 1, 2) from t',
    'WITH a AS (SELECT 1) SELECT replace(x, 1, 2), updated FROM a',
    "WITH a AS (SELECT 'delete from t; it''s') SELECT * FROM a",
    'VALUES (1)',
    'EXPLAIN QUERY PLAN SELECT 1',
    'PRAGMA table_info(t)',
  ];
  for (const sql of reading) assert.equal(writes(sql), false, sql);
  const writing = [
    'INSERT INTO t VALUES (1)',
    '/* select */ UPDATE t SET a = 1',
    'DELETE FROM t RETURNING *',
    'CREATE TABLE t (x)',
    'WITH a AS (SELECT 1) INSERT OR IGNORE INTO t SELECT * FROM a',
    'WITH a AS (SELECT 1) UPDATE "t" SET x = 1',
    'with a as (select 1) delete from t',
    'REPLACE INTO t VALUES (1)',
  ];
  for (const sql of writing) assert.equal(writes(sql), true, sql);
});

it('tells statements that define tables', () => {
  assert.equal(definesSchema('-- x\nalter table t add column y'), true);
  assert.equal(definesSchema("SELECT 'create'"), false);
});
