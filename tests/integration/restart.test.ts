/** A new process takes over from the old one under load: nothing that was accepted is lost, and nobody gets a 5xx. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../edge/demo/api-client.ts';
import { seedDemo } from '../../edge/demo/seed.ts';
import { freePort } from '../../tools/free-port.ts';
import { demoClient } from '../support/demo-world.ts';
import { startNodeProcess } from '../support/node-process.ts';

const skip = process.env['INLAY_TEST_HOST'] === 'worker' && 'its platform replaces a Worker by itself';
const workers = 8;
const deploys = 2;

test('SIGTERM drains, and a deploy under load gives no 5xx and loses no write', { skip, timeout: 200_000 }, async t => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-restart-'));
  // The new process listens beside the old one, as behind a balancer, which the address in `at` stands for.
  const launch = async () => startNodeProcess({ port: await freePort(), folder });
  let current = await launch();
  t.after(async () => {
    await current.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const api = new ApiClient(request => fetch(request), current.url);
  const demo = await seedDemo(api, 'https://shop.example.test', Date.now());
  const statuses = new Map<number, number>();
  const acknowledged: string[] = [];
  let stop = false;
  const load = Array.from({ length: workers }, async (_, worker) => {
    for (let n = 0; !stop; n++) {
      const client = demoClient(current.url, demo.apiKeys[0]!.key, demo.sites[0]!.siteKey);
      const reply =
        n % 2 === 0
          ? await client.call('party/v1/person', { body: { name: `W${worker} ${n}` } })
          : await client.call('booking/v1/service');
      const body = (await reply.json()) as { data?: { id: string } };
      statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
      if (reply.status === 201) acknowledged.push(body.data!.id);
      await sleep(2);
    }
  });
  for (let round = 0; round < deploys; round++) {
    await sleep(500);
    const old = current;
    current = await launch();
    // A balancer takes the old one out before it is told to end.
    await sleep(100);
    const begun = performance.now();
    assert.equal(await old.end('SIGTERM'), 0, 'it ended by itself, with everything done');
    t.diagnostic(`drained in ${Math.round(performance.now() - begun)} ms`);
  }
  await sleep(300);
  stop = true;
  await Promise.all(load);
  assert.deepEqual([...statuses.keys()].sort(), [200, 201], JSON.stringify([...statuses]));
  assert.ok(acknowledged.length >= 50, `${acknowledged.length} writes`);
  const client = demoClient(current.url, demo.apiKeys[0]!.key, demo.sites[0]!.siteKey);
  const found = new Set<string>();
  for (let after: string | null = ''; after !== null; ) {
    const cursor: string = after ? `&page[after]=${encodeURIComponent(after)}` : '';
    const reply = await client.call(`party/v1/person?page[size]=200${cursor}`);
    const { data, page } = (await reply.json()) as { data: { id: string }[]; page: { after: string | null } };
    for (const { id } of data) found.add(id);
    after = page.after;
  }
  assert.deepEqual(
    acknowledged.filter(id => !found.has(id)),
    [],
  );
});
