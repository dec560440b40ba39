import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openWorkshop, type Workshop } from '../tests/support/workshop.ts';
import { moduleKinds } from './new-module.ts';
import { root } from './root.ts';

const tool = (name: string) => join(root, 'node_modules/.bin', name);

function passesItsTests({ folder }: Workshop, files: readonly string[]): void {
  const tests = files.filter(file => file.endsWith('.test.ts'));
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const args = ['--test', '--test-reporter=tap', ...tests];
  const run = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' });
  assert.equal(run.status, 0, run.stdout + run.stderr);
  assert.match(run.stdout, /^# pass [1-9]/m);
}

function hasRightTypes({ folder }: Workshop, name: string): void {
  const config = {
    extends: './tsconfig.base.json',
    compilerOptions: { types: ['node'], lib: ['ES2024', 'DOM', 'DOM.Iterable'] },
    include: [`widgets/${name}/**/*.ts`],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const types = spawnSync(tool('tsc'), ['-p', '.'], { cwd: folder, encoding: 'utf8' });
  assert.equal(types.status, 0, types.stdout);
}

for (const kind of moduleKinds) {
  test(`a new ${kind} passes its own tests, type-checks and is tidy`, t => {
    const workshop = openWorkshop();
    t.after(() => workshop.remove());
    const { folder } = workshop;
    const files = workshop.add('guest-book', kind);
    execFileSync(
      tool('biome'),
      ['check', '--write', '--vcs-enabled=false', '--log-level=error', 'widgets/guest-book'],
      {
        cwd: folder,
      },
    );
    passesItsTests(workshop, files);
    hasRightTypes(workshop, 'guest-book');
    const element = 'widgets/guest-book/element/inlay-guest-book.ts';
    assert.equal(files.includes(element), kind === 'element');
    if (kind === 'element') {
      const args = [element, '--bundle', '--format=esm', '--outfile=out.js', '--log-level=error'];
      execFileSync(tool('esbuild'), args, { cwd: folder });
    }
  });
}

test('a module of records is three entities in at most sixty lines of manifest, as the formatter writes them', t => {
  const workshop = openWorkshop();
  t.after(() => workshop.remove());
  const files = workshop.add('job-board', 'records');
  const args = ['check', '--error-on-warnings', '--vcs-enabled=false', 'widgets/job-board'];
  const tidy = spawnSync(tool('biome'), args, { cwd: workshop.folder, encoding: 'utf8' });
  assert.equal(tidy.status, 0, tidy.stdout + tidy.stderr);
  assert.deepEqual(
    files.filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts')),
    ['widgets/job-board/module.ts'],
  );
  const manifest = readFileSync(join(workshop.folder, 'widgets/job-board/module.ts'), 'utf8');
  assert.ok(manifest.trimEnd().split('\n').length <= 60);
  assert.equal(manifest.match(/: entity\(/g)?.length, 3);
});

test('a name that cannot be a tag, a table and a route at once is refused', t => {
  const workshop = openWorkshop();
  t.after(() => workshop.remove());
  for (const name of ['', 'Guest', '9lives', 'a--b', 'a_b', '../x', 'a-', 'x'.repeat(41)]) {
    assert.throws(() => workshop.add(name, 'module'), /cannot be a module/, name);
  }
  workshop.add('twice', 'module');
  assert.throws(() => workshop.add('twice', 'records'), /there already/);
});
