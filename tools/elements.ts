/** Writes `custom-elements.json`, and the page of all elements with what its examples live of; fails where an element lacks what others need to use it. Run after the build. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuildManifest } from './build.ts';
import { elementsPage } from './elements/elements-page.ts';
import { examplesScript } from './elements/examples-script.ts';
import { elementsOf, lacksOf, readElements } from './elements/read-elements.ts';
import { root } from './root.ts';

const write = (path: string, text: string) => {
  const file = join(root, 'dist', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};
const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;

/** Resolves with what elements lack, a line for each. */
export async function writeElements(): Promise<readonly string[]> {
  const manifest = readElements();
  const count = elementsOf(manifest).length;
  if (count === 0) throw new Error('No element was found.');
  write('public/docs/custom-elements.json', json(manifest));
  const build = JSON.parse(readFileSync(join(root, 'dist/public/embed/manifest.json'), 'utf8')) as BuildManifest;
  write('public/docs/elements.json', json({ page: await elementsPage(manifest, build) }));
  write('public/docs/elements-examples.js', await examplesScript());
  console.log(`${count} elements in /docs/custom-elements.json and on /docs/elements.`);
  return lacksOf(manifest);
}

if (import.meta.main) {
  const lacks = await writeElements();
  for (const lack of lacks) console.error(lack);
  if (lacks.length > 0) process.exit(1);
}
