/** An agency holds its updates and lets them go on: its clients wait, everybody else's do not. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { ManifestJson } from '../../schemas/module/index.ts';
import { type Caller, createWorld, type World } from '../../tests/support/control-world.ts';
import { installation, rollout, rolloutStore } from '../control/schema.ts';
import { publishedManifest } from './catalogue.ts';
import { publishVersion } from './publish.ts';
import { continueRollouts, type RolloutDeps, rolloutStatus, runRollout, startRollout } from './rollout.ts';

const path = '/api/agency/updates';

interface Two {
  readonly world: World;
  readonly deps: RolloutDeps;
  readonly [agency: number]: { readonly owner: Caller; readonly clients: readonly string[] };
  hold(owner: Caller, held: boolean): Promise<void>;
  versionsOf(agency: number): Promise<string[]>;
}

/** Two agencies with clients that have party 1.0.0, and 1.1.0 is published. */
async function twoAgencies(t: TestContext, clientsEach: number): Promise<Two> {
  const world = createWorld();
  t.after(() => world.close());
  const deps = { db: world.db, clock: world.deps.ports.clock, versions: world.deps.versions };
  const agencies: { owner: Caller; clients: string[] }[] = [];
  for (const name of ['a', 'b']) {
    const owner = await world.signUp(`${name}@held.test`, name);
    const clients: string[] = [];
    for (let n = 0; n < clientsEach; n++) {
      const { id } = (await world.call(owner, 'POST', '/api/clients', { name: `${name}${n}`, zone: 'UTC' })).body.data;
      await world.call(owner, 'POST', `/api/clients/${id}/installations`, { module: 'party' });
      clients.push(id);
    }
    agencies.push({ owner, clients });
  }
  const party = (await publishedManifest(world.db, 'party', '1.0.0')) as ManifestJson;
  await publishVersion(deps, { ...party, version: '1.1.0' }, null);
  return {
    ...{ 0: agencies[0]!, 1: agencies[1]!, world, deps },
    async hold(owner, held) {
      const { status, body } = await world.call(owner, 'PUT', path, { held });
      assert.deepEqual([status, body.data.held, body.data.since !== null], [200, held, held]);
    },
    async versionsOf(agency) {
      const rows = await world.db.select().from(installation).where(eq(installation.module, 'party'));
      return rows.flatMap(row => (agencies[agency]!.clients.includes(row.clientId) ? [row.version] : []));
    },
  };
}

test('a rollout passes by whose agency holds its updates, and comes to them once it lets go', async t => {
  const two = await twoAgencies(t, 3);
  const { world, deps, hold, versionsOf } = two;
  const { owner } = two[0]!;
  await hold(owner, true);
  const id = await startRollout(deps, { module: 'party', version: '1.1.0' });
  const waiting = await runRollout(deps, id);
  assert.deepEqual(waiting.stores, { pending: 3, migrating: 0, done: 3, failed: 0 });
  assert.deepEqual([waiting.state, waiting.held], ['running', 3]);
  assert.deepEqual([await versionsOf(0), await versionsOf(1)], [Array(3).fill('1.0.0'), Array(3).fill('1.1.0')]);
  // The sweeper leaves them alone, however often it looks.
  world.time.now += 3_600_000;
  await continueRollouts(deps);
  assert.equal((await rolloutStatus(world.db, id)).held, 3);
  await hold(owner, false);
  await continueRollouts(deps);
  assert.deepEqual(await versionsOf(0), Array(3).fill('1.1.0'));
  const { state, held, stores } = await rolloutStatus(world.db, id);
  assert.deepEqual([state, held, stores.done], ['done', 0, 6]);
});

test('it is stopped in the middle, before the next store, and a person may still move one client', async t => {
  const two = await twoAgencies(t, 2);
  const { world, deps, hold, versionsOf } = two;
  const { owner, clients } = two[1]!;
  const id = await startRollout(deps, { module: 'party', version: '1.1.0' });
  let moved = 0;
  const onTenantChange = async () => {
    moved += 1;
    if (moved === 1) for (const agency of [two[0]!, two[1]!]) await hold(agency.owner, true);
  };
  assert.deepEqual((await runRollout({ ...deps, onTenantChange }, id)).stores, {
    ...{ pending: 3, migrating: 0, done: 1, failed: 0 },
  });
  const behind = async () => {
    const rows = await world.db.select().from(installation).where(eq(installation.module, 'party'));
    return rows.find(row => row.version === '1.0.0' && clients.includes(row.clientId))?.clientId;
  };
  const upgrade = `/api/clients/${await behind()}/installations/party/upgrade`;
  assert.equal((await world.call(owner, 'POST', upgrade, { version: '1.1.0' })).status, 200);
  for (const agency of [two[0]!, two[1]!]) await hold(agency.owner, false);
  assert.equal((await runRollout(deps, id)).state, 'done');
  assert.deepEqual([await versionsOf(0), await versionsOf(1)], [Array(2).fill('1.1.0'), Array(2).fill('1.1.0')]);
});

test('clients that wait are no canaries: the first that try it stop it alone', async t => {
  const two = await twoAgencies(t, 2);
  const { world, deps, hold } = two;
  await hold(two[0]!.owner, true);
  const id = await startRollout(deps, { module: 'party', version: '1.1.0' });
  // Of the first cohort one waits and one refuses; the second cohort is to be spared.
  const [first, second] = two[1]!.clients as [string, string];
  await world.db.update(rolloutStore).set({ cohort: 1 });
  await world.db.update(rolloutStore).set({ cohort: 2 }).where(eq(rolloutStore.clientId, second));
  const { db, clock, versions } = deps;
  const prepare: typeof versions.prepare = async (clientId, ...rest) => {
    if (clientId === first) throw new Error('does not fit');
    return versions.prepare(clientId, ...rest);
  };
  const status = await runRollout({ db, clock, versions: { ...versions, prepare } }, id);
  assert.deepEqual([status.state, status.reason], ['stopped', '1 of 1 stores failed in cohort 1']);
  assert.deepEqual(status.stores, { pending: 3, migrating: 0, done: 0, failed: 1 });
});

test("the switch is told, kept, written down once, and is the agency's own", async t => {
  const two = await twoAgencies(t, 1);
  const { world, hold } = two;
  const { owner } = two[0]!;
  const ask = async (caller: Caller) => (await world.call(caller, 'GET', path)).body.data;
  assert.deepEqual(await ask(owner), { held: false, since: null });
  await hold(owner, true);
  const since = new Date(world.time.now).toISOString();
  world.time.now += 60_000;
  await hold(owner, true);
  assert.deepEqual(await ask(owner), { held: true, since });
  assert.deepEqual(await ask(two[1]!.owner), { held: false, since: null });
  await hold(owner, false);
  const entries = (await world.call(owner, 'GET', '/api/audit')).body.data as { action: string }[];
  const actions = entries.map(({ action }) => action).filter(action => action.startsWith('updates.'));
  assert.deepEqual(actions.sort(), ['updates.hold', 'updates.resume']);
  assert.equal((await world.db.select().from(rollout)).length, 0);
});
