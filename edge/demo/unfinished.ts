/** A first start that was cut short leaves half a demo, which the next start makes anew. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that a start makes in the data folder. */
const made = ['stores', 'mail', 'files', 'sqld'] as const;

const marker = (folder: string): string => join(folder, 'demo.unfinished');

/**
 * To call before any database is opened. An empty folder is marked until the demo is complete; what is found behind a mark was
 * made by a start that did not get that far, and goes. A folder with data of its own is never marked.
 */
export function beginDemo(folder: string): void {
  if (existsSync(join(folder, 'demo.json'))) {
    finishDemo(folder);
    return;
  }
  const unfinished = existsSync(marker(folder));
  if (unfinished) for (const name of made) rmSync(join(folder, name), { recursive: true, force: true });
  if (!unfinished && made.some(name => existsSync(join(folder, name)))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(marker(folder), 'The demo is being made. The next start begins anew while this file is here.\n');
}

/** To call once `demo.json` is written. */
export const finishDemo = (folder: string): void => rmSync(marker(folder), { force: true });
