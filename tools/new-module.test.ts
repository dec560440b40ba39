import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { newModule } from './new-module.ts';
import { root } from './root.ts';

/** A checkout of its own, whose rooms are the real ones. */
function workshop(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-new-'));
  mkdirSync(join(folder, 'widgets'));
  for (const room of [
    'schemas',
    'edge',
    'embed-sdk',
    'tests',
    'node_modules',
    'widgets/kit',
    'package.json',
    'tsconfig.base.json',
    'biome.json',
  ]) {
    symlinkSync(join(root, room), join(folder, room));
  }
  return folder;
}

test('a new module passes its own tests, type-checks and is tidy', t => {
  const folder = workshop();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const files = newModule('guest-book', folder);
  assert.ok(files.includes('widgets/guest-book/element/inlay-guest-book.ts'));

  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const tests = files.filter(file => file.endsWith('.test.ts'));
  assert.ok(tests.length >= 2);
  const run = spawnSync(
    process.execPath,
    ['--preserve-symlinks', '--preserve-symlinks-main', '--test', '--test-reporter=tap', ...tests],
    { cwd: folder, env, encoding: 'utf8' },
  );
  assert.equal(run.status, 0, run.stdout + run.stderr);
  assert.match(run.stdout, /^# pass [1-9]/m);

  const config = {
    extends: './tsconfig.base.json',
    compilerOptions: { types: ['node'], lib: ['ES2024', 'DOM', 'DOM.Iterable'], preserveSymlinks: true },
    include: ['widgets/guest-book/**/*.ts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const types = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], { cwd: folder, encoding: 'utf8' });
  assert.equal(types.status, 0, types.stdout);

  execFileSync(
    join(root, 'node_modules/.bin/esbuild'),
    [
      'widgets/guest-book/element/inlay-guest-book.ts',
      '--bundle',
      '--format=esm',
      '--outfile=out.js',
      '--log-level=error',
    ],
    { cwd: folder },
  );
});

test('a name that cannot be a tag, a table and a route at once is refused', t => {
  const folder = workshop();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['', 'Guest', '9lives', 'a--b', 'a_b', '../x', 'a-', 'x'.repeat(41)]) {
    assert.throws(() => newModule(name, folder), /cannot be a module/, name);
  }
  newModule('twice', folder);
  assert.throws(() => newModule('twice', folder), /there already/);
});
