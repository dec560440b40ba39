import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileCel, fromCel, recordToCel } from './cel.ts';

test('hostile expressions are refused when they are compiled', () => {
  const bad: readonly [string, RegExp][] = [
    ['record.l.map(x, record.l.map(y, x + y)) == []', /inside another loop/],
    ['record.l.filter(x, true).map(y, y) == []', /inside another loop/],
    ['cel.bind(a, record.s, a + a) == ""', /not available/],
    ['record.s.matches("(a+)+$")', /not available/],
    [`${'('.repeat(400)}true${')'.repeat(400)}`, /maxDepth/],
    [`1${' + 1'.repeat(400)} > 0`, /maxAstNodes/],
    ['globalThis == null', /Unknown variable/],
    ['actor.id == ""', /Unknown variable/],
    ['"text"', /not true or false/],
  ];
  for (const [source, reason] of bad) assert.throws(() => compileCel(source, 'lock'), reason, source);
});

test('a record is nothing but its own members', () => {
  const record = recordToCel({}, { a: 1 });
  for (const name of ['constructor', '__proto__', 'toString']) {
    assert.throws(() => compileCel(`record.${name} == null`, 'lock').evaluate({ record }), /No such key/, name);
  }
});

test('a loop over a thousand texts stays quick', () => {
  const expression = compileCel('record.l.exists(x, x.contains(record.s) && x.size() > 99999)', 'lock');
  const record = recordToCel({}, { l: Array(1000).fill('a'.repeat(1000)), s: 'b' });
  const from = performance.now();
  assert.equal(expression.evaluate({ record }), false);
  assert.ok(performance.now() - from < 500);
});

test('json takes what an expression builds, and refuses what JSON has no value for', () => {
  const given = (source: string) => {
    const value = compileCel(source, 'computed').evaluate({ record: { n: 3n, words: ['a', 'b'] } });
    return fromCel({ kind: 'json', required: false }, value);
  };
  assert.deepEqual(given('{"n": record.n, "deep": {"list": [1.5, "x", true, null], "words": record.words}}'), {
    n: 3,
    deep: { list: [1.5, 'x', true, null], words: ['a', 'b'] },
  });
  assert.deepEqual(given('record.words.map(word, {"word": word})'), [{ word: 'a' }, { word: 'b' }]);
  assert.deepEqual([given('record.n * 2'), given('"x"'), given('false'), given('null')], [6, 'x', false, null]);
  for (const source of ['9007199254740993', '1.0 / 0.0', "b'ab'", '1u', '{"n": [9007199254740993]}'])
    assert.equal(given(source), undefined, source);
});
