/** Versions of a module in use: upgrade and rollback under load, what is taken away and gone back to, what is removed. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { unzipSync } from 'fflate';
import { systemClock } from '../../edge/adapters/clock.ts';
import { type ControlDatabase, openControl } from '../../edge/control/database.ts';
import { installation } from '../../edge/control/schema.ts';
import { publishVersion } from '../../edge/versions/publish.ts';
import { laterVersion } from '../../edge/versions/testing.ts';
import { defineModule, toManifest } from '../../schemas/module/index.ts';
import type {
  Client,
  ContractPlan,
  Installation,
  RemovedModule,
  Rollout,
  Snapshot,
  VersionPlan,
} from '../../schemas/protocol/index.ts';
import { booking } from '../../widgets/booking/module.ts';
import { calendar } from '../../widgets/calendar/module.ts';
import { party } from '../../widgets/party/module.ts';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';
import { startHost } from './host.ts';

const text = { kind: 'text', required: false } as const;
/** Adds a field that is filled in, and a table. */
const grown = laterVersion(party, '1.8.0', ({ entities: { person } }) => ({
  entities: {
    person: { ...person!, fields: { ...person!.fields, source: { ...text, index: true } } },
    badge: {
      label: 'Badge',
      fields: { person: { kind: 'ref', required: false, to: 'person', onDelete: 'cascade' } },
      access: {},
    },
  },
  migrations: [{ to: '1.8.0', backfill: [{ entity: 'person', set: { source: { value: 'walk-in' } } }] }],
}));
/** Has neither. */
const leaner = laterVersion(party, '1.9.0', () => ({}));

/** The problem that a call was refused with. */
async function refusalOf(call: Promise<unknown>) {
  const error = await call.then(
    () => assert.fail('it was not refused'),
    (refusal: Error) => refusal,
  );
  return JSON.parse(error.message.slice(error.message.indexOf('{'))) as {
    status: number;
    code: string;
    detail: string;
    consent: string[];
  };
}

describe('versions of a module in use', () => {
  let world: DemoWorld;
  let db: ControlDatabase;
  let client: Client;
  let at: string;
  before(async () => {
    world = await startDemoWorld();
    ({ db } = openControl({ databases: world.host.databases, clock: systemClock }));
    client = (await world.api.get<Client[]>('/api/clients')).find(({ name }) => name !== 'Hudson Dental')!;
    at = `/api/clients/${client.id}/installations`;
    for (const manifest of [grown, leaner]) await publishVersion({ db, clock: systemClock }, manifest, null);
  });
  after(() => world?.host.stop());
  const create = (name: string) => world.salon.call('party/v1/person', { body: { name } });

  it('an upgrade and a rollback under reads and writes give no 5xx and lose no write', async t => {
    const plan = await world.api.send<VersionPlan>(`${at}/party/upgrade`, { body: { version: '1.8.0', dryRun: true } });
    assert.deepEqual([plan.done, plan.conflicts], [false, []]);
    const statuses = new Map<number, number>();
    const written = new Set<string>();
    let stop = false;
    const workers = Array.from({ length: 6 }, async (_, worker) => {
      for (let n = 0; !stop; n++) {
        const reply =
          n % 2 === 0 ? await create(`W${worker}-${n}`) : await world.salon.call('party/v1/person?page[size]=20');
        const body = await reply.text();
        statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
        if (reply.status >= 500) assert.fail(`${reply.status}: ${body}`);
        if (reply.status === 201) written.add((JSON.parse(body) as { data: { id: string } }).data.id);
      }
    });
    for (let round = 0; round < 4; round++) {
      await sleep(150);
      const moved = await world.api.send<VersionPlan>(`${at}/party/upgrade`, { body: { version: '1.8.0' } });
      assert.equal(moved.done, true);
      await sleep(150);
      const back = await world.api.send<Installation>(`${at}/party/rollback`, { body: {} });
      assert.equal(back.version, party.version);
    }
    stop = true;
    await Promise.all(workers);
    assert.deepEqual([...statuses.keys()].sort(), [200, 201]);
    assert.ok(written.size > 20, `${written.size} writes`);
    for (const id of written) assert.equal((await world.salon.call(`party/v1/person/${id}`)).status, 200);
    t.diagnostic(`statuses ${JSON.stringify([...statuses])}`);
  });

  it('an upgrade that lets somebody do more is done once what grows is agreed to', async () => {
    const [major, minor] = booking.version.split('.').map(Number);
    const version = `${major}.${minor! + 1}.0`;
    const wider = laterVersion(booking, version, ({ entities: { service, ...others } }) => ({
      egress: ['mail.example.com'],
      entities: {
        ...others,
        service: { ...service!, access: { ...service!.access, customer: { read: { fields: ['name'] } } } },
      },
    }));
    await publishVersion({ db, clock: systemClock }, wider, null);
    const upgrade = (body: object) => world.api.send<VersionPlan>(`${at}/booking/upgrade`, { body });
    const plan = await upgrade({ version, dryRun: true });
    const grown = ['booking: customer may read service: name', 'booking: reach mail.example.com'];
    assert.deepEqual(plan.consent, grown);
    for (const consent of [undefined, [], [grown[0]!], ['booking: reach other.example.com']]) {
      const problem = await refusalOf(upgrade({ version, consent }));
      assert.deepEqual([problem.status, problem.code], [409, 'CONFLICT']);
      assert.deepEqual(problem.consent, consent?.[0] === grown[0] ? [grown[1]] : grown);
    }
    const versionNow = async () =>
      (await world.api.get<Installation[]>(at)).find(({ module }) => module === 'booking')!.version;
    assert.equal(await versionNow(), booking.version);
    assert.equal((await upgrade({ version, consent: grown })).done, true);
    assert.equal(await versionNow(), version);
    await world.api.send(`${at}/booking/rollback`, { body: {} });
  });

  it('what cannot stand beside the modules in use is not installed', async () => {
    const clash = defineModule({
      id: 'acme.clash',
      version: '1.0.0',
      type: 'widget',
      label: 'Clash',
      description: '',
      icon: 'x',
      categories: [],
      settings: {},
      entities: {},
      events: {},
      actions: {},
      widgets: { clash: { tag: 'inlay-booking', label: 'Clash', surfaces: ['site'], actions: [], height: 10 } },
    });
    await publishVersion({ db, clock: systemClock }, toManifest(clash), null);
    const install = (body: object) => world.api.send<VersionPlan>(at, { body: { module: 'clash', ...body } });
    const plan = await install({ dryRun: true });
    assert.match(plan.conflicts.join(), /both have the tag <inlay-booking>/);
    const { status, detail } = await refusalOf(install({}));
    assert.equal(status, 409);
    assert.match(detail, /both have the tag <inlay-booking>/);
  });

  it('what no version needs is shown and taken away after a snapshot, and a restore brings it back', async () => {
    await world.api.send(`${at}/party/upgrade`, { body: { version: '1.8.0' } });
    await sleep(500);
    await world.api.send(`${at}/party/upgrade`, { body: { version: '1.9.0' } });
    const contract = `${at}/party/contract`;
    const parts = ['badge', 'person.source'];
    const early = await world.api.get<ContractPlan>(contract);
    assert.deepEqual(
      early.parts.map(({ name }) => name),
      parts,
    );
    assert.ok(early.blockers.some(({ kind, text }) => kind === 'rollback' && text.includes('needs person.source')));
    await assert.rejects(world.api.send(contract, { body: { parts } }), /409/);
    await world.api.send(`${at}/party`, { method: 'PATCH', body: { previousVersion: null } });
    // The last pass over the rows waits for the sweep behind ten seconds.
    await db
      .update(installation)
      .set({ settlesAt: null })
      .where(and(eq(installation.clientId, client.id), eq(installation.module, 'party')));
    await assert.rejects(world.api.send(contract, { body: { parts: ['badge'] } }), /409/);
    await world.api.send(contract, { body: { parts } });
    let last = (await world.api.get<ContractPlan>(contract)).last;
    for (let n = 0; last?.state === 'running' && n < 200; n++) {
      await sleep(50);
      last = (await world.api.get<ContractPlan>(contract)).last;
    }
    assert.deepEqual([last?.state, last?.error], ['done', null]);
    assert.deepEqual((await world.api.get<ContractPlan>(contract)).parts, []);
    const reply = await create('After');
    assert.equal(reply.status, 201);
    const { id } = ((await reply.json()) as { data: { id: string } }).data;
    const [copy] = await world.api.get<Snapshot[]>(`/api/clients/${client.id}/snapshots`);
    assert.equal(copy!.id, last!.snapshotId);
    await world.api.send(`/api/clients/${client.id}/snapshots/${copy!.id}/restore`, { body: {} });
    const gone = async () => (await world.salon.call(`party/v1/person/${id}`)).status;
    // Another isolate may go on with the store from before for as long as it remembers the client.
    for (let n = 0; (await gone()) !== 404 && n < 80; n++) await sleep(100);
    assert.equal(await gone(), 404);
    assert.equal((await create('Again')).status, 201);
    assert.deepEqual(
      (await world.api.get<ContractPlan>(contract)).parts.map(({ name }) => name),
      parts,
    );
  });

  it('what a deploy brings goes to clients with an earlier version, unasked', async () => {
    const other = (await world.api.get<Client[]>('/api/clients')).find(({ name }) => name === 'Hudson Dental')!;
    const at = `/api/clients/${other.id}/installations`;
    const version = async () =>
      (await world.api.get<Installation[]>(at)).find(({ module }) => module === 'calendar')!.version;
    await publishVersion(
      { db, clock: systemClock },
      laterVersion(calendar, '1.0.0', () => ({})),
      null,
    );
    const own = and(eq(installation.clientId, other.id), eq(installation.module, 'calendar'));
    await db.update(installation).set({ version: '1.0.0' }).where(own);
    assert.equal(await version(), '1.0.0');
    // The Worker looks when its timer rings, Node when a process starts.
    const { dataFolder, tick } = world.host;
    const second = tick ? void (await tick()) : await startHost({ dataFolder });
    for (let n = 0; (await version()) !== calendar.version && n < 200; n++) await sleep(50);
    await second?.stop();
    assert.equal(await version(), calendar.version);
    const seen = await world.api.get<Rollout[]>('/api/rollouts');
    assert.deepEqual(
      seen.map(({ module, version: to, clients }) => [module, to, clients.failed]),
      [['calendar', calendar.version, 0]],
    );
    assert.equal((await world.dental.call('calendar/v1/resource')).status, 200);
  });

  it('a removed module is not there, can be exported, and comes back with its records', async () => {
    const other = (await world.api.get<Client[]>('/api/clients')).find(({ name }) => name === 'Hudson Dental')!;
    const from = `/api/clients/${other.id}`;
    const list = async () => world.dental.call('booking/v1/booking?page[size]=1&count=exact');
    const total = async () => ((await (await list()).json()) as { page: { total: number } }).page.total;
    const records = await total();
    const sites = await world.api.get<{ id: string }[]>(`${from}/sites`);
    for (const site of sites) {
      await world.api.send(`/api/sites/${site.id}/modules/booking`, { method: 'PUT', body: { enabled: false } });
    }
    await assert.rejects(world.api.send(`${from}/installations/party`, { method: 'DELETE' }), /409/);
    await world.api.send(`${from}/installations/booking`, { method: 'DELETE' });
    assert.equal((await list()).status, 404);
    const [removed] = await world.api.get<RemovedModule[]>(`${from}/removed-modules`);
    assert.equal(removed!.module, 'booking');
    assert.equal(Date.parse(removed!.dropsAt) - Date.parse(removed!.removedAt), 30 * 86_400_000);
    const { email, password } = world.demo;
    const signedIn = await fetch(`${world.host.url}/api/session`, {
      method: 'POST',
      headers: { origin: world.host.url, 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!;
    const archive = await fetch(`${world.host.url}${from}/export?module=booking`, { headers: { cookie } });
    assert.equal(archive.status, 200);
    const members = unzipSync(new Uint8Array(await archive.arrayBuffer()));
    const data = Object.keys(members).filter(name => name.startsWith('data/'));
    assert.ok(data.length > 0 && data.every(name => name.startsWith('data/booking.')), data.join());
    const lines = new TextDecoder().decode(members['data/booking.booking.jsonl']).split('\n').length - 1;
    assert.equal(lines, records);
    // What was dropped is exported from the copy that was made before.
    const { id } = await world.api.send<{ id: string }>(`${from}/snapshots`, { body: {} });
    const ask = (query: string) => fetch(`${world.host.url}${from}/export?${query}`, { headers: { cookie } });
    const copied = unzipSync(new Uint8Array(await (await ask(`module=booking&snapshot=${id}`)).arrayBuffer()));
    assert.deepEqual(copied['data/booking.booking.jsonl'], members['data/booking.booking.jsonl']);
    assert.equal((await ask(`snapshot=${id}`)).status, 400);
    assert.equal((await ask(`module=nothing&snapshot=${id}`)).status, 404);
    assert.equal((await ask(`module=booking&snapshot=${crypto.randomUUID()}`)).status, 404);
    await world.api.send(`${from}/installations`, { body: { module: 'booking' } });
    for (let n = 0; (await list()).status !== 200 && n < 80; n++) await sleep(100);
    assert.equal(await total(), records);
  });
});
