import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { root } from '../../tools/root.ts';
import { party } from '../../widgets/party/module.ts';
import { rolloutStore, store, storeVersion } from '../control/schema.ts';
import { modules } from '../registry.generated.ts';
import { cohortOf } from './cohorts.ts';
import { publishVersion } from './publish.ts';
import { abortRollout, releaseStore, resumeRollout, rolloutStatus, runRollout, startRollout } from './rollout.ts';
import { createFleet, type Fleet, laterVersion } from './testing.ts';

const next = laterVersion(party, '1.9.0', manifest => {
  const { person } = manifest.entities;
  const text = { kind: 'text', required: false } as const;
  return {
    entities: {
      person: { ...person!, fields: { ...person!.fields, source: text, greeting: text } },
      badge: {
        label: 'Badge',
        fields: { person: { kind: 'ref', required: false, to: 'person', onDelete: 'cascade' } },
        access: {},
      },
    },
    migrations: [
      {
        to: '1.9.0',
        backfill: [
          {
            entity: 'person',
            set: { source: { value: 'import' }, greeting: { concat: [{ text: 'Dear ' }, { field: 'name' }] } },
          },
        ],
      },
    ],
  };
});

/** Rows of the n-th store: most have a few, some need several chunks. */
const rowsOf = (index: number) => (index % 50 === 0 ? 1_300 : 7);
const seed = (index: number) => [
  `INSERT INTO "party_person" ("id", "created_at", "updated_at", "rev", "name") WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rowsOf(index)}) SELECT printf('%08d', i), 1, 1, 1, 'P' || i FROM n`,
];
/** A table that the new version wants for itself. */
const poison = 'CREATE TABLE "party_badge" ("something" TEXT) STRICT';

async function fleetOf(t: TestContext, count: number, poisoned: readonly number[]): Promise<Fleet> {
  const fleet = await createFleet({ party: modules.party }, 'party', count, index => [
    ...seed(index),
    ...(poisoned.includes(index) ? [poison] : []),
  ]);
  t.after(() => fleet.close());
  await publishVersion(fleet.deps, next, null);
  return fleet;
}

function runner(fleet: Fleet, id: string): ChildProcess {
  const env = { PATH: process.env['PATH'], DATA_DIR: fleet.folder };
  return spawn(process.execPath, [join(root, 'tools/rollout.ts'), 'run', id], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const ended = (child: ChildProcess) => new Promise<void>(resolve => child.once('exit', () => resolve()));

test('200 stores: a runner killed again and again goes on, no row is lost, a poisoned store is put aside', async t => {
  const poisoned = 77;
  const fleet = await fleetOf(t, 200, [poisoned]);
  const { db } = fleet.deps;
  const id = await startRollout(fleet.deps, { module: 'party', version: '1.9.0' });
  let kills = 0;
  for (const goal of [20, 90, 150]) {
    const child = runner(fleet, id);
    const end = ended(child);
    while (child.exitCode === null && (await rolloutStatus(db, id)).stores.done < goal) await sleep(3);
    if (child.kill('SIGKILL')) kills += 1;
    await end;
  }
  const halfway = await rolloutStatus(db, id);
  assert.equal(kills, 3);
  assert.ok(halfway.stores.done >= 150 && halfway.stores.done < 199, JSON.stringify(halfway));
  await ended(runner(fleet, id));
  const { state, stores } = await rolloutStatus(db, id);
  assert.deepEqual({ state, stores }, { state: 'done', stores: { pending: 0, migrating: 0, done: 199, failed: 1 } });

  for (const [index, { name, storeId }] of fleet.stores.entries()) {
    const opened = await fleet.databases.open(name);
    const isOut = index === poisoned;
    const filled = isOut ? '0' : `sum("source" = 'import' AND "greeting" = 'Dear ' || "name" AND "rev" = 2)`;
    const [counts] = await opened.read([{ sql: `SELECT count(*), ${filled} FROM "party_person"` }]);
    assert.deepEqual(counts!.rows[0], [rowsOf(index), isOut ? 0 : rowsOf(index)], name);
    const row = await db.select({ state: store.state }).from(store).where(eq(store.id, storeId)).get();
    assert.equal(row!.state, isOut ? 'quarantined' : 'ready');
    const mirrored = await db.select().from(storeVersion).where(eq(storeVersion.store, name));
    assert.deepEqual(
      mirrored.map(({ version }) => version),
      isOut ? [] : ['1.9.0'],
    );
  }
  await t.test(
    'a store in quarantine counts as failed in the next rollout, until it is released and mended',
    async () => {
      const again = await startRollout(fleet.deps, { module: 'party', version: '1.9.0' });
      assert.deepEqual((await runRollout(fleet.deps, again)).stores, { pending: 0, migrating: 0, done: 0, failed: 1 });
      const { name, storeId } = fleet.stores[poisoned]!;
      await (await fleet.databases.open(name)).write([{ sql: 'DROP TABLE "party_badge"' }]);
      await releaseStore(fleet.deps, storeId);
      const mended = await startRollout(fleet.deps, { module: 'party', version: '1.9.0' });
      assert.deepEqual((await runRollout(fleet.deps, mended)).stores, { pending: 0, migrating: 0, done: 1, failed: 0 });
    },
  );
});

test('a version that fails everywhere stops after two stores, or the lone one of the first cohort, and can be aborted', async t => {
  const all = Array.from({ length: 30 }, (_, index) => index);
  const fleet = await fleetOf(t, 30, all);
  const { db } = fleet.deps;
  const id = await startRollout(fleet.deps, { module: 'party', version: '1.9.0' });
  const stopped = await runRollout(fleet.deps, id);
  assert.equal(stopped.state, 'stopped');
  const failed = await db
    .select({ cohort: rolloutStore.cohort })
    .from(rolloutStore)
    .where(and(eq(rolloutStore.rolloutId, id), eq(rolloutStore.state, 'failed')));
  const cohorts = fleet.stores.map(({ storeId }) => cohortOf(storeId).cohort).sort();
  const last = Math.max(...failed.map(({ cohort }) => cohort));
  const alone = cohorts.filter(cohort => cohort === last).length === 1;
  assert.equal(failed.filter(({ cohort }) => cohort === last).length, alone ? 1 : 2);
  assert.deepEqual(failed.map(({ cohort }) => cohort).sort(), cohorts.slice(0, failed.length));
  await assert.rejects(startRollout(fleet.deps, { module: 'party', version: '1.9.0' }), /under way/);
  await resumeRollout(fleet.deps, id);
  assert.equal((await runRollout(fleet.deps, id)).state, 'stopped', 'the next failure stops it again');
  await abortRollout(fleet.deps, id);
  assert.equal((await runRollout(fleet.deps, id)).state, 'aborted');
});

test('a lone store of the first cohort that fails stops the rollout', async t => {
  const fleet = await fleetOf(t, 30, [0]);
  const { db } = fleet.deps;
  const id = await startRollout(fleet.deps, { module: 'party', version: '1.9.0' });
  await db.update(rolloutStore).set({ cohort: 2 });
  await db.update(rolloutStore).set({ cohort: 1 }).where(eq(rolloutStore.storeId, fleet.stores[0]!.storeId));
  const { state, reason, stores } = await runRollout(fleet.deps, id);
  assert.deepEqual([state, reason], ['stopped', '1 of 1 stores failed in cohort 1']);
  assert.deepEqual(stores, { pending: 29, migrating: 0, done: 0, failed: 1 });
  await resumeRollout(fleet.deps, id);
  assert.equal((await runRollout(fleet.deps, id)).state, 'done', 'a person who has looked at it may go on');
});

test('one failure behind a first cohort that got through is no rate', async t => {
  const fleet = await fleetOf(t, 6, [0]);
  const { db } = fleet.deps;
  const id = await startRollout(fleet.deps, { module: 'party', version: '1.9.0' });
  await db.update(rolloutStore).set({ cohort: 1 });
  await db.update(rolloutStore).set({ cohort: 2 }).where(eq(rolloutStore.storeId, fleet.stores[0]!.storeId));
  assert.deepEqual(
    [(await runRollout(fleet.deps, id)).state, (await rolloutStatus(db, id)).stores.failed],
    ['done', 1],
  );
});

test('cohorts hold 1 %, 10 % and the rest, the same store always in the same one', () => {
  const counts = [0, 0, 0, 0];
  for (let n = 0; n < 100_000; n++) counts[cohortOf(`store-${n}`).cohort]! += 1;
  assert.ok(Math.abs(counts[1]! / 1000 - 1) < 0.2 && Math.abs(counts[2]! / 1000 - 10) < 0.6, counts.join(' '));
  assert.deepEqual(cohortOf('a'), cohortOf('a'));
});
