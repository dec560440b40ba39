/** Zips the WordPress plugin of `integrations/wordpress`, with the widgets that there are: the same bytes from the same sources. */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { tagDocs } from './embed-package/element-types.ts';
import { root } from './root.ts';
import { blockFile, templateFile, widgetsFile } from './wordpress/generated.ts';

const source = join(root, 'integrations/wordpress');
const encoder = new TextEncoder();

/** For people, and where `GET /integrations/wordpress.zip` finds it. */
export const pluginFiles: readonly string[] = [
  join(root, 'dist/integrations/inlay-wordpress.zip'),
  join(root, 'dist/public/integrations/wordpress.zip'),
];

/** The plugin's archive, all in the folder `inlay`. */
export async function zipPlugin(): Promise<Uint8Array> {
  const docs = await tagDocs();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const files: Record<string, string> = {
    'LICENSE.txt': readFileSync(join(root, 'LICENSE'), 'utf8'),
    'includes/widgets.php': widgetsFile(docs),
  };
  for (const file of globSync('**/*.*', { cwd: source }))
    files[file.split(sep).join('/')] = readFileSync(join(source, file), 'utf8');
  files['block/block.json'] = blockFile(files['block/block.json']!, docs);
  files['languages/inlay.pot'] = templateFile(files, version);
  const entries: Zippable = {};
  // The earliest time that a zip can tell, by the local clock that its format is in.
  for (const name of Object.keys(files).sort())
    entries[`inlay/${name}`] = [
      encoder.encode(files[name]),
      { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o644 << 16 },
    ];
  return zipSync(entries);
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
