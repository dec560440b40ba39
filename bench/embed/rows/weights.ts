/** What a page loads, in bytes of brotli at quality 11. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { print } from '../row.ts';
import { builtFolder, builtManifest } from '../world.ts';

const weigh = (file: string): number =>
  brotliCompressSync(readFileSync(join(builtFolder, file)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
    .length;

const sum = (files: readonly string[]): number => files.reduce((total, file) => total + weigh(file), 0);

export function weights(): void {
  const { loader, widgets, parts } = builtManifest();
  const { files } = widgets['inlay-booking']!;
  const runtime = files.filter(file => file.includes('/runtime-'));
  const unit = 'brotli bytes';
  const detail = Object.fromEntries([loader, ...files].map(file => [file.replace('embed/', ''), weigh(file)]));
  print({ name: 'loader', value: weigh(loader), unit, target: 1300 });
  const form = parts['generic-form']!.files;
  print({ name: 'loader + form', value: sum([loader, ...form]), unit, target: 9000 });
  print({ name: 'loader + booking', value: sum([loader, ...files]), unit, target: 13_000, detail });
  for (const [name, target] of [
    ['chat', 13_000],
    ['shop', 15_000],
  ] as const) {
    print({ name: `loader + ${name}`, value: sum([loader, ...widgets[`inlay-${name}`]!.files]), unit, target });
  }
  print({ name: 'shared runtime', value: sum(runtime), unit, target: 6500 });
  print({ name: 'booking beside the runtime', value: sum(files) - sum(runtime), unit, target: 6000 });
  print({ name: 'form beside the runtime', value: sum(form) - sum(runtime), unit, target: 6000 });
}
