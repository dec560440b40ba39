/** Writes `dist/custom-elements.json` and the page of all elements; fails where an element lacks what others need to use it. Run after the build. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuildManifest } from './build.ts';
import { elementsPage } from './elements/elements-page.ts';
import { elementsOf, lacksOf, readElements } from './elements/read-elements.ts';
import { root } from './root.ts';

const write = (path: string, value: unknown) => {
  const file = join(root, 'dist', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`);
};

const manifest = readElements();
const count = elementsOf(manifest).length;
if (count === 0) throw new Error('No element was found.');
write('custom-elements.json', manifest);
const build = JSON.parse(readFileSync(join(root, 'dist/public/embed/manifest.json'), 'utf8')) as BuildManifest;
write('public/docs/elements.json', { page: await elementsPage(manifest, build) });
console.log(`${count} elements in dist/custom-elements.json and on /docs/elements.`);

const lacks = lacksOf(manifest);
for (const lack of lacks) console.error(lack);
if (lacks.length > 0) process.exit(1);
