/** Weighs what a page loads, as brotli at quality 11, and fails past a budget. Run after the build. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { BuildManifest } from './build.ts';
import { root } from './root.ts';

const built = join(import.meta.dirname, '../dist/public');

/** Bytes. A widget counts with the loader and everything it imports. */
const budgets: Readonly<Record<string, number>> = {
  loader: 1235,
  runtime: 6500,
  beacon: 1500,
  'inlay-booking': 13_000,
  'inlay-booking-manage': 13_000,
  'inlay-chat': 13_000,
  'inlay-shop': 15_000,
  'inlay-shop-order': 15_000,
  'generic-form': 9000,
  'generic-list': 10_300,
  'generic-cards': 10_100,
  'generic-detail': 10_000,
  'generic-search': 10_700,
  'generic-calendar': 12_100,
};

/** What a control of a form adds to a page that has the form, the parts included that other controls share. */
const controls: Readonly<Record<string, number>> = {
  'inlaykit-address': 5100,
  'inlaykit-choice': 4300,
  'inlaykit-date': 8000,
  'inlaykit-date-time': 9700,
  'inlaykit-file': 5600,
  'inlaykit-money': 6150,
  'inlaykit-number': 5400,
  'inlaykit-phone': 6450,
  'inlaykit-rating': 4600,
  'inlaykit-select': 5650,
  'inlaykit-signature': 5600,
  'inlaykit-switch': 4050,
  'inlaykit-text': 4600,
  'inlaykit-time': 4200,
};

/** For widgets without a line of their own: the largest a widget may be. */
const fallback = 15_000;

const weigh = async (file: string): Promise<number> => {
  const text = await readFile(join(built, file));
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
};

/** The name of a chunk without its folder and hash. */
const nameOf = (file: string) => file.replace('embed/c/', '').replace(/-[\w-]{8}\.js$/, '');

const manifest: BuildManifest = JSON.parse(await readFile(join(built, 'embed/manifest.json'), 'utf8'));
const loader = await weigh(manifest.loader);
const rows: { name: string; bytes: number; budget: number; parts: string }[] = [
  { name: 'loader', bytes: loader, budget: budgets['loader']!, parts: '' },
];
const drawn = Object.entries(manifest.parts).filter(([name]) => name.startsWith('generic-'));
if (drawn.length === 0) throw new Error('The widgets of manifests alone are not built.');
for (const [tag, { files, later }] of [...Object.entries(manifest.widgets), ...drawn]) {
  const parts = await Promise.all(files.map(async file => ({ file, bytes: await weigh(file) })));
  const after = (await Promise.all(later.map(weigh))).reduce((sum, bytes) => sum + bytes, 0);
  rows.push({
    name: tag,
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, loader),
    budget: budgets[tag] ?? fallback,
    parts: `${parts.map(({ file, bytes }) => `${nameOf(file)} ${bytes}`).join(' + ')}; later ${after}`,
  });
}
const runtimes = new Set(
  Object.values(manifest.widgets).flatMap(({ files }) => files.filter(file => nameOf(file) === 'runtime')),
);
for (const file of runtimes)
  rows.push({ name: 'runtime', bytes: await weigh(file), budget: budgets['runtime']!, parts: '' });
for (const file of manifest.parts['beacon']?.files ?? [])
  rows.push({ name: 'beacon', bytes: await weigh(file), budget: budgets['beacon']!, parts: '' });
const ofForm = new Set(manifest.parts['generic-form']?.files);
for (const [name, budget] of Object.entries(controls)) {
  const files = manifest.parts[name]?.files.filter(file => !ofForm.has(file));
  if (!files?.length) throw new Error(`${name} has a budget and is not built.`);
  const parts = await Promise.all(files.map(async file => ({ file, bytes: await weigh(file) })));
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  rows.push({ name, bytes, budget, parts: '' });
}
const unlisted = globSync('widgets/kit/controls/inlaykit-*.ts', { cwd: root })
  .map(file => basename(file, '.ts'))
  .filter(name => !(name in controls));
if (unlisted.length > 0) throw new Error(`Give a budget to ${unlisted.join(', ')}.`);
if (rows.length < 3) throw new Error('There is no widget to weigh: run the build first.');

for (const { name, bytes, budget, parts } of rows) {
  const state = bytes > budget ? 'OVER' : 'ok';
  console.log(
    `${name.padEnd(24)}${`${bytes}`.padStart(8)} / ${budget} B brotli  ${state}${parts && `   loader + ${parts}`}`,
  );
}
const over = rows.filter(({ bytes, budget }) => bytes > budget);
for (const { name, bytes, budget } of over)
  console.error(
    `${name} is ${bytes - budget} bytes over its budget: take out what the first screen does not need, or load it by import() when it is asked for. Raise a budget only with a decision in docs/decisions.`,
  );
if (over.length) process.exit(1);
