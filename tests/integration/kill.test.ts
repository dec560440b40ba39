/** Hosts that are killed between an effect and its mark, and hosts that race for a job: each errand is written once, and its mail is kept once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Delivery } from '../../schemas/protocol/index.ts';
import { startErrandsWorld, until } from '../support/errands-world.ts';

test('killed between effect and mark: done again after its lease, kept once', { timeout: 300_000 }, async t => {
  const world = await startErrandsWorld();
  t.after(() => world.close());
  const { installation, other } = world;
  const first = await world.launch();
  const api = await world.signIn(first);
  // What one client is told waits for nothing that another has asked for.
  const teller = await world.newClient(api, 'Teller');
  const asker = await world.newClient(api, 'Asker');
  const over = Date.now() + 15_000;
  const [heard, reminded] = [`${over} ${other.urlOf('hear')}`, `${over} ${other.urlOf('remind')}`];
  await teller.at(first).data('errands/v1/actions/tell', { body: { text: heard } });
  await asker.at(first).data('errands/v1/actions/ask', { body: { text: reminded, at: new Date().toISOString() } });
  const mailsOf = async (text: string) => (await installation.mails()).filter(({ subject }) => subject === text).length;
  await until(async () => (await mailsOf(heard)) + (await mailsOf(reminded)) === 2);
  const notes = async (host: typeof first) => [
    await teller.notes(host, 'hear'),
    await teller.notes(host, 'overhear'),
    await asker.notes(host, 'remind'),
  ];
  assert.deepEqual(await notes(first), [0, 0, 0], 'the effects are there, and nothing is marked');
  assert.deepEqual([other.begun('hear'), other.begun('remind')], [1, 1]);
  await first.kill();

  const second = await world.launch();
  await until(
    async () => !(await notes(second)).includes(0),
    () => second.tick(),
  );
  assert.deepEqual(await notes(second), [1, 1, 1]);
  // Overheard is what was told too: it names the same other side.
  assert.deepEqual([other.begun('hear'), other.begun('remind')], [3, 2], 'both began again');
  assert.deepEqual([await mailsOf(heard), await mailsOf(reminded)], [1, 1], 'the second try had the key of the first');
  const done = await (await world.signIn(second)).get<Delivery[]>(`/api/clients/${teller.id}/deliveries?state=done`);
  // Both were taken together, and neither was marked.
  assert.deepEqual(done.map(({ handler, attempts }) => `${handler} ${attempts}`).sort(), [
    'errands.hear 2',
    'errands.overhear 2',
  ]);
});

test('two hosts over one database race for jobs: each has one runner', { timeout: 300_000 }, async t => {
  const world = await startErrandsWorld();
  t.after(() => world.close());
  const { installation, other } = world;
  const hosts = [await world.launch(), await world.launch()];
  const client = await world.newClient(await world.signIn(hosts[0]!), 'Racer');
  // Each host has loaded the client and its store before it starts.
  for (const host of hosts) assert.equal(await client.notes(host, 'remind'), 0);
  const at = new Date(Date.now() + 4_000).toISOString();
  const errands = Array.from({ length: 8 }, (_, n) => `race-${n}`);
  for (const [n, errand] of errands.entries()) {
    // The first two hold their runners for a while, so that both hosts have one.
    const text = `${Date.parse(at) + (n < 2 ? 2_000 : 0)} ${other.urlOf(errand)}`;
    await client.at(hosts[n % 2]!).data('errands/v1/actions/ask', { body: { text, at, key: errand } });
  }
  const begun = () => errands.map(errand => other.begun(errand));
  await until(
    async () => (await client.notes(hosts[1]!, 'remind')) === errands.length,
    async () => void (await Promise.all(hosts.map(host => host.tick()))),
  );
  assert.deepEqual(
    begun(),
    errands.map(() => 1),
  );
  assert.equal((await installation.mails()).length, errands.length);
});
