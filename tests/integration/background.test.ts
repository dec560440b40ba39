/** Work without a request: an event's mail, on both hosts, and who may see and settle deliveries. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Delivery } from '../../schemas/protocol/index.ts';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';
import type { TestHost } from './host.ts';

/** Every mail that the host has sent, as text. */
async function mailsOf({ url, dataFolder }: TestHost): Promise<string> {
  if (dataFolder === undefined) return (await fetch(`${url}/dev/mail.json`)).text();
  const folder = join(dataFolder, 'mail');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return files.map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
}

describe('background', () => {
  let world: DemoWorld;
  before(async () => {
    // The page that shows sent mail comes with the demo; on Node the demo would seed the agency a second time.
    world = await startDemoWorld({ demo: process.env['INLAY_TEST_HOST'] === 'worker' });
  });
  after(() => world?.host.stop());

  it('sends the mail of an event though nothing more is asked of the host', async () => {
    const { salon, api, host } = world;
    const services = await salon.data<{ id: string; slug: string }[]>('booking/v1/service');
    const service = services.find(({ slug }) => slug === 'blow-dry')!.id;
    const [start] = await salon.slots(service, 30);
    const guest = { name: 'Background Guest', email: 'background@mail.example', zone: 'Europe/Prague', locale: 'en' };
    await salon.action('book', { service, start, ...guest });
    await sleep(3_000);
    assert.match(await mailsOf(host), /background@mail\.example/);

    const clients = await api.get<readonly Client[]>('/api/clients');
    const list = async (state: string) =>
      (
        await Promise.all(
          clients.map(({ id }) => api.get<readonly Delivery[]>(`/api/clients/${id}/deliveries${state}`)),
        )
      ).flat();
    const sent = (await list('?state=done')).find(({ handler }) => handler.endsWith('.sendConfirmation'));
    assert.deepEqual([sent?.kind, sent?.state, sent?.attempts], ['event', 'done', 1]);
    assert.deepEqual(await list(''), [], 'there are no dead letters');
  });
});
