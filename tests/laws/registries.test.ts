/** Law 3: registries are generated from the folders, lazy and current; a module's name is its folder's. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { generateRegistries, moduleNames, staleRegistries } from '../../tools/generate-registries.ts';
import { root } from '../../tools/root.ts';

it('registries hold the folders there are', () => {
  assert.ok(moduleNames().length > 0, 'there is no module');
  assert.deepEqual(
    staleRegistries().map(({ path }) => path),
    [],
    'run "npm run registries"',
  );
});

it('every folder in widgets/ is a module by the name of its folder', () => {
  const folders = readdirSync(join(root, 'widgets'), { withFileTypes: true }).filter(entry => entry.isDirectory());
  const modules = folders.map(({ name }) => name).filter(name => name !== 'kit');
  assert.deepEqual(modules.sort(), moduleNames());
  for (const name of modules) {
    const text = readFileSync(join(root, 'widgets', name, 'module.ts'), 'utf8');
    assert.match(text, new RegExp(`\\bid: ['"][a-z][\\w-]*\\.${name}['"]`), `the id of ${name} ends in .${name}`);
  }
});

it('the generator is lazy, leaves out what is not there, and the check sees a stale file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-registries-'));
  try {
    for (const path of [
      'widgets/kit',
      'widgets/shop/edge',
      'widgets/shop/element',
      'widgets/shop/dashboard',
      'widgets/crm',
      'edge',
    ]) {
      mkdirSync(join(folder, path), { recursive: true });
    }
    for (const path of [
      'shop/module.ts',
      'shop/edge/index.ts',
      'shop/element/inlay-shop.ts',
      'shop/dashboard/index.ts',
      'crm/module.ts',
    ]) {
      writeFileSync(join(folder, 'widgets', path), '');
    }
    const [edge, browser] = generateRegistries(folder);
    assert.match(edge!.text, / {2}crm: \{ manifest: \(\) => import\('\.\.\/widgets\/crm\/module\.ts'\) \},\n/);
    assert.match(edge!.text, /shop: .*implementation: \(\) => import\('\.\.\/widgets\/shop\/edge\/index\.ts'\)/);
    assert.match(browser!.text, /shop: \{ element: \(\) => import\('\.\/shop\/element\/inlay-shop\.ts'\) \}/);
    assert.match(browser!.text, /shop: \(\) => import\('\.\/shop\/dashboard\/index\.ts'\)/);
    assert.doesNotMatch(browser!.text, /crm|kit/);
    assert.equal(staleRegistries(folder).length, 2);
    for (const { path, text } of [edge!, browser!]) writeFileSync(join(folder, path), text);
    assert.equal(staleRegistries(folder).length, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
