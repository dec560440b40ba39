import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../edge/demo/api-client.ts';
import { type Demo, seedDemo } from '../../edge/demo/seed.ts';
import { freePort } from '../../tools/free-port.ts';
import { root } from '../../tools/root.ts';
import { demoClient } from '../support/demo-world.ts';

const rounds = 4;
const writers = 8;

/** The embedded databases are this host's own; a server's durability is its maker's to test. */
const skip = process.env['INLAY_TEST_HOST'] === 'worker';

function launch(port: number, folder: string): ChildProcess {
  return spawn(process.execPath, [join(root, 'edge/node.ts')], {
    env: {
      PATH: process.env['PATH'],
      PORT: `${port}`,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATA_DIR: folder,
      INLAY_DEMO: '0',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function healthy(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const ok = await fetch(`${url}/healthz`).then(
      reply => reply.ok,
      () => false,
    );
    if (ok) return;
    await sleep(50);
  }
  throw new Error('the host did not start');
}

if (!skip) {
  test('kill -9 during writes loses no acknowledged booking', async t => {
    const folder = mkdtempSync(join(tmpdir(), 'inlay-kill-'));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    let child = launch(port, folder);
    t.after(() => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
    await healthy(url);
    const demo: Demo = await seedDemo(
      new ApiClient(request => fetch(request), url),
      'https://shop.example.test',
      Date.now(),
    );
    const salon = demoClient(url, demo.apiKeys[0]!.key, demo.sites[0]!.siteKey);
    const services = await salon.data<{ id: string; slug: string }[]>('booking/v1/service');
    const service = services.find(entry => entry.slug === 'blow-dry')!.id;
    const acknowledged = new Set<string>();
    const guest = { name: 'K', email: 'k@mail.example', zone: 'Europe/Prague', locale: 'en' };

    for (let round = 0; round < rounds; round++) {
      const slots = await salon.slots(service, 60);
      const next = slots.values();
      let dead = false;
      const writing = Array.from({ length: writers }, async () => {
        for (const start of next) {
          try {
            const reply = await salon.call('booking/v1/actions/book', { body: { service, start, ...guest } });
            const body = (await reply.json()) as { data?: { id: string } };
            if (reply.ok) acknowledged.add(body.data!.id);
          } catch {
            assert.ok(dead, 'a request failed before the kill');
            return;
          }
        }
      });
      await sleep(250 + round * 130);
      dead = true;
      child.kill('SIGKILL');
      await Promise.all(writing);
      child = launch(port, folder);
      await healthy(url);
      for (const id of acknowledged) {
        const { status } = await salon.data<{ status: string }>(`booking/v1/booking/${id}`);
        assert.equal(status, 'confirmed');
      }
    }
    assert.ok(acknowledged.size >= rounds * 5, `${acknowledged.size} bookings were acknowledged`);
    const allocations = new Map<string, number>();
    for (let after: string | null = ''; after !== null; ) {
      const cursor: string = after ? `&page[after]=${after}` : '';
      const reply = await salon.call(`calendar/v1/allocation?page[size]=200&sort=start${cursor}`);
      const { data, page } = (await reply.json()) as {
        data: { status: string; resource: string; start: string }[];
        page: { after: string | null };
      };
      for (const row of data) {
        const key = `${row.resource} ${row.start}`;
        if (row.status === 'firm') allocations.set(key, (allocations.get(key) ?? 0) + 1);
      }
      after = page.after;
    }
    assert.deepEqual(
      [...allocations].filter(([, count]) => count > 1),
      [],
    );
  });
}
