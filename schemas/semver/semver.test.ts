import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareVersions, isRange, newestFirst, satisfies } from './semver.ts';

test('ranges hold what they say and no more', () => {
  const cases: [range: string, inside: string[], outside: string[]][] = [
    ['^1.2.3', ['1.2.3', '1.2.10', '1.9.0'], ['1.2.2', '2.0.0', '0.9.9']],
    ['^0.2.3', ['0.2.3', '0.2.9'], ['0.3.0', '0.2.2', '1.0.0']],
    ['^0.0.3', ['0.0.3'], ['0.0.4', '0.0.2']],
    ['^0', ['0.0.1', '0.9.9'], ['1.0.0']],
    ['^0.0', ['0.0.9'], ['0.1.0']],
    ['^1', ['1.0.0', '1.99.0'], ['2.0.0']],
    ['~1.2.3', ['1.2.3', '1.2.9'], ['1.3.0', '1.2.2']],
    ['~1', ['1.0.0', '1.9.9'], ['2.0.0']],
    ['>=1.2.0', ['1.2.0', '7.0.0'], ['1.1.9']],
    ['>1.2', ['1.3.0', '2.0.0'], ['1.2.0', '1.2.9']],
    ['<=1.2', ['1.2.9', '0.1.0'], ['1.3.0']],
    ['>=1.0.0 <2.0.0', ['1.0.0', '1.9.9'], ['2.0.0', '0.9.0']],
    ['1.x', ['1.0.0', '1.5.2'], ['2.0.0']],
    ['1.2.*', ['1.2.0', '1.2.7'], ['1.3.0']],
    ['1.2.3', ['1.2.3'], ['1.2.4', '1.2.2']],
    ['*', ['0.0.0', '99.1.2'], []],
    ['^1.0.0 || ^3.0.0', ['1.4.0', '3.0.1'], ['2.0.0', '4.0.0']],
  ];
  for (const [range, inside, outside] of cases) {
    for (const version of inside) assert.ok(satisfies(version, range), `${version} in ${range}`);
    for (const version of outside) assert.ok(!satisfies(version, range), `${version} not in ${range}`);
  }
});

test('what is no range is refused', () => {
  for (const text of ['', 'latest', '^', '1.2.3.4', '>=', '^a', '1.2.3-beta', '^1.0.0 ||']) {
    assert.ok(!isRange(text), text);
    assert.throws(() => satisfies('1.0.0', text), TypeError, text);
  }
  assert.throws(() => compareVersions('1.0', '1.0.0'), TypeError);
});

test('versions are ordered by number, and every caret range holds its own floor and not the next major', () => {
  const part = fc.integer({ min: 0, max: 1000 });
  const triple = fc.tuple(part, part, part);
  fc.assert(
    fc.property(triple, triple, (a, b) => {
      const [x, y] = [a.join('.'), b.join('.')];
      assert.equal(Math.sign(compareVersions(x, y)), -Math.sign(compareVersions(y, x)));
      assert.equal(newestFirst([x, y])[0], compareVersions(x, y) >= 0 ? x : y);
      assert.ok(satisfies(x, `^${x}`) && satisfies(x, `~${x}`) && satisfies(x, `>=${x}`) && !satisfies(x, `<${x}`));
      assert.ok(!satisfies(`${a[0] + 1}.0.0`, `^${x}`));
      assert.equal(satisfies(y, `>=${x}`), compareVersions(y, x) >= 0);
    }),
  );
});
