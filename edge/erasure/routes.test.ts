import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Caller, createWorld, type World } from '../../tests/support/control-world.ts';
import { createFolderBlobs } from '../adapters/node/blobs.ts';
import type { Runtime } from '../engine/runtime.ts';
import { createStores } from '../engine/store/stores.ts';
import { GRACE_MS } from '../files/sweep-job.ts';
import type { PortabilityDeps } from '../portability/deps.ts';
import { portabilityRoutes } from '../portability/routes.ts';
import type { Tenants } from '../tenant/tenant.ts';
import { homeOf } from '../versions/snapshots.ts';
import { purgeDeleted } from './purge-client.ts';
import { erasureRoutes } from './routes.ts';

const bytes = async function* () {
  yield Buffer.from('kept');
};

describe('moving, erasing and purging clients', () => {
  let world: World;
  let owner: Caller;
  let deps: PortabilityDeps;
  before(async () => {
    world = createWorld();
    const blobs = createFolderBlobs({ folder: join(world.folder, 'files') });
    const ports = { ...world.deps.ports, blobs } as unknown as Runtime['ports'];
    const runtime = { ports, config: { files: { maxArchiveBytes: 1000 } }, stores: createStores(ports) };
    const tenants = { byClient: async () => undefined } as unknown as Tenants;
    deps = { control: world.deps, runtime: runtime as unknown as Runtime, tenants };
    world.app.route('/', portabilityRoutes(deps));
    world.app.route('/', erasureRoutes(deps));
    owner = await world.signUp('owner@a.test', 'A');
  });
  after(() => world.close());

  const data = async (method: string, path: string, body?: unknown) => {
    const answer = await world.call(owner, method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
    return answer.body?.data;
  };
  const newClient = (name: string) => data('POST', '/api/clients', { name, zone: 'UTC' });

  it("are for the agency's owners and admins: its other members and a client's own people get 403", async () => {
    const client = await newClient('Rosa');
    const site = await data('POST', `/api/clients/${client.id}/sites`, { name: 'Main' });
    const member = await world.join(owner, 'member@a.test', 'member');
    const person = await world.join(owner, 'client@a.test', 'client', client.id);
    const stranger = await world.signUp('owner@b.test', 'B');
    const routes = [
      ['GET', `/api/clients/${client.id}/export`, undefined],
      ['POST', `/api/clients/${client.id}/import`, 'PK'],
      ['POST', `/api/clients/${client.id}/erase-person`, { email: 'a@b.test' }],
      ['POST', `/api/clients/${client.id}/erase-person`, { email: 'a@b.test', dryRun: true }],
      ['POST', `/api/clients/${client.id}/purge`, { confirm: 'Rosa' }],
      ['POST', `/api/sites/${site.id}/clone`, { name: 'Copy' }],
    ] as const;
    for (const [method, path, body] of routes) {
      const contentType = path.endsWith('import') ? 'application/zip' : 'application/json';
      const status = async (caller: Caller) =>
        (await world.call({ ...caller, contentType }, method, path, body)).status;
      // A site is copied by whoever may make one.
      assert.equal(await status(member), path.endsWith('clone') ? 201 : 403, `member ${path}`);
      assert.equal(await status(person), 403, `client ${path}`);
      assert.equal(await status({}), 401, `nobody ${path}`);
      // Its own length is asked for before anything is looked at.
      if (!path.endsWith('import')) assert.equal(await status(stranger), 404, `another agency ${path}`);
    }
  });

  it('a client that was deleted is purged 30 days later, and nothing before and nobody else', async () => {
    const [gone, kept] = [await newClient('Gone'), await newClient('Kept')];
    const { blobs, databases } = deps.runtime.ports;
    for (const { id } of [gone, kept]) await blobs.put(`${id}/a`, bytes(), 4);
    const stores = await Promise.all([gone, kept].map(async ({ id }) => (await homeOf(world.db, id)).name));
    for (const name of stores) await databases.create(name);
    await data('DELETE', `/api/clients/${gone.id}`);
    world.time.now += GRACE_MS - 1;
    await purgeDeleted(deps);
    assert.equal((await blobs.list(gone.id)).length, 1);
    assert.ok(await databases.open(stores[0]!));
    world.time.now += 1;
    await purgeDeleted(deps);
    assert.deepEqual([await blobs.list(gone.id), (await blobs.list(kept.id)).length], [[], 1]);
    await assert.rejects(async () => databases.open(stores[0]!));
    assert.ok(await databases.open(stores[1]!));
    // What is purged is not looked at again, and what was put there since is nobody's of that client.
    await blobs.put(`${gone.id}/b`, bytes(), 4);
    await purgeDeleted(deps);
    assert.equal((await blobs.list(gone.id)).length, 1);
  });
});
