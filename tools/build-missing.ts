/** Builds what a start needs and nobody has built yet: the browser's files, and the page of elements that is drawn from them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildBrowser } from './build.ts';
import { writeElements } from './elements.ts';
import { root } from './root.ts';

const isBuilt = (file: string) => existsSync(join(root, 'dist/public', file));

export async function buildMissing(): Promise<void> {
  const [browser, elements] = [isBuilt('embed/manifest.json'), isBuilt('docs/elements.json')];
  if (!browser) {
    console.log('Building the browser files once ...');
    await buildBrowser();
  }
  if (!browser || !elements) await writeElements();
}
