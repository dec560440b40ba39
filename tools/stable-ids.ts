/** Writes each module's ids (`widgets/NAME/ids.ts`): once, and never another for what has one. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newIds, renamedIds } from '../edge/engine/compile/new-ids.ts';
import { lintManifest } from '../edge/versions/lint.ts';
import { type StableIds, toManifest, withStableIds } from '../schemas/module/index.ts';
import { houseModule, houseModules } from './house-modules.ts';
import { publishedManifest } from './published-manifest.ts';
import { root } from './root.ts';

const usage = `Usage: node tools/stable-ids.ts [module...]               gives ids to what has none
       node tools/stable-ids.ts module old=new          moves an id to another name: service=treatment, service.name=service.title
       node tools/stable-ids.ts module --new            what came beside something that went is new, not renamed`;

/** Ten characters of [0-9a-v]. */
const random = (): string =>
  BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(32)
    .padStart(13, '0')
    .slice(-10);

const idsFile = (name: string): string => join(root, 'widgets', name, 'ids.ts');

async function readIds(name: string): Promise<StableIds> {
  if (!existsSync(idsFile(name))) return {};
  // A query keeps a file that was just written from being answered from memory.
  const { ids } = (await import(`${pathToFileURL(idsFile(name))}?${random()}`)) as { ids: StableIds };
  return ids;
}

function idsText(ids: StableIds): string {
  const key = (name: string) => (name.includes('.') ? `'${name}'` : name);
  const rows = Object.entries(ids).map(([name, { id, at }]) => `  ${key(name)}: { id: '${id}', at: '${at}' },`);
  return [
    '/** Ids that stay when a name changes, and the table or column each was made with. Written by `npm run ids`; rows are never changed. */',
    "import type { StableIds } from '../../schemas/module/index.ts';",
    '',
    'export const ids = {',
    ...rows,
    '} as const satisfies StableIds;',
    '',
  ].join('\n');
}

/** True where the file was written. Throws on what looks like a rename. */
async function giveIds(name: string, moves: readonly (readonly [string, string])[], isNew: boolean): Promise<boolean> {
  const bare = toManifest({ ...(await houseModule(name)), ids: {} });
  let known = await readIds(name);
  for (const [from, to] of moves) known = renamedIds(known, from, to);
  const ids = newIds(bare, known, random);
  const published = publishedManifest(name);
  const guessed = published ? lintManifest(published, withStableIds(bare, ids)) : [];
  const renames = guessed.filter(({ code }) => code === 'renamed_without_id');
  if (renames.length > 0 && !isNew) {
    const lines = renames.map(({ pointer, message }) => `  ${pointer}: ${message}`);
    throw new Error(
      `${name}: this looks renamed; say so with old=new, or that it is new with --new.\n${lines.join('\n')}`,
    );
  }
  const text = idsText(ids);
  if (existsSync(idsFile(name)) && readFileSync(idsFile(name), 'utf8') === text) return false;
  writeFileSync(idsFile(name), text);
  return true;
}

async function main(args: readonly string[]): Promise<void> {
  const moves = args.filter(arg => arg.includes('=')).map(arg => arg.split('=') as [string, string]);
  const named = args.filter(arg => !arg.includes('=') && !arg.startsWith('--'));
  if (moves.length > 0 && named.length !== 1) throw new Error(usage);
  for (const name of named.length > 0 ? named : houseModules) {
    if (await giveIds(name, moves, args.includes('--new'))) console.log(`widgets/${name}/ids.ts`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
