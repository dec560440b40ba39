import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { type Caller, createWorld, type World } from '../../tests/support/control-world.ts';
import { createAuditAnchors } from '../control/audit-anchors.ts';
import { auditAnchor, snapshot, store } from '../control/schema.ts';
import { appendAudit } from '../engine/audit/chain.ts';
import { verifyAudit } from '../engine/audit/verify.ts';
import { createSecrets } from '../engine/secrets.ts';
import { migrateStore } from '../engine/store/migrate.ts';

const secrets = createSecrets(new Uint8Array(32).fill(7));
let world: World;
let owner: Caller;
before(async () => {
  world = createWorld();
  owner = await world.signUp('owner@trails.test');
});
after(() => world.close());

const nameOf = async (clientId: string) =>
  (await world.db.select({ name: store.name }).from(store).where(eq(store.clientId, clientId)).get())!.name;
const anchors = () => createAuditAnchors({ db: world.db, clock: world.deps.ports.clock });

/** A client with a trail of `rows`, of which the first `anchored` are vouched for. */
async function clientWith(rows: number, anchored: number) {
  const { body } = await world.call(owner, 'POST', '/api/clients', { name: 'Trail', zone: 'UTC' });
  const { id } = body.data as { id: string };
  const first = await nameOf(id);
  await world.databases.create(first);
  await migrateStore(await world.databases.open(first), [], 1);
  const write = async (count: number) => {
    const db = await world.databases.open(await nameOf(id));
    for (let n = 0; n < count; n++)
      await db.write(appendAudit(() => secrets.auditKey(id), [[n, 'user', 'u', 'r', 'made', 'x.y', `${n}`, null]]));
  };
  const at = `/api/clients/${id}/snapshots`;
  const take = async (): Promise<{ id: string; name: string }> => {
    const { data } = (await world.call(owner, 'POST', at, {})).body;
    return (await world.db.select().from(snapshot).where(eq(snapshot.id, data.id)).get())!;
  };
  const restore = async (snapshotId: string) =>
    assert.equal((await world.call(owner, 'POST', `${at}/${snapshotId}/restore`, {})).status, 204);
  const verify = async () => {
    const name = await nameOf(id);
    return verifyAudit(await world.databases.open(name), secrets.auditKey(id), await anchors().get(name));
  };
  const tamper = async (name: string, sql: string) => void (await (await world.databases.open(name)).write([{ sql }]));
  await write(anchored);
  await world.deps.vouch(id, first);
  await write(rows - anchored);
  return { id, first, at, write, take, restore, verify, tamper };
}

test('a restored trail is right, as far as it goes, and goes on from there', async () => {
  const { write, take, restore, verify } = await clientWith(5, 3);
  const copy = await take();
  await write(4);
  await restore(copy.id);
  assert.deepEqual(await verify(), { ok: true, rows: 5, from: 1, anchored: 5, broken: null });
  await write(2);
  assert.deepEqual(await verify(), { ok: true, rows: 7, from: 1, anchored: 5, broken: null });
});

test('what was changed or cut off in a copy while it waited is named once it is in use', async () => {
  const { take, restore, verify, tamper } = await clientWith(5, 3);
  const [changed, cut] = [await take(), await take()];
  await tamper(changed.name, `UPDATE _audit SET record = 'x' WHERE seq = 4`);
  await tamper(cut.name, 'DELETE FROM _audit WHERE seq = 5');
  await restore(changed.id);
  assert.deepEqual((await verify()).broken, { seq: 4, problem: 'changed' });
  await restore(cut.id);
  assert.deepEqual((await verify()).broken, { seq: 5, problem: 'missing' });
});

test('what was broken before the copy is named before and after the restore', async () => {
  const { first, take, restore, verify, tamper } = await clientWith(5, 5);
  await tamper(first, 'DELETE FROM _audit WHERE seq > 3');
  assert.deepEqual((await verify()).broken, { seq: 4, problem: 'missing' });
  const copy = await take();
  await restore(copy.id);
  assert.deepEqual((await verify()).broken, { seq: 4, problem: 'missing' });
});

test('the store that a restore replaced is vouched for as well, and an anchor goes with its copy', async () => {
  const { at, first, write, take, restore, verify, tamper } = await clientWith(2, 0);
  const copy = await take();
  await write(3);
  await restore(copy.id);
  await tamper(first, 'DELETE FROM _audit WHERE seq = 5');
  const replaced = await world.db.select().from(snapshot).where(eq(snapshot.name, first)).get();
  await restore(replaced!.id);
  assert.deepEqual((await verify()).broken, { seq: 5, problem: 'missing' });
  const anchorsOf = (name: string) => world.db.select().from(auditAnchor).where(eq(auditAnchor.store, name));
  assert.equal((await anchorsOf(copy.name)).length, 1);
  assert.equal((await world.call(owner, 'DELETE', `${at}/${copy.id}`)).status, 204);
  assert.deepEqual(await anchorsOf(copy.name), []);
});
