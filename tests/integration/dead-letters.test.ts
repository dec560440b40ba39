/** Dead letters over HTTP: what failed until it was given up is listed, replayed by its own admins alone, and delivered once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiClient } from '../../edge/demo/api-client.ts';
import { tries } from '../../edge/engine/backoff.ts';
import type { Delivery, Invitation } from '../../schemas/protocol/index.ts';
import { startErrandsWorld, until } from '../support/errands-world.ts';

const password = 'correct horse battery';

test('a job and an event that failed until they were dead are replayed and delivered', {
  timeout: 300_000,
}, async t => {
  const world = await startErrandsWorld();
  t.after(() => world.close());
  const { installation, other } = world;
  const host = await world.launch();
  const owner = await world.signIn(host);
  const client = await world.newClient(owner, 'Letters');
  other.isBroken = true;
  const text = (errand: string) => `0 ${other.urlOf(errand)}`;
  const action = (name: string, body: object) => client.at(host).data(`errands/v1/actions/${name}`, { body });
  await action('tell', { text: text('hear') });
  await action('ask', { text: text('remind'), at: new Date().toISOString() });

  const control = await installation.databases().open('control');
  const [named] = await control.read([{ sql: 'SELECT name FROM store WHERE client_id = ?', args: [client.id] }]);
  const store = await installation.databases().open(named!.rows[0]![0] as string);
  /** As the hours go by between two tries, and then something else is told. */
  const later = async () => {
    await store.write([
      { sql: `UPDATE "_delivery" SET "due_at" = 1 WHERE "state" = 'pending' AND "attempts" > 0` },
      { sql: `UPDATE "_job" SET "next_at" = 1 WHERE "state" = 'waiting' AND "attempts" > 0 AND "runner" IS NULL` },
    ]);
    await action('tell', { text: '0' });
    await host.tick();
  };
  const path = `/api/clients/${client.id}/deliveries`;
  const dead = () => owner.get<Delivery[]>(path);
  await until(async () => (await dead()).length === 3, later);
  const letters = await dead();
  assert.deepEqual(letters.map(({ kind, handler }) => `${kind} ${handler}`).sort(), [
    'event errands.hear',
    'event errands.overhear',
    'job errands.remind',
  ]);
  for (const { attempts, error } of letters) {
    assert.deepEqual([attempts, error], [tries, 'Error: The other side is out of order.']);
  }
  assert.equal(other.begun('remind'), tries);
  assert.deepEqual(
    (await installation.mails()).filter(({ subject }) => subject !== '0'),
    [],
  );

  const replay = async (api: ApiClient, id: string) => {
    const failed = await api.send(`${path}/${id}/replay`, { body: {} }).then(
      () => 204,
      (error: Error) => Number(/: (\d{3}) /.exec(error.message)?.[1]),
    );
    return failed;
  };
  const stranger = new ApiClient(request => fetch(request), host.url);
  const body = { agencyName: 'Other', name: 'Petr', email: 'petr@other.example', password };
  await stranger.send('/api/signup', { body });
  const nobody = new ApiClient(request => fetch(request), host.url);
  const refused: [ApiClient, number][] = [
    [stranger, 404],
    [nobody, 401],
  ];
  for (const role of ['member', 'client']) {
    const invited = { email: `${role}@errands.example`, role, ...(role === 'client' ? { clientId: client.id } : {}) };
    const { url } = await owner.send<Invitation>('/api/invitations', { body: invited });
    const person = new ApiClient(request => fetch(request), host.url);
    await person.send(`/api/invitations/accept/${url!.split('/').at(-1)}`, { body: { name: role, password } });
    refused.push([person, 403]);
  }
  for (const [api, status] of refused) {
    for (const { id } of letters) assert.equal(await replay(api, id), status);
    await assert.rejects(api.get(path), new RegExp(`${status}`));
  }
  const elsewhere = await world.newClient(owner, 'Elsewhere');
  await assert.rejects(
    owner.send(`/api/clients/${elsewhere.id}/deliveries/${letters[0]!.id}/replay`, { body: {} }),
    /404/,
  );
  assert.equal((await dead()).length, 3, 'nobody else has replayed one');

  other.isBroken = false;
  const notes = async () => [
    await client.notes(host, 'hear'),
    await client.notes(host, 'overhear'),
    await client.notes(host, 'remind'),
  ];
  const before = await notes();
  for (const { id } of letters) assert.equal(await replay(owner, id), 204);
  await until(
    async () => (await notes()).every((count, i) => count === before[i]! + 1),
    () => host.tick(),
  );
  assert.deepEqual(await dead(), []);
  const subjects = (await installation.mails())
    .map(({ subject }) => subject)
    .filter(subject => subject.startsWith('0 '));
  assert.deepEqual(subjects.sort(), [text('hear'), text('remind')]);
  for (const { id } of letters) assert.equal(await replay(owner, id), 404, 'it is no dead letter any more');
});
