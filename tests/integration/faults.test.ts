/** Faults of the disk and of single stores, on the host that has them: one tenant's trouble is its own, and ends by itself. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import { ApiClient } from '../../edge/demo/api-client.ts';
import { seedDemo } from '../../edge/demo/seed.ts';
import { freePort } from '../../tools/free-port.ts';
import { type DemoClient, demoClient } from '../support/demo-world.ts';
import { type NodeProcess, startNodeProcess } from '../support/node-process.ts';

const skip = process.env['INLAY_TEST_HOST'] === 'worker' && 'its databases are a server of their own';
/** A store found in trouble is left alone for half a second. */
const LEFT_ALONE_MS = 700;

interface World {
  readonly host: NodeProcess;
  readonly folder: string;
  readonly salon: DemoClient;
  readonly dental: DemoClient;
}

async function startWorld(folder: string, within: readonly string[] = []): Promise<World> {
  const host = await startNodeProcess({ port: await freePort(), folder, within });
  const api = new ApiClient(request => fetch(request), host.url);
  const demo = await seedDemo(api, 'https://shop.example.test', Date.now()).catch(async error => {
    await host.end('SIGKILL');
    throw error;
  });
  const client = (index: number) => demoClient(host.url, demo.apiKeys[index]!.key, demo.sites[index]!.siteKey);
  return { host, folder, salon: client(0), dental: client(1) };
}

const read = (client: DemoClient) => client.call('party/v1/person?page[size]=1');
const write = (client: DemoClient, name = 'Somebody') => client.call('party/v1/person', { body: { name } });

/** The reply's status; a refusal is a problem that says nothing of the store. */
async function statusOf(reply: Response): Promise<number> {
  const text = await reply.text();
  if (reply.status >= 400) {
    assert.equal(reply.headers.get('content-type'), 'application/problem+json', text);
    assert.doesNotMatch(text, /sqlite|stores\/|c-[a-z0-9]{16}/i);
  }
  return reply.status;
}

/** The file of the client's store: the one that holds its people. */
async function storeFile({ folder }: World, client: DemoClient): Promise<string> {
  const name = `Marker ${client.siteKey}`;
  assert.equal(await statusOf(await write(client, name)), 201);
  const files = readdirSync(join(folder, 'stores')).filter(file => /^c-.*\.db$/.test(file));
  for (const file of files.map(entry => join(folder, 'stores', entry))) {
    const db = new Libsql(file, { timeout: 5_000 });
    const found = db.prepare('SELECT 1 FROM party_person WHERE name = ?').raw().all([name]).length > 0;
    db.close();
    if (found) return file;
  }
  throw new Error('no store has the marker');
}

/** Asks both tenants at once, and says how long the one in trouble and its neighbour waited. */
async function both(world: World, ask: (client: DemoClient) => Promise<Response>) {
  const timed = async (client: DemoClient) => {
    const begun = performance.now();
    return { status: await statusOf(await ask(client)), ms: Math.round(performance.now() - begun) };
  };
  const [own, ...neighbours] = await Promise.all([
    timed(world.salon),
    ...Array.from({ length: 20 }, () => timed(world.dental)),
  ]);
  const slowest = Math.max(...neighbours.map(({ ms }) => ms));
  return {
    statuses: [own!.status, ...new Set(neighbours.map(({ status }) => status))],
    text: `503 after ${own!.ms} ms, the slowest of 20 neighbours after ${slowest} ms`,
  };
}

describe('a store in trouble', { skip }, () => {
  let world: World;
  let file: string;
  before(async () => {
    world = await startWorld(mkdtempSync(join(tmpdir(), 'inlay-faults-')));
    file = await storeFile(world, world.salon);
  });
  after(async () => {
    await world?.host.end('SIGKILL');
    if (world) rmSync(world.folder, { recursive: true, force: true });
  });

  it('locked: writes are 503, reads and neighbours go on, and so do writes once it is free', async t => {
    const locker = new Libsql(file, { timeout: 5_000 });
    locker.exec('BEGIN IMMEDIATE');
    const locked = await both(world, write);
    t.diagnostic(locked.text);
    assert.deepEqual(locked.statuses, [503, 201]);
    assert.equal(await statusOf(await read(world.salon)), 200);
    locker.exec('ROLLBACK');
    locker.close();
    assert.equal(await statusOf(await write(world.salon)), 201);
  });

  it('corrupt: 503 for that tenant alone, and the restored file is taken up again', async t => {
    await restart(() => {
      renameSync(file, `${file}.good`);
      writeFileSync(file, 'this is no database '.repeat(2_000));
    });
    const corrupt = await both(world, read);
    t.diagnostic(corrupt.text);
    assert.deepEqual(corrupt.statuses, [503, 200]);
    assert.deepEqual((await both(world, write)).statuses, [503, 201]);
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    renameSync(`${file}.good`, file);
    await sleep(LEFT_ALONE_MS);
    assert.equal(await statusOf(await read(world.salon)), 200);
    assert.equal(await statusOf(await write(world.salon)), 201);
  });

  it('unreachable: 503 for that tenant alone, until it can be reached', async t => {
    await restart(() => {
      rmSync(file.replace(/\.db$/, '.aside'), { recursive: true, force: true });
      renameSync(file, file.replace(/\.db$/, '.aside'));
      // A folder in its place: there is something, and it cannot be opened.
      spawnSync('mkdir', [file]);
    });
    const gone = await both(world, read);
    t.diagnostic(gone.text);
    assert.deepEqual(gone.statuses, [503, 200]);
    rmSync(file, { recursive: true });
    renameSync(file.replace(/\.db$/, '.aside'), file);
    await sleep(LEFT_ALONE_MS);
    assert.equal(await statusOf(await read(world.salon)), 200);
    assert.equal(await statusOf(await write(world.salon)), 201);
  });

  /** Everything of the store is in its one file while `change` works on it. */
  async function restart(change: () => void): Promise<void> {
    assert.equal(await world.host.end('SIGTERM'), 0);
    const db = new Libsql(file);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    change();
    world = {
      ...world,
      host: await startNodeProcess({ port: Number(new URL(world.host.url).port), folder: world.folder }),
    };
  }
});

/** A command that gives the host a file system of its own, of a few megabytes; undefined where the system lets nobody have one. */
function smallDisk(folder: string): readonly string[] | undefined {
  const mount = `mount -t tmpfs -o size=40m tmpfs ${folder}`;
  return [['-m'], ['-rm']]
    .map(flags => ['unshare', ...flags, 'sh', '-c', `${mount} && exec "$0" "$@"`])
    .find(([command = '', ...args]) => spawnSync(command, [...args, 'true'], { stdio: 'ignore' }).status === 0);
}

test('a full disk: writes are 507, reads 200, and it recovers by itself', { skip }, async t => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-full-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const within = smallDisk(folder);
  if (!within) return t.skip('this system gives nobody a small disk; the adapter meets a full file in its own test');
  const world = await startWorld(folder, within);
  t.after(() => world.host.end('SIGKILL'));
  const ballast = `/proc/${world.host.child.pid}/root${folder}/ballast`;
  const fill = () =>
    assert.throws(() => {
      for (let size = 1 << 20; ; ) {
        try {
          appendFileSync(ballast, new Uint8Array(size));
        } catch (error) {
          if (size <= 4096) throw error;
          size >>= 1;
        }
      }
    }, /ENOSPC/);
  for (let round = 0; round < 3; round++) {
    const before = await world.salon.data<unknown[]>('party/v1/person?page[size]=200');
    fill();
    const statuses: number[] = [];
    // What is left in a log's last page may take some.
    for (let n = 0; n < 400 && statuses.at(-1) !== 507; n++)
      statuses.push(await statusOf(await write(world.salon, `Full ${round}-${n} ${'x'.repeat(80)}`)));
    assert.equal(statuses.at(-1), 507);
    assert.deepEqual(
      [...new Set(statuses.slice(0, -1))].filter(status => status !== 201),
      [],
    );
    const written = statuses.length - 1;
    const during = await world.salon.data<unknown[]>('party/v1/person?page[size]=200');
    assert.equal(during.length, Math.min(200, before.length + written));
    assert.equal(await statusOf(await read(world.dental)), 200);
    rmSync(ballast);
    await sleep(LEFT_ALONE_MS);
    for (const client of [world.salon, world.dental]) assert.equal(await statusOf(await write(client)), 201);
  }
});
