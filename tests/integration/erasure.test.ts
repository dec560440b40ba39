/** A person is planted wherever the public API writes one down, erased, and looked for in all that the host keeps. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../schemas/ports/index.ts';
import type {
  ApiKey,
  AuditVerdict,
  Client,
  ErasurePreview,
  ErasureProof,
  Site,
  Snapshot,
} from '../../schemas/protocol/index.ts';
import { type DemoClient, type DemoWorld, demoClient, startDemoWorld } from '../support/demo-world.ts';

describe('a person is erased everywhere', () => {
  const canary = { name: 'Canary Zzyzx', email: 'canary.zzyzx@mail.example', phone: '+420601999888' };
  const sought = /zzyzx|601999888/i;
  let world: DemoWorld;
  let salon: Client;
  let cookie: string;
  before(async () => {
    world = await startDemoWorld({ env: { ARCHIVE_MAX_BYTES: '20000000' } });
    const clients = await world.api.get<Client[]>('/api/clients');
    salon = clients.find(({ name }) => name !== 'Hudson Dental')!;
    const { email, password } = world.demo;
    const signedIn = await fetch(`${world.host.url}/api/session`, {
      method: 'POST',
      headers: { origin: world.host.url, 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!;
  });
  after(() => world?.host.stop());

  /** Where the person can be read: files of the data folder, or columns of the databases and blobs behind a Worker. */
  const places = async (): Promise<string[]> => {
    const { dataFolder } = world.host;
    if (dataFolder) {
      const files = readdirSync(dataFolder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
      return files.flatMap(({ parentPath, name }) =>
        sought.test(readFileSync(join(parentPath, name)).toString('latin1')) ? [name] : [],
      );
    }
    const control = await world.host.databases.open('control');
    const [stores] = await control.read([{ sql: 'SELECT name FROM store UNION SELECT name FROM snapshot' }]);
    const found: string[] = await textsIn('control', control);
    for (const [name] of stores!.rows as [string][]) {
      const store = await (async () => world.host.databases.open(name))().catch(() => undefined);
      if (store) found.push(...(await textsIn(name, store)));
    }
    return found;
  };
  const textsIn = async (name: string, db: Database): Promise<string[]> => {
    const [tables] = await db.read([{ sql: `SELECT name FROM sqlite_schema WHERE type = 'table'` }]);
    const found: string[] = [];
    for (const [table] of tables!.rows as [string][]) {
      const [all] = await db.read([{ sql: `SELECT * FROM "${table}"` }]);
      const texts = all!.rows
        .flat()
        .map(value => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));
      if (sought.test(texts.join('\n'))) found.push(`${name}.${table}`);
    }
    return found;
  };
  const keyed = async (id: string): Promise<DemoClient> => {
    const made = await world.api.send<ApiKey>(`/api/clients/${id}/keys`, { body: { name: 'Test', scopes: ['*'] } });
    return demoClient(world.host.url, made.key!, '');
  };
  const erase = (id: string) =>
    world.api.send<ErasureProof>(`/api/clients/${id}/erase-person`, { body: { email: canary.email } });
  const mails = async (): Promise<string> => {
    const { dataFolder, databases } = world.host;
    if (dataFolder) {
      const folder = join(dataFolder, 'mail');
      return readdirSync(folder)
        .map(name => readFileSync(join(folder, name), 'utf8'))
        .join('\n');
    }
    const [rows] = await (await databases.open('control')).read([{ sql: 'SELECT record FROM _mail_outbox' }]);
    return rows!.rows.join('\n');
  };

  it('from records, kept replies, imports, events, search, mails, copies of the store and tables of a removed module', async () => {
    const service = (await world.salon.data<{ id: string }[]>('booking/v1/service?page[size]=1'))[0]!;
    const [start] = await world.salon.slots(service.id);
    const booked = await world.salon.call('booking/v1/actions/book', {
      body: { service: service.id, start, ...canary, note: 'zzyzxsecret allergy' },
      headers: { 'idempotency-key': 'canary-booking' },
    });
    assert.ok(booked.ok, await booked.text());
    for (let tries = 0; tries < 100 && !sought.test(await mails().catch(() => '')); tries++) {
      await world.host.tick?.();
      await sleep(100);
    }
    assert.match(await mails(), sought, 'the customer was written to');
    const csv = `name,email,phone\nZzyzx Canary,${canary.email},${canary.phone}\nZzyzx Wrong,not-an-address,1\n`;
    const imported = await world.salon.call('party/v1/person/import', {
      body: { csv, match: 'email' },
      headers: { 'idempotency-key': 'canary-import' },
    });
    const told = (await imported.json()) as { data: { update: number; error: number } };
    assert.deepEqual([told.data.update, told.data.error], [1, 1]);

    const archive = await fetch(`${world.host.url}/api/clients/${salon.id}/export`, {
      headers: { cookie, origin: world.host.url },
    });
    const moved = await world.api.send<Client>('/api/clients', { body: { name: 'Moved', zone: 'Europe/Prague' } });
    const taken = await fetch(`${world.host.url}/api/clients/${moved.id}/import`, {
      method: 'POST',
      headers: { cookie, origin: world.host.url, 'content-type': 'application/zip' },
      body: await archive.arrayBuffer(),
    });
    assert.equal(taken.status, 201, await taken.text());
    for (const { id } of await world.api.get<Site[]>(`/api/clients/${moved.id}/sites`))
      await world.api.send(`/api/sites/${id}/modules/booking`, { method: 'PUT', body: { enabled: false } });
    await world.api.send(`/api/clients/${moved.id}/installations/booking`, { method: 'DELETE' });

    const taking = `/api/clients/${salon.id}/snapshots`;
    const copy = await world.api.send<Snapshot>(taking, { method: 'POST', body: {} });
    await world.api.send(`${taking}/${copy.id}/restore`, { method: 'POST', body: {} });
    const trail = () => world.api.get<AuditVerdict>(`/api/audit/verify?clientId=${salon.id}`);
    const restored = await trail();
    assert.ok(restored.ok && restored.anchored > 0, 'the restored trail has the anchor of its copy');
    await world.salon.data('party/v1/person?q=zzyzx');
    const before = await places();
    assert.ok(before.length >= 4, `planted in ${before.join(', ')}`);

    const audited = async () => (await world.api.get<unknown[]>(`/api/audit?clientId=${salon.id}`)).length;
    const entries = await audited();
    const look = () =>
      world.api.send<ErasurePreview>(`/api/clients/${salon.id}/erase-person`, {
        body: { email: canary.email.toUpperCase(), dryRun: true },
      });
    const found = await look();
    assert.deepEqual(found.records.map(({ entity, count }) => `${entity} ${count}`).sort(), [
      'booking.booking 1',
      'party.person 1',
    ]);
    assert.deepEqual([found.addresses, found.kept, found.snapshots > 0], [[canary.email], [], true]);
    assert.equal(await audited(), entries, 'a look is written down nowhere');
    assert.ok((await places()).length >= before.length, 'and takes nothing');
    const proof = await erase(salon.id);
    assert.deepEqual((await look()).records, []);
    assert.deepEqual(proof.records.map(({ entity }) => entity).sort(), ['booking.booking', 'party.person']);
    assert.deepEqual([proof.residue, proof.scrubbed.mails], [[], 1]);
    assert.deepEqual(await world.salon.data('party/v1/person?q=zzyzx'), []);
    assert.deepEqual(await world.api.get(taking), []);

    assert.equal((await trail()).broken, null);
    // Nobody can see the removed module's bookings any more; the person is in them all the same.
    const gone = await erase(moved.id);
    assert.deepEqual(gone.records.map(({ entity }) => entity).sort(), ['booking.booking', 'party.person']);
    assert.deepEqual(gone.residue, []);
    await world.api.send(`/api/clients/${moved.id}/installations`, { body: { module: 'booking' } });
    const bookings = await (await keyed(moved.id)).data<{ name: string; start: string }[]>(
      'booking/v1/booking?page[size]=200',
    );
    assert.equal(bookings.filter(({ name }) => name === '[erased]').length, 1, 'the booking itself came back');

    assert.deepEqual(await places(), []);
  });
});
