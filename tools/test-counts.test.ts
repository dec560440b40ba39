import assert from 'node:assert/strict';
import { it } from 'node:test';
import { suites } from './test.ts';
import { browserCounts, browserFailures, nodeCounts, nodeFailures, nodeSkips } from './test-counts.ts';

it('reads the counts of node:test, the last ones when a test prints its own', () => {
  const text = 'ℹ pass 1\nℹ fail 1\n✔ a\nℹ tests 5\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\n';
  assert.deepEqual(nodeCounts(text), { passed: 3, failed: 2 });
  assert.deepEqual(nodeCounts('# pass 2\n# fail 0\n# cancelled 0'), { passed: 2, failed: 0 });
  assert.equal(nodeCounts('it fell over'), undefined);
});

it('reads the counts of the browser runner', () => {
  assert.deepEqual(
    browserCounts(
      'Chromium: |████| 1/2 test files | 3 passed\nChromium: |████| 2/2 test files | 12 passed, 1 failed\n',
    ),
    {
      passed: 12,
      failed: 1,
    },
  );
  assert.deepEqual(browserCounts('Chromium: |████| 1/1 test files | 0 passed, 0 failed'), { passed: 0, failed: 0 });
  assert.equal(browserCounts('no files'), undefined);
});

it('names the files that failed, each once', () => {
  const node =
    '✖ failing tests:\n\ntest at a/b.test.ts:3:1\n✖ x\n\ntest at a/b.test.ts:9:3\n✖ y\ntest at c.test.ts:1:1\n';
  assert.deepEqual(nodeFailures(node), ['a/b.test.ts', 'c.test.ts']);
  const browser =
    '\x1b[2K\x1b[1A\x1b[Ga/b.test.ts:\n\n 🚧 Browser logs:\n\n ❌ x > y\n      Error\n\n\x1b[2K\x1b[Gc.test.ts:\n\n 🚧 Browser logs:\n';
  assert.deepEqual(browserFailures(browser), ['a/b.test.ts']);
});

it('names what was left out and why', () => {
  const text = '✔ a (1.5ms)\n﹣ a full disk (1.46ms) # this system gives nobody a small disk\n  ﹣ b (0.2ms) # SKIP\n';
  assert.deepEqual(nodeSkips(text), ['a full disk: this system gives nobody a small disk', 'b: SKIP']);
});

it('puts every test file into one suite', () => {
  const all = suites()
    .filter(({ env }) => env?.['INLAY_TEST_HOST'] !== 'worker')
    .flatMap(({ files }) => files);
  assert.equal(new Set(all).size, all.length);
  assert.ok(all.includes('tools/test-counts.test.ts'));
  for (const suite of suites()) assert.ok(suite.files.length > 0, suite.name);
});
