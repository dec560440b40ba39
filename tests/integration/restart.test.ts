/** A new version of the host takes over from the old one under load, and is taken back: nothing that was accepted is lost, and nobody gets a 5xx. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../edge/demo/api-client.ts';
import { seedDemo } from '../../edge/demo/seed.ts';
import { root } from '../../tools/root.ts';
import { demoClient } from '../support/demo-world.ts';
import { openInstallation } from '../support/installation.ts';
import { openWorkshop } from '../support/workshop.ts';

/** A checkout whose people have one field more, in a later version. */
function laterCheckout() {
  const workshop = openWorkshop();
  const path = join(workshop.folder, 'widgets/party/module.ts');
  const text = readFileSync(path, 'utf8')
    .replace(/version: '(\d+)\.(\d+)\.\d+'/, (_, major, minor) => `version: '${major}.${Number(minor) + 1}.0'`)
    .replace('        note: f.text', '        nickname: f.text({ max: 60 }).optional(),\n        note: f.text');
  assert.match(text, /nickname/);
  writeFileSync(path, text);
  return workshop;
}

const workers = 8;
const acceptMs = 30_000;

test('a deploy and a rollback under load give no 5xx and lose no write', { timeout: 300_000 }, async t => {
  const installation = openInstallation();
  const later = laterCheckout();
  let current = await installation.launch(root);
  t.after(async () => {
    await current.end();
    await installation.close();
    later.remove();
  });
  const demo = await seedDemo(
    new ApiClient(request => fetch(request), current.url),
    'https://shop.example.test',
    Date.now(),
  );
  const clientAt = (url: string) => demoClient(url, demo.apiKeys[0]!.key, demo.sites[0]!.siteKey);
  const statuses = new Map<number, number>();
  const acknowledged: string[] = [];
  let stop = false;
  const load = Array.from({ length: workers }, async (_, worker) => {
    for (let n = 0; !stop; n++) {
      const host = current;
      host.pending++;
      const client = clientAt(host.url);
      const reply =
        n % 2 === 0
          ? await client.call('party/v1/person', { body: { name: `W${worker} ${n}` } })
          : await client.call('booking/v1/service');
      const body = (await reply.json()) as { data?: { id: string } };
      host.pending--;
      statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
      if (reply.status === 201) acknowledged.push(body.data!.id);
      await sleep(2);
    }
  });
  /** New requests go to the version of the checkout from now on; the old one ends when it has answered those it has. */
  const deploy = async (checkout: string) => {
    await sleep(500);
    const old = current;
    current = await installation.launch(checkout);
    for (let waited = 0; old.pending > 0 && waited < acceptMs; waited += 10) await sleep(10);
    assert.equal(old.pending, 0);
    await old.end();
  };
  const named = () => clientAt(current.url).call('party/v1/person', { body: { name: 'Ann', nickname: 'An' } });
  assert.equal((await named()).status, 422);

  await deploy(later.folder);
  await current.tick();
  for (let tries = 0; (await named()).status === 422 && tries < 200; tries++) await sleep(50);
  assert.equal((await named()).status, 201, 'what the deploy brought is in use');

  await deploy(root);
  await sleep(500);
  assert.equal((await named()).status, 201, 'the code from before runs the version that the client has by now');
  stop = true;
  await Promise.all(load);
  t.diagnostic(JSON.stringify([...statuses]));
  assert.deepEqual([...statuses.keys()].sort(), [200, 201], JSON.stringify([...statuses]));
  assert.ok(acknowledged.length >= 50, `${acknowledged.length} writes`);
  const found = new Set<string>();
  for (let after: string | null = ''; after !== null; ) {
    const cursor: string = after ? `&page[after]=${encodeURIComponent(after)}` : '';
    const reply = await clientAt(current.url).call(`party/v1/person?page[size]=200${cursor}`);
    const { data, page } = (await reply.json()) as { data: { id: string }[]; page: { after: string | null } };
    for (const { id } of data) found.add(id);
    after = page.after;
  }
  assert.deepEqual(
    acknowledged.filter(id => !found.has(id)),
    [],
  );
});
