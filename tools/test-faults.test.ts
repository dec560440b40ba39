import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { browserFaults, faultLines, lastWords, nodeFaults } from './test-faults.ts';

/** What the runner prints of files that are written for it. */
function printed(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-faults-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', ...Object.keys(files)], {
    cwd: folder,
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, FORCE_COLOR: '0' },
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  return stdout;
}

it('says of each file that failed what its tests said, and where', () => {
  const faults = nodeFaults(
    printed({
      'a.test.js': `const assert = require('node:assert/strict'); const { describe, it } = require('node:test');
describe('outer', () => it('compares', () => assert.deepEqual([1, { two: 2 }], [1, { two: 3 }])));
it('passes', () => {});
it('throws', () => { throw new Error('one line\\nand another'); });`,
      'b.test.js': `const { before, it } = require('node:test');
before(() => { throw new Error('did not start'); });
it('needs it', () => {});`,
      'c.test.js': `console.error('on its way'); throw new Error('fell over');`,
      'd.test.js': `require('node:test').it('fine', () => {});`,
    }),
  );
  assert.deepEqual(
    faults.map(({ where }) => where),
    ['a.test.js', 'b.test.js', 'c.test.js'],
  );
  const [a, b, c] = faults.map(({ lines }) => lines.join('\n'));
  assert.match(a!, /^✖ compares \(.*ms\)\n {2}AssertionError .*\n[\s\S]*\n {2}[+] .*two: 2\n {2}- .*two: 3\n/);
  assert.match(
    a!,
    /\n {6}at .*a\.test\.js:2:\d+\)\n✖ throws .*\n {2}Error: one line\n {2}and another\n {6}at .*:4:\d+\)$/,
  );
  assert.doesNotMatch(a!, /passes|node:internal|operator/);
  assert.match(b!, /needs it[\s\S]*Error: did not start\n {6}at .*b\.test\.js:2:\d+/);
  assert.match(c!, /on its way\n[\s\S]*Error: fell over\n/);
});

it('says no more than forty lines of a file', () => {
  const error = Array.from({ length: 30 }, (_, i) => `  line ${i}\n`).join('');
  const test = (at: number) => `test at a.test.ts:${at}:1\n✖ x (1ms)\n${error}      at file:///a.test.ts:${at}:3\n\n`;
  const one = nodeFaults(`✖ failing tests:\n\n${test(1)}`)[0]!.lines;
  assert.deepEqual(one.slice(-3), ['  line 15', '  … 14 more lines', '      at file:///a.test.ts:1:3']);
  const [many] = nodeFaults(`✖ failing tests:\n\n${[1, 2, 3, 4].map(test).join('')}`);
  assert.equal(many!.lines.length, 40);
  assert.equal(many!.lines.at(-1), '… 37 more lines');
});

it('says what the browser runner prints of a file that failed, and what its page logged last', () => {
  const progress = '\n\x1b[2K\x1b[1A\x1b[2K\x1b[G';
  const logs = Array.from({ length: 12 }, (_, i) => `      log ${i}\n`).join('');
  const text = `Running 3 test files...\n${progress}a/b.test.ts:\n\n 🚧 Browser logs:\n${logs}\n ❌ x > y\n      Error: no\n        at same (assert.ts:6:2)\n\n ❌ x > z\n      Error: nor this\n${progress}fine.test.ts:\n\n 🚧 Browser logs:\n      hello\n${progress}c.test.ts:\n\n ❌ Could not import your test module.\n\nChromium: |███| 3/3 test files | 1 passed, 2 failed\n\nFinished\n`;
  const [first, second, ...others] = browserFaults(text);
  assert.deepEqual(first, {
    where: 'a/b.test.ts',
    lines: [
      ...Array.from({ length: 10 }, (_, i) => `      log ${i + 2}`),
      ' ❌ x > y',
      '      Error: no',
      '        at same (assert.ts:6:2)',
      ' ❌ x > z',
      '      Error: nor this',
    ],
  });
  assert.deepEqual(second, { where: 'c.test.ts', lines: [' ❌ Could not import your test module.'] });
  assert.deepEqual(others, []);
});

it('says the last thirty lines of a suite that fell over', () => {
  const text = Array.from({ length: 50 }, (_, i) => `line ${i}\n`).join('');
  const fault = lastWords('unit', `${text}\x1b[31mkilled\x1b[0m\n\n`);
  assert.deepEqual([fault.lines.length, fault.lines[0], fault.lines.at(-1)], [30, 'line 21', 'killed']);
  assert.deepEqual(faultLines([fault]).slice(0, 3), ['', '-- unit', 'line 21']);
});
