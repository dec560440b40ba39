/** Zips the WordPress plugin of `integrations/wordpress`, with the widgets that there are: the same bytes from the same sources. */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { type TagDoc, tagDocs } from './embed-package/element-types.ts';
import { root } from './root.ts';

const source = join(root, 'integrations/wordpress');

/** For people, and where `GET /integrations/wordpress.zip` finds it. */
export const pluginFiles: readonly string[] = [
  join(root, 'dist/integrations/inlay-wordpress.zip'),
  join(root, 'dist/public/integrations/wordpress.zip'),
];

/** The plugin's archive, all in the folder `inlay`. */
export async function zipPlugin(): Promise<Uint8Array> {
  const files: Record<string, Uint8Array> = {
    'LICENSE.txt': readFileSync(join(root, 'LICENSE')),
    'includes/widgets.php': new TextEncoder().encode(widgetsFile(await tagDocs())),
  };
  for (const file of globSync('**/*.*', { cwd: source }))
    files[file.split(sep).join('/')] = readFileSync(join(source, file));
  const entries: Zippable = {};
  // The earliest time that a zip can tell, by the local clock that its format is in.
  for (const name of Object.keys(files).sort())
    entries[`inlay/${name}`] = [files[name]!, { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o644 << 16 }];
  return zipSync(entries);
}

/** Name, label, height and attributes of the widgets that a website may show. */
function widgetsFile(docs: readonly TagDoc[]): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const rows = docs
    .filter(({ surfaces }) => surfaces.includes('site'))
    .map(({ tag, label, height, attributes }) => {
      const names = attributes.filter(({ type }) => type === 'string').map(({ name }) => quoted(name));
      return `\t${quoted(tag.replace('inlay-', ''))} => array(
\t\t'label'      => ${quoted(label)},
\t\t'height'     => ${height},
\t\t'attributes' => array( ${names.join(', ')} ),
\t),
`;
    });
  return `<?php
/**
 * Widgets by name, as their manifests and elements declare them.
 *
 * @package Inlay
 */

defined( 'ABSPATH' ) || exit;

return array(
${rows.join('')});
`;
}

/** Writes the archive to each of `pluginFiles`. */
export async function writePlugin(): Promise<void> {
  const bytes = await zipPlugin();
  for (const file of pluginFiles) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

if (import.meta.main) {
  await writePlugin();
  console.log(`Zipped ${pluginFiles[0]}.`);
}
