import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BuiltFile, integrityOf, sealParts } from './seal-parts.ts';

const file = (code: string, imports: string[] = [], dynamicImports: string[] = []): BuiltFile => ({
  code,
  imports,
  dynamicImports,
});

test('a part knows the integrity of each file that it fetches, and of none that is there', () => {
  const files = new Map([
    ['c/entry-1.js', file('import"./base-1.js";e(()=>import(`./steps-1.js`)).catch(f)', ['c/base-1.js'])],
    ['c/base-1.js', file('base')],
    ['c/steps-1.js', file('import"./base-1.js";import"./days-1.js"', ['c/base-1.js', 'c/days-1.js'])],
    ['c/days-1.js', file('$(()=>import("./late-1.js"))')],
    ['c/late-1.js', file('late')],
    ['c/more-1.js', file('R(()=>import(`./late-1.js`).then(e=>e.t)).then(g)')],
  ]);
  const sealed = sealParts(files, 'c/');
  const days = `$(()=>import("./late-1.js"),[["./late-1.js","${integrityOf('late')}"]])`;
  assert.equal(sealed.get('c/days-1.js'), days);
  const steps = `["./steps-1.js","${integrityOf(files.get('c/steps-1.js')!.code)}"],["./days-1.js","${integrityOf(days)}"]`;
  assert.equal(sealed.get('c/entry-1.js'), `import"./base-1.js";e(()=>import(\`./steps-1.js\`),[${steps}]).catch(f)`);
  assert.equal(sealed.get('c/late-1.js'), 'late');
  const more = `R(()=>import(\`./late-1.js\`).then(e=>e.t),[["./late-1.js","${integrityOf('late')}"]]).then(g)`;
  assert.equal(sealed.get('c/more-1.js'), more);
});

test('two files that fetch each other are refused', () => {
  const files = new Map([
    ['c/a.js', file('p(()=>import(`./b.js`))')],
    ['c/b.js', file('p(()=>import(`./a.js`))')],
  ]);
  assert.throws(() => sealParts(files, 'c/'), /part of itself/);
});

test('a file that is fetched without a part is refused', () => {
  const files = new Map([
    ['c/a.js', file('let e=await import(`./b.js`)')],
    ['c/b.js', file('b')],
  ]);
  assert.throws(() => sealParts(files, 'c/'), /c\/a\.js has an import\(\) that is not within part/);
});
