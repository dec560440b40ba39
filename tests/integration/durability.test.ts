import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import { ApiClient } from '../../edge/demo/api-client.ts';
import { type Demo, seedDemo } from '../../edge/demo/seed.ts';
import { freePort } from '../../tools/free-port.ts';
import { demoClient } from '../support/demo-world.ts';
import { startNodeProcess } from '../support/node-process.ts';

const rounds = 12;
const writers = 8;

/** The embedded databases are this host's own; a server's durability is its maker's to test. */
const skip = process.env['INLAY_TEST_HOST'] === 'worker';

/** Every database of the installation, the control plane's too. */
function integrity(folder: string): string[] {
  return readdirSync(join(folder, 'stores'))
    .filter(name => name.endsWith('.db'))
    .map(name => {
      const db = new Libsql(join(folder, 'stores', name), { timeout: 5_000 });
      const [row] = db.prepare('PRAGMA integrity_check').raw().all([]) as [string][];
      db.close();
      return row![0];
    });
}

if (!skip) {
  test('kill -9 during writes loses no acknowledged booking, twelve times', { timeout: 300_000 }, async t => {
    const folder = mkdtempSync(join(tmpdir(), 'inlay-kill-'));
    const port = await freePort();
    let host = await startNodeProcess({ port, folder });
    const { url } = host;
    const restarts: number[] = [];
    t.after(async () => {
      await host.end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
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
      await sleep(200 + round * 60);
      dead = true;
      await Promise.all([host.end('SIGKILL'), ...writing]);
      const checks = integrity(folder);
      assert.ok(checks.length >= 3);
      assert.deepEqual([...new Set(checks)], ['ok']);
      host = await startNodeProcess({ port, folder });
      restarts.push(host.startMs);
      for (const id of acknowledged) {
        const { status } = await salon.data<{ status: string }>(`booking/v1/booking/${id}`);
        assert.equal(status, 'confirmed');
      }
    }
    t.diagnostic(`${acknowledged.size} bookings acknowledged; ready again after ${restarts.join(', ')} ms`);
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
