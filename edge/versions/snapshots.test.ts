import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { type Caller, createWorld, type World } from '../../tests/support/control-world.ts';
import { snapshot, store } from '../control/schema.ts';
import { dropSnapshotsOf, mostAskedFor, snapshotMs, sweepSnapshots, takeSnapshot } from './snapshots.ts';

let world: World;
let owner: Caller;
before(async () => {
  world = createWorld();
  owner = await world.signUp('owner@snapshots.test');
});
after(() => world.close());

const storage = () => ({
  db: world.db,
  clock: world.deps.ports.clock,
  databases: world.databases,
  vouch: world.deps.vouch,
});
const nameOf = async (clientId: string) =>
  (await world.db.select({ name: store.name }).from(store).where(eq(store.clientId, clientId)).get())!.name;
const open = async (clientId: string) => world.databases.open(await nameOf(clientId));
const words = async (clientId: string) =>
  (await (await open(clientId)).read([{ sql: 'SELECT w FROM t ORDER BY w' }]))[0]!.rows.flat();

async function clientWith(name: string): Promise<{ id: string; at: string }> {
  const { body } = await world.call(owner, 'POST', '/api/clients', { name, zone: 'UTC' });
  const { id } = body.data as { id: string };
  await world.databases.create(await nameOf(id));
  await (await open(id)).write([{ sql: 'CREATE TABLE t (w TEXT) STRICT' }, { sql: "INSERT INTO t VALUES ('one')" }]);
  return { id, at: `/api/clients/${id}/snapshots` };
}
const add = async (clientId: string, word: string) =>
  (await open(clientId)).write([{ sql: 'INSERT INTO t VALUES (?)', args: [word] }]);

test('a restore goes back to the instant of the copy, and can itself be undone', async () => {
  const { id, at } = await clientWith('Back');
  const made = await world.call(owner, 'POST', at, {});
  assert.equal(made.status, 201, made.text);
  await add(id, 'two');
  const first = await nameOf(id);
  assert.equal((await world.call(owner, 'POST', `${at}/${made.body.data.id}/restore`, {})).status, 204);
  assert.notEqual(await nameOf(id), first);
  assert.deepEqual(await words(id), ['one']);
  await add(id, 'three');
  const listed = (await world.call(owner, 'GET', at)).body.data as { id: string; reason: string }[];
  assert.deepEqual(
    listed.map(({ reason }) => reason),
    ['asked for', 'replaced by a restore'],
  );
  await world.call(owner, 'POST', `${at}/${listed[1]!.id}/restore`, {});
  assert.deepEqual(await words(id), ['one', 'two']);
  assert.ok(world.tenantChanges.includes(id));
  const { data } = (await world.call(owner, 'GET', `/api/audit?clientId=${id}`)).body;
  const actions = data.map(({ action }: { action: string }) => action);
  assert.equal(actions.filter((action: string) => action === 'snapshot.restore').length, 2);
});

test('a client may ask for so many, and delete one for another', async () => {
  const { at } = await clientWith('Many');
  for (let n = 0; n < mostAskedFor; n++) assert.equal((await world.call(owner, 'POST', at, {})).status, 201);
  assert.equal((await world.call(owner, 'POST', at, {})).status, 409);
  const [first] = (await world.call(owner, 'GET', at)).body.data;
  assert.equal((await world.call(owner, 'DELETE', `${at}/${first.id}`)).status, 204);
  assert.equal((await world.call(owner, 'DELETE', `${at}/${first.id}`)).status, 404);
  assert.equal((await world.call(owner, 'POST', at, {})).status, 201);
});

test('copies go after 30 days, and at once what a crash left half made', async () => {
  const { id } = await clientWith('Old');
  const kept = await takeSnapshot(storage(), id, 'a test');
  world.time.now += snapshotMs - 1;
  const young = await takeSnapshot(storage(), id, 'a test');
  const half = { ...young, id: `${young.id.slice(0, -1)}x`, name: 'snap-half', state: 'making' } as const;
  await world.databases.create(half.name);
  await world.db.insert(snapshot).values({ ...half, createdAt: world.time.now - 7_200_000 });
  await sweepSnapshots(storage());
  await assert.rejects(async () => world.databases.open(half.name));
  await world.databases.open(kept.name);
  world.time.now += 1;
  await sweepSnapshots(storage());
  await assert.rejects(async () => world.databases.open(kept.name));
  await world.databases.open(young.name);
  assert.equal(await dropSnapshotsOf(storage(), id), 1);
  await assert.rejects(async () => world.databases.open(young.name));
  await assert.rejects(takeSnapshot({ ...storage(), databases: broken() }, id, 'a test'), /no space/);
  assert.deepEqual(await world.db.select().from(snapshot).where(eq(snapshot.clientId, id)), []);
});

/** Databases whose disk is full. */
const broken = () => ({
  create: (name: string) => world.databases.create(name),
  open: (name: string) => world.databases.open(name),
  drop: (name: string) => world.databases.drop(name),
  compact: (name: string) => world.databases.compact(name),
  copy: async () => {
    throw new Error('no space left');
  },
});
