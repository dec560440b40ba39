/** Faults of the disk and of single stores, on the host that has them: one tenant's trouble is its own, and ends by itself. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoClient } from '../support/demo-world.ts';
import {
  corrupt,
  type FaultsWorld,
  lock,
  readFrom,
  restart,
  startFaultsWorld,
  storeFile,
  unreachable,
  writeTo,
} from '../support/faults-world.ts';

const skip = process.env['INLAY_TEST_HOST'] === 'worker' && 'its databases are a server of their own';
/** A store found in trouble is left alone for half a second. */
const LEFT_ALONE_MS = 700;

/** The reply's status; a refusal is a problem that says nothing of the store. */
async function statusOf(reply: Response): Promise<number> {
  const text = await reply.text();
  if (reply.status >= 400) {
    assert.equal(reply.headers.get('content-type'), 'application/problem+json', text);
    assert.doesNotMatch(text, /sqlite|stores\/|c-[a-z0-9]{16}/i);
  }
  return reply.status;
}

/** Asks both tenants at once, and says how long the one in trouble and its neighbour waited. */
async function both(world: FaultsWorld, ask: (client: DemoClient) => Promise<Response>) {
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
  let world: FaultsWorld;
  let file: string;
  before(async () => {
    world = await startFaultsWorld(mkdtempSync(join(tmpdir(), 'inlay-faults-')));
    file = await storeFile(world, world.salon);
  });
  after(async () => {
    await world?.host.end('SIGKILL');
    if (world) rmSync(world.folder, { recursive: true, force: true });
  });

  it('locked: writes are 503, reads and neighbours go on, and so do writes once it is free', async t => {
    const locked = lock(file);
    const asked = await both(world, writeTo);
    t.diagnostic(asked.text);
    assert.deepEqual(asked.statuses, [503, 201]);
    assert.equal(await statusOf(await readFrom(world.salon)), 200);
    locked.free();
    assert.equal(await statusOf(await writeTo(world.salon)), 201);
  });

  it('corrupt: 503 for that tenant alone, and the restored file is taken up again', async t => {
    let trouble: ReturnType<typeof corrupt>;
    world = await restart(world, file, () => {
      trouble = corrupt(file);
    });
    const asked = await both(world, readFrom);
    t.diagnostic(asked.text);
    assert.deepEqual(asked.statuses, [503, 200]);
    assert.deepEqual((await both(world, writeTo)).statuses, [503, 201]);
    trouble!.restore();
    await sleep(LEFT_ALONE_MS);
    assert.equal(await statusOf(await readFrom(world.salon)), 200);
    assert.equal(await statusOf(await writeTo(world.salon)), 201);
  });

  it('unreachable: 503 for that tenant alone, until it can be reached', async t => {
    let trouble: ReturnType<typeof unreachable>;
    world = await restart(world, file, () => {
      trouble = unreachable(file);
    });
    const gone = await both(world, readFrom);
    t.diagnostic(gone.text);
    assert.deepEqual(gone.statuses, [503, 200]);
    trouble!.restore();
    await sleep(LEFT_ALONE_MS);
    assert.equal(await statusOf(await readFrom(world.salon)), 200);
    assert.equal(await statusOf(await writeTo(world.salon)), 201);
  });
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
  const world = await startFaultsWorld(folder, within);
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
      statuses.push(await statusOf(await writeTo(world.salon, `Full ${round}-${n} ${'x'.repeat(80)}`)));
    assert.equal(statuses.at(-1), 507);
    assert.deepEqual(
      [...new Set(statuses.slice(0, -1))].filter(status => status !== 201),
      [],
    );
    const written = statuses.length - 1;
    const during = await world.salon.data<unknown[]>('party/v1/person?page[size]=200');
    assert.equal(during.length, Math.min(200, before.length + written));
    assert.equal(await statusOf(await readFrom(world.dental)), 200);
    rmSync(ballast);
    await sleep(LEFT_ALONE_MS);
    for (const client of [world.salon, world.dental]) assert.equal(await statusOf(await writeTo(client)), 201);
  }
});
