import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { type Caller, createWorld, type World } from '../../tests/support/control-world.ts';
import { rollout, rolloutStore, store } from '../control/schema.ts';
import type { ControlDeps } from './deps.ts';
import { refuseQuarantined } from './installation-versions.ts';

let world: World;
let owner: Caller;
let client: string;
before(async () => {
  world = createWorld();
  owner = await world.signUp('owner@quarantine.test');
  client = (await world.call(owner, 'POST', '/api/clients', { name: 'Q', zone: 'UTC' })).body.data.id;
});
after(() => world.close());

const look = async () => (await world.call(owner, 'GET', `/api/clients/${client}/quarantine`)).body.data;
const release = () => world.call(owner, 'POST', `/api/clients/${client}/quarantine/release`, {});

test('a client whose update did not fit says so, gets no other, and does again once it is released', async () => {
  assert.equal(await look(), null);
  assert.equal((await release()).status, 404);
  await world.call(owner, 'POST', `/api/clients/${client}/installations`, { module: 'booking' });

  const [home] = await world.db.select().from(store).where(eq(store.clientId, client));
  const at = world.time.now;
  const run = {
    state: 'done',
    maxErrorRate: 0.05,
    reason: null,
    createdAt: at,
    updatedAt: at,
  } as const;
  await world.db.insert(rollout).values([
    { id: 'r1', module: 'booking', version: '1.0.0', ...run },
    { id: 'r2', module: 'party', version: '1.0.0', ...run },
  ]);
  const place = {
    storeId: home!.id,
    clientId: client,
    cohort: 1,
    place: 1,
    fromVersion: '1.0.0',
    state: 'failed',
  } as const;
  await world.db.insert(rolloutStore).values([
    { rolloutId: 'r1', ...place, error: 'no such column', at },
    { rolloutId: 'r2', ...place, error: 'skipped: the store is in quarantine', at: at + 1 },
  ]);
  await world.db.update(store).set({ state: 'quarantined' }).where(eq(store.id, home!.id));

  const since = new Date(at).toISOString();
  assert.deepEqual(await look(), { module: 'booking', version: '1.0.0', error: 'no such column', since });
  const refused = () => refuseQuarantined({ db: world.db } as ControlDeps, client);
  await assert.rejects(refused(), { code: 'CONFLICT', message: /quarantine\/release/ });

  assert.equal((await release()).status, 204);
  assert.equal(await look(), null);
  await refused();
  const audit = (await world.call(owner, 'GET', `/api/audit?clientId=${client}`)).body.data;
  const [entry] = audit.filter(({ action }: { action: string }) => action === 'store.release');
  assert.deepEqual(entry.diff, { of: 'booking 1.0.0' });
});
