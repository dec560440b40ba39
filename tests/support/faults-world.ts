/** A host with two clients in its demo, whose stores a test or a bench brings into trouble. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { ApiClient } from '../../edge/demo/api-client.ts';
import { seedDemo } from '../../edge/demo/seed.ts';
import { freePort } from '../../tools/free-port.ts';
import { type DemoClient, demoClient } from './demo-world.ts';
import { type NodeProcess, startNodeProcess } from './node-process.ts';

export interface FaultsWorld {
  readonly host: NodeProcess;
  readonly folder: string;
  /** Signed in as the agency's owner. */
  readonly api: ApiClient;
  readonly salon: DemoClient;
  readonly dental: DemoClient;
}

export async function startFaultsWorld(folder: string, within: readonly string[] = []): Promise<FaultsWorld> {
  const host = await startNodeProcess({ port: await freePort(), folder, within });
  const api = new ApiClient(request => fetch(request), host.url);
  const demo = await seedDemo(api, 'https://shop.example.test', Date.now()).catch(async error => {
    await host.end('SIGKILL');
    throw error;
  });
  const client = (index: number) => demoClient(host.url, demo.apiKeys[index]!.key, demo.sites[index]!.siteKey);
  return { host, folder, api, salon: client(0), dental: client(1) };
}

export const readFrom = (client: DemoClient) => client.call('party/v1/person?page[size]=1');
export const writeTo = (client: DemoClient, name = 'Somebody') => client.call('party/v1/person', { body: { name } });

/** The file of the client's store: the one that holds its people. */
export async function storeFile({ folder }: FaultsWorld, client: DemoClient): Promise<string> {
  const name = `Marker ${client.siteKey}`;
  assert.equal((await writeTo(client, name)).status, 201);
  const files = readdirSync(join(folder, 'stores')).filter(file => /^c-.*\.db$/.test(file));
  for (const file of files.map(entry => join(folder, 'stores', entry))) {
    const db = new Libsql(file, { timeout: 5_000 });
    const found = db.prepare('SELECT 1 FROM party_person WHERE name = ?').raw().all([name]).length > 0;
    db.close();
    if (found) return file;
  }
  throw new Error('no store has the marker');
}

/** Every write of the store waits, as for another process's. */
export function lock(file: string): { free(): void } {
  const locker = new Libsql(file, { timeout: 5_000 });
  locker.exec('BEGIN IMMEDIATE');
  return {
    free() {
      locker.exec('ROLLBACK');
      locker.close();
    },
  };
}

/** Goes on with the same data and the same port once `change` is over; all of the store is in its one file meanwhile. */
export async function restart(world: FaultsWorld, file: string, change: () => void): Promise<FaultsWorld> {
  assert.equal(await world.host.end('SIGTERM'), 0);
  const db = new Libsql(file);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  dropLogs(file);
  change();
  const port = Number(new URL(world.host.url).port);
  return { ...world, host: await startNodeProcess({ port, folder: world.folder }) };
}

const dropLogs = (file: string) => {
  for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
};

/** Puts what is no database in the place of the file. */
export function corrupt(file: string): { restore(): void } {
  renameSync(file, `${file}.good`);
  writeFileSync(file, 'this is no database '.repeat(2_000));
  return {
    restore() {
      dropLogs(file);
      renameSync(`${file}.good`, file);
    },
  };
}

/** A folder in the place of the file: there is something, and it cannot be opened. */
export function unreachable(file: string): { restore(): void } {
  const aside = file.replace(/\.db$/, '.aside');
  rmSync(aside, { recursive: true, force: true });
  renameSync(file, aside);
  mkdirSync(file);
  return {
    restore() {
      rmSync(file, { recursive: true });
      renameSync(aside, file);
    },
  };
}
