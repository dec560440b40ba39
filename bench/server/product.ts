/** The product as it is started by anybody, `npm start`, over a folder that was seeded once. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { freePort } from '../../tools/free-port.ts';
import { root } from '../../tools/root.ts';
import { type ServerProcess, startProcess } from '../server-process.ts';
import { type Seeded, seed } from './seed.ts';

export interface Product extends ServerProcess {
  readonly port: number;
  readonly url: string;
}

/** `flags` for Node. */
export async function startProduct(dataFolder: string, flags: readonly string[] = []): Promise<Product> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { PORT: `${port}`, PUBLIC_URL: url, DATA_DIR: dataFolder, INLAY_DEMO: '0' };
  const server = await startProcess({ file: join(root, 'edge/start.ts'), env, flags });
  return { ...server, port, url };
}

export interface SeededFolder {
  readonly folder: string;
  readonly seeded: Seeded;
  /** Client's id -> its database file, closed. */
  readonly stores: ReadonlyMap<string, string>;
  remove(): void;
}

/** Seeded in memory where the system has a folder for that: the fsync of each of some thousand writes is no part of what is measured. */
export async function seedFolder(): Promise<SeededFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-bench-'));
  const quick = existsSync('/dev/shm') ? mkdtempSync('/dev/shm/inlay-bench-') : folder;
  const remove = () => {
    for (const path of [folder, quick]) rmSync(path, { recursive: true, force: true });
  };
  process.once('exit', remove);
  const product = await startProduct(quick);
  const seeded = await seed(product.url, Date.now()).finally(() => product.stop());
  if (quick !== folder) cpSync(quick, folder, { recursive: true });
  if (quick !== folder) rmSync(quick, { recursive: true });
  return { folder, seeded, stores: storesOf(folder), remove };
}

/** Client's id -> its database file, for a server that has ended. */
export function storesOf(folder: string): ReadonlyMap<string, string> {
  const control = join(folder, 'stores/control.db');
  const rows = query(control, 'SELECT client_id, name FROM store') as [string, string][];
  const files = rows.map(([client, name]) => [client, join(folder, `stores/${name}.db`)] as const);
  // All of it into the one file, so that a copy of the file is a copy of the store.
  for (const file of [control, ...files.map(([, file]) => file)]) query(file, 'PRAGMA wal_checkpoint(TRUNCATE)');
  return new Map(files);
}

function query(file: string, sql: string): unknown[] {
  const database = new Libsql(file);
  const rows = database.prepare(sql).raw().all([]) as unknown[];
  database.close();
  return rows;
}
