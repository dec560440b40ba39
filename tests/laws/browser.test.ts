/** Law 4: browser code may import server files by `import type` alone, not even through another file. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isTest, repository, type SourceFile, sourceOf } from './source.ts';

const BROWSER = /^(?:embed-sdk|dashboard|widgets\/kit|widgets\/[^/]+\/(?:element|dashboard))\//;
const SERVER_FILE = /^(?:edge|tools|tests|bench)\/|^widgets\/[^/]+\/(?:edge\/|module\.ts$)|^node:/;
const SERVER_PACKAGE = /^(?:hono|@hono|drizzle-orm|drizzle-kit|libsql|@libsql|vite|wrangler|esbuild)(?:\/|$)/;

function leaks(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map(file => [file.path, file]));
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: SourceFile): void => {
    if (seen.has(file.path)) return;
    seen.add(file.path);
    for (const { target, kind } of file.imports) {
      if (kind === 'type') continue;
      if (SERVER_FILE.test(target) || SERVER_PACKAGE.test(target))
        found.add(`${file.path} brings ${target} into the browser.`);
      else if (byPath.has(target)) visit(byPath.get(target)!);
    }
  };
  for (const file of browserFiles(files)) visit(file);
  return [...found];
}

const browserFiles = (files: readonly SourceFile[]) =>
  files.filter(file => BROWSER.test(file.path) && !isTest(file) && !file.path.endsWith('.config.ts'));

it('no server file reaches the browser', () => {
  assert.ok(browserFiles(repository()).length > 10, 'there is no browser code');
  assert.deepEqual(leaks(repository()), []);
});

const clock = 'widgets/kit/page-clock.ts';
const timeReaders = (files: readonly SourceFile[]) =>
  browserFiles(files)
    .filter(
      ({ path, code }) => path.startsWith('widgets/') && path !== clock && /\bDate\.now\b|new Date\(\)/.test(code),
    )
    .map(({ path }) => `${path} reads the time itself: use pageNow of ${clock}.`);

it('widgets read the time in one place', () => {
  assert.ok(
    repository().some(({ path, code }) => path === clock && code.includes('Date.now')),
    'there is no clock',
  );
  assert.deepEqual(timeReaders(repository()), []);
  assert.equal(timeReaders([sourceOf('widgets/kit/a.ts', 'const now = Date.now();')]).length, 1);
});

it('the law sees what breaks it', () => {
  const direct = sourceOf('embed-sdk/a.ts', "import { type A, b } from '../edge/b.ts';");
  assert.equal(leaks([direct]).length, 1);
  const through = [
    sourceOf('widgets/shop/element/inlay-shop.ts', "import { a } from '../../../schemas/a.ts';"),
    sourceOf('schemas/a.ts', "export { x } from 'drizzle-orm';"),
  ];
  assert.equal(leaks(through).length, 1);
  assert.equal(leaks([sourceOf('dashboard/a.ts', "await import('node:fs')")]).length, 1);
  assert.equal(leaks([sourceOf('widgets/shop/element/a.ts', "import { shop } from '../module.ts';")]).length, 1);
  assert.deepEqual(leaks([sourceOf('dashboard/a.ts', "import type { A } from '../edge/a.ts';")]), []);
});
