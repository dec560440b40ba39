/** A host that is killed between an effect and its mark: another one on the same data does it again, and it is written once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { ApiKey, Client, Delivery } from '../../schemas/protocol/index.ts';
import { demoClient } from '../support/demo-world.ts';
import { openInstallation } from '../support/installation.ts';
import { openWorkshop } from '../support/workshop.ts';

const testing = '../../edge/engine/testing-errands-held.ts';
const owner = { name: 'Olga', email: 'owner@errands.example', password: 'correct horse battery' };

test('killed between effect and mark: heard again after its lease, written once', { timeout: 300_000 }, async t => {
  const workshop = openWorkshop();
  workshop.put({
    'errands/module.ts': `export { errands } from '${testing}';\n`,
    'errands/edge/index.ts': `export { errandsCode } from '../${testing}';\n`,
  });
  const installation = openInstallation();
  let current = await installation.launch(workshop.folder);
  t.after(async () => {
    await current.kill();
    await installation.close();
    workshop.remove();
  });
  const signIn = async (how: 'signup' | 'session') => {
    const api = new ApiClient(request => fetch(request), current.url);
    const { email, password } = owner;
    await api.send(`/api/${how}`, { body: how === 'signup' ? { agencyName: 'E', ...owner } : { email, password } });
    return api;
  };
  const first = await signIn('signup');
  const { id } = await first.send<Client>('/api/clients', { body: { name: 'Errands', zone: 'Europe/Prague' } });
  await first.send(`/api/clients/${id}/installations`, { body: { module: 'errands' } });
  const { key } = await first.send<ApiKey>(`/api/clients/${id}/keys`, { body: { name: 'Test', scopes: ['*'] } });
  const client = () => demoClient(current.url, key!, '');
  const notes = async () => {
    const all = await client().data<{ source: string }[]>('errands/v1/note?page[size]=100');
    const count = (wanted: string) => all.filter(({ source }) => source === wanted).length;
    return [count('hear'), count('overhear')];
  };

  const text = `${Date.now() + 15_000}`;
  await client().data('errands/v1/actions/tell', { body: { text } });
  const tried = async () =>
    (await first.get<Delivery[]>(`/api/clients/${id}/deliveries?state=pending`)).find(
      ({ handler }) => handler === 'errands.hear',
    )?.attempts;
  for (let tries = 0; (await tried()) !== 1 && tries < 100; tries++) await sleep(50);
  assert.deepEqual([await tried(), await notes()], [1, [0, 0]], 'it is under way');
  await current.kill();

  current = await installation.launch(workshop.folder);
  for (let tries = 0; (await notes()).includes(0) && tries < 240; tries++) {
    await current.tick();
    await sleep(250);
  }
  assert.deepEqual(await notes(), [1, 1]);
  const second = await signIn('session');
  const done = await second.get<Delivery[]>(`/api/clients/${id}/deliveries?state=done`);
  // Both were taken together, and neither was marked.
  assert.deepEqual(done.map(({ handler, attempts }) => `${handler} ${attempts}`).sort(), [
    'errands.hear 2',
    'errands.overhear 2',
  ]);
});
