/** The last published manifest of each module of the house, as it is kept in docs/published. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ManifestJson, parseManifest } from '../schemas/module/index.ts';
import { root } from './root.ts';

const fileOf = (name: string): string => join(root, 'docs/published', `${name}.json`);

/** Undefined for a module that was never published. */
export function publishedManifest(name: string): ManifestJson | undefined {
  const file = fileOf(name);
  return existsSync(file) ? parseManifest(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

export function recordPublished(name: string, manifest: ManifestJson): void {
  mkdirSync(dirname(fileOf(name)), { recursive: true });
  writeFileSync(fileOf(name), `${JSON.stringify(manifest, null, 1)}\n`);
}
