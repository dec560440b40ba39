import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { entity, f, type ManifestJson, toManifest } from '../../schemas/module/index.ts';
import { createWorld } from '../../tests/support/control-world.ts';
import { installation, rollout, rolloutStore, store } from '../control/schema.ts';
import { createRegistry, type ModuleSource } from '../engine/registry.ts';
import { testModule } from '../engine/testing-module.ts';
import { publishedManifest } from './catalogue.ts';
import { rollOutHouse } from './house-rollouts.ts';
import { publishVersion } from './publish.ts';
import { pauseRollout, runRollout, startRollout } from './rollout.ts';
import { createVersionService } from './service.ts';
import { createFleet, type Fleet } from './testing.ts';

const desk = toManifest(
  testModule({
    id: 'inlay.desk',
    entities: { note: entity({ label: 'Note', fields: { name: f.text() }, access: {} }) },
  }),
);
const badge = { label: 'Badge', fields: { word: { kind: 'text', required: false } }, access: {} } as const;
const raised = (version: string): ManifestJson => ({ ...desk, version, entities: { ...desk.entities, badge } });
const folder = (manifest: ManifestJson): Readonly<Record<string, ModuleSource>> => ({
  desk: { manifest: async () => ({ manifest }) },
});

async function fleetOf(t: TestContext, count: number, poisoned = false): Promise<Fleet> {
  // A table that the new version wants for itself.
  const seed = poisoned ? ['CREATE TABLE "desk_badge" ("x" TEXT) STRICT'] : [];
  const fleet = await createFleet(folder(desk), 'desk', count, () => seed);
  t.after(() => fleet.close());
  return fleet;
}

/** A start of a build whose folder has this version. */
async function deploy({ deps, databases }: Fleet, manifest: ManifestJson): Promise<void> {
  const { db, clock } = deps;
  const registry = createRegistry(folder(manifest), (name, version) => publishedManifest(db, name, version));
  const versions = createVersionService({ db, clock, databases, registry });
  await rollOutHouse({ db, clock, versions, registry });
}
const versionsIn = async ({ deps }: Fleet) =>
  (await deps.db.select({ version: installation.version }).from(installation)).map(row => row.version).sort();
const rolloutsIn = async ({ deps }: Fleet) =>
  (await deps.db.select().from(rollout)).map(({ version, state, reason }) => [version, state, reason]);

test('a deploy takes its version to every client that is not pinned, once', async t => {
  const fleet = await fleetOf(t, 12);
  const { db } = fleet.deps;
  await db.update(installation).set({ pinned: true }).where(eq(installation.clientId, fleet.stores[4]!.clientId));
  await deploy(fleet, desk);
  assert.deepEqual(await rolloutsIn(fleet), []);
  await Promise.all([deploy(fleet, raised('1.1.0')), deploy(fleet, raised('1.1.0'))]);
  assert.deepEqual(await versionsIn(fleet), ['1.0.0', ...Array.from({ length: 11 }, () => '1.1.0')]);
  assert.deepEqual(await rolloutsIn(fleet), [['1.1.0', 'done', null]]);
  // Whom a person took back stays there.
  const back = { version: '1.0.0', previousVersion: null };
  await db.update(installation).set(back).where(eq(installation.clientId, fleet.stores[1]!.clientId));
  await deploy(fleet, raised('1.1.0'));
  await deploy(fleet, desk);
  await deploy(fleet, raised('2.0.0'));
  assert.deepEqual(await versionsIn(fleet), ['1.0.0', '1.0.0', ...Array.from({ length: 10 }, () => '1.1.0')]);
  assert.equal((await rolloutsIn(fleet)).length, 1);
});

test('it stops where too many stores fail, and gives way to a version that mends it, unless a person has paused it', async t => {
  const fleet = await fleetOf(t, 12, true);
  const { db } = fleet.deps;
  await deploy(fleet, raised('1.1.0'));
  const [[version, state, reason]] = (await rolloutsIn(fleet)) as [[string, string, string]];
  assert.deepEqual([version, state], ['1.1.0', 'stopped']);
  assert.match(reason, /stores failed in cohort/);
  assert.deepEqual(new Set(await versionsIn(fleet)), new Set(['1.0.0']));
  await db.update(rollout).set({ state: 'paused' });
  const mended: ManifestJson = { ...desk, version: '1.1.1' };
  await deploy(fleet, mended);
  assert.equal((await rolloutsIn(fleet)).length, 1);
  await db.update(rollout).set({ state: 'stopped' });
  await db.update(store).set({ state: 'ready' });
  await deploy(fleet, mended);
  const all = await rolloutsIn(fleet);
  assert.deepEqual(all, [
    ['1.1.0', 'aborted', 'superseded by 1.1.1'],
    ['1.1.1', 'done', null],
  ]);
  assert.deepEqual(new Set(await versionsIn(fleet)), new Set(['1.1.1']));
});

test('an agency sees how far a version has come among its own clients', async t => {
  const world = createWorld();
  t.after(() => world.close());
  const deps = { db: world.db, clock: world.deps.ports.clock, versions: world.deps.versions };
  const agencies = [await world.signUp('a@rollouts.test', 'A'), await world.signUp('b@rollouts.test', 'B')];
  for (const owner of agencies) {
    const { body } = await world.call(owner, 'POST', '/api/clients', { name: 'R', zone: 'UTC' });
    await world.call(owner, 'POST', `/api/clients/${body.data.id}/installations`, { module: 'party' });
  }
  const party = (await publishedManifest(world.db, 'party', '1.0.0')) as ManifestJson;
  await publishVersion(deps, { ...party, version: '1.1.0' }, null);
  const shown = async () =>
    (await Promise.all(agencies.map(owner => world.call(owner, 'GET', '/api/rollouts')))).map(({ body }) =>
      body.data.map(({ state, clients }: { state: string; clients: object }) => [state, clients]),
    );
  assert.deepEqual(await shown(), [[], []]);
  const id = await startRollout(deps, { module: 'party', version: '1.1.0' });
  await pauseRollout(deps, id);
  const none = { pending: 0, migrating: 0, done: 0, failed: 0 };
  assert.deepEqual(await shown(), Array(2).fill([['paused', { ...none, pending: 1 }]]));
  await deps.db.update(rollout).set({ state: 'running' }).where(eq(rollout.id, id));
  await runRollout(deps, id);
  assert.deepEqual(await shown(), Array(2).fill([['done', { ...none, done: 1 }]]));
  // Each sees its own store in that store's cohort, and how far it has come with everybody's.
  const places = await deps.db.select().from(rolloutStore).where(eq(rolloutStore.rolloutId, id));
  const front = Math.max(...places.map(({ cohort }) => cohort));
  for (const owner of agencies) {
    const [{ id: clientId }] = (await world.call(owner, 'GET', '/api/clients')).body.data;
    const { cohort: own } = places.find(place => place.clientId === clientId)!;
    const [{ cohort, cohorts }] = (await world.call(owner, 'GET', '/api/rollouts')).body.data;
    assert.equal(cohort, front);
    for (const n of [1, 2, 3]) assert.deepEqual(cohorts[n], n === own ? { ...none, done: 1 } : none);
  }
});
