/** Law 5: the shape of a file: short, kebab-case, named exports, no drawer for odds and ends. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isGenerated, isTest, repository, type SourceFile, sourceOf } from './source.ts';

const MAX_LINES = 400;
const DEFAULT_EXPORT_ALLOWED = /(?:^edge\/worker\.ts|\.config\.ts)$/;

function misshapen({ path, text, code, ...file }: SourceFile): string[] {
  const found: string[] = [];
  const lines = text.split('\n').length - 1;
  if (lines > MAX_LINES && !isGenerated({ path, text, code, ...file })) {
    found.push(`${path} has ${lines} lines: split it by what its parts are for.`);
  }
  if (/(?:^|\/)(?:utils?|common|helpers?)(?:\/|\.ts$)/.test(path))
    found.push(`${path}: name the folder for what it holds.`);
  if (!path.split('/').every(part => /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(part)))
    found.push(`${path} is not in kebab-case.`);
  if (/^\s*(?:export\s+|declare\s+|const\s+)*enum\s+\w/m.test(code))
    found.push(`${path} has an enum: use a union of strings.`);
  if (/^\s*(?:export\s+|declare\s+)*namespace\s+\w/m.test(code)) found.push(`${path} has a namespace: use a module.`);
  if (/^\s*export\s+default\b|^\s*export\s*\{[^}]*\bas\s+default\b/m.test(code) && !DEFAULT_EXPORT_ALLOWED.test(path)) {
    found.push(`${path} has a default export: name it.`);
  }
  return found;
}

/** Time and chance come by the ports, so that tests can move the one and repeat the other. */
function impure(file: SourceFile): string[] {
  if (!/^(?:schemas\/|widgets\/[^/]+\/edge\/)/.test(file.path) || isTest(file)) return [];
  const found =
    file.code.match(/\bMath\.random\(|\bDate\.now\(|\bnew Date\(\s*\)|\bDate\(\s*\)|\bTemporal\.Now\b/g) ?? [];
  return found.map(text => `${file.path} uses ${text}: take the clock or the ids from the context.`);
}

it('files keep to their shape', () => {
  assert.ok(repository().length > 50, 'too few files were seen');
  assert.deepEqual(repository().flatMap(misshapen), []);
});

const base = 'widgets/kit/base-element.ts';
const MAX_BASE_LINES = 120;

/** What every widget inherits stays readable at one glance; a behaviour of its own is a controller. */
const junkDrawers = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ path, text }) => path === base && text.split('\n').length - 1 >= MAX_BASE_LINES)
    .map(({ path }) => `${path} has ${MAX_BASE_LINES} lines or more: move a behaviour into a controller.`);

it('the base of all widgets stays small', () => {
  assert.ok(repository().some(({ path }) => path === base));
  assert.deepEqual(junkDrawers(repository()), []);
  assert.equal(junkDrawers([sourceOf(base, 'const a = 1;\n'.repeat(MAX_BASE_LINES))]).length, 1);
});

it('schemas and modules take time and chance from outside', () => {
  assert.ok(repository().some(({ path }) => path.startsWith('schemas/')));
  assert.deepEqual(repository().flatMap(impure), []);
});

it('the law sees what breaks it', () => {
  const bad: readonly [string, string][] = [
    ['edge/long.ts', 'const a = 1;\n'.repeat(401)],
    ['edge/utils/a.ts', ''],
    ['edge/helpers.ts', ''],
    ['edge/CamelCase.ts', ''],
    ['edge/a.ts', 'export const enum A { B }'],
    ['edge/a.ts', 'export namespace A {}'],
    ['edge/a.ts', 'export default class {}'],
    ['edge/a.ts', 'export { a as default };'],
  ];
  for (const [path, text] of bad)
    assert.equal(misshapen(sourceOf(path, text)).length, 1, `${path} ${text.slice(0, 30)}`);
  assert.deepEqual(misshapen(sourceOf('edge/registry.generated.ts', 'const a = 1;\n'.repeat(500))), []);
  assert.deepEqual(misshapen(sourceOf('edge/worker.ts', '// enum of things\nexport default {};')), []);
  for (const text of ['Math.random()', 'Date.now()', 'new Date()', 'new Date( )']) {
    assert.equal(impure(sourceOf('widgets/shop/edge/a.ts', `const x = ${text};`)).length, 1, text);
  }
  assert.deepEqual(impure(sourceOf('schemas/a.ts', 'new Date(0); // Date.now()')), []);
});
