import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import type { ManifestJson } from '../../schemas/module/index.ts';
import type {
  AnalyticsOfSite,
  AnalyticsReport,
  ApiKey,
  Client,
  ModuleSummary,
  Site,
} from '../../schemas/protocol/index.ts';
import { type DemoClient, type DemoWorld, demoClient, startDemoWorld } from '../support/demo-world.ts';

type Row = Record<string, unknown> & { id: string };

describe('whole clients over HTTP', () => {
  let world: DemoWorld;
  let cookie: string;
  let salon: Client;
  let archive: Uint8Array;
  before(async () => {
    world = await startDemoWorld({ env: { ARCHIVE_MAX_BYTES: '20000000' } });
    const { email, password } = world.demo;
    const signedIn = await send('POST', '/api/session', JSON.stringify({ email, password }));
    cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!;
    salon = (await world.api.get<Client[]>('/api/clients')).find(client => client.name !== 'Hudson Dental')!;
  });
  after(() => world?.host.stop());

  const send = (method: string, path: string, body?: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
    fetch(`${world.host.url}${path}`, {
      method,
      headers: {
        origin: world.host.url,
        ...(cookie ? { cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      body,
    });
  const newClient = (name: string) => world.api.send<Client>('/api/clients', { body: { name, zone: 'Europe/Prague' } });
  const bringIn = (id: string, bytes: Uint8Array) =>
    send('POST', `/api/clients/${id}/import`, new Uint8Array(bytes), 'application/zip');
  const keyed = async (id: string): Promise<DemoClient> => {
    const made = await world.api.send<ApiKey>(`/api/clients/${id}/keys`, { body: { name: 'Test', scopes: ['*'] } });
    return demoClient(world.host.url, made.key!, '');
  };
  const manifests = async () => {
    const summaries = await world.api.get<ModuleSummary[]>('/api/modules');
    return Promise.all(summaries.map(({ name }) => world.api.get<ModuleSummary>(`/api/modules/${name}`)));
  };
  const visits = 'metrics=views,visits,bounceRate&interval=total';
  const figuresOf = async (site: string) =>
    (await world.api.get<AnalyticsReport>(`/api/sites/${site}/analytics?${visits}`)).totals;
  const overviewOf = async (site: string) => {
    const sites = await world.api.get<AnalyticsOfSite[]>('/api/analytics');
    const { visits, views } = sites.find(({ siteId }) => siteId === site)!.values;
    return { visits, views };
  };
  /** The figures once they have been counted. */
  const countVisits = async ({ id, siteKey }: Site, times: number) => {
    const before = Number((await figuresOf(id)).views);
    // One who asks for the site at the platform's own address is at one of its origins.
    const headers = { origin: world.host.url, 'user-agent': 'Mozilla/5.0 Firefox/140.0', 'content-type': 'text/plain' };
    const events = [{ kind: 'view' }, { kind: 'vital', name: 'left', value: 2_000 }];
    const body = JSON.stringify({ path: '/a', referrer: '', locale: 'cs', device: 'mobile', events });
    for (let index = 0; index < times; index++) {
      const reply = await fetch(`${world.host.url}/embed/${siteKey}/events`, { method: 'POST', headers, body });
      assert.equal(reply.status, 202);
    }
    for (let tries = 0; tries < 100 && (await figuresOf(id)).views !== before + times; tries++)
      await new Promise(resume => setTimeout(resume, 100));
    return figuresOf(id);
  };
  const everyList = async (client: DemoClient): Promise<Record<string, Row[]>> => {
    const lists: Record<string, Row[]> = {};
    for (const { name, manifest } of await manifests()) {
      for (const entity of Object.keys((manifest as ManifestJson).entities)) {
        const reply = await client.call(`${name}/v1/${entity}?page[size]=200&sort=createdAt`);
        if (reply.ok) lists[`${name}.${entity}`] = ((await reply.json()) as { data: Row[] }).data;
      }
    }
    return lists;
  };

  it('a salon moves into a new client with every record, file and site', async () => {
    const bytes = new Uint8Array(Buffer.from('a,b\n1,2\n'));
    const made = await fetch(`${world.host.url}/api/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.salon.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'list.csv', size: bytes.length, contentType: 'text/csv', purpose: 'import' }),
    });
    const { id, upload } = ((await made.json()) as { data: { id: string; upload: { url: string } } }).data;
    await fetch(upload.url, { method: 'PUT', headers: { 'content-type': 'text/csv' }, body: bytes });
    const auth = { authorization: `Bearer ${world.salon.key}` };
    assert.equal(
      (await fetch(`${world.host.url}/api/files/${id}/complete`, { method: 'POST', headers: auth })).status,
      200,
    );

    const [own] = await world.api.get<Site[]>(`/api/clients/${salon.id}/sites`);
    const counted = await countVisits(own!, 3);
    const exported = await send('GET', `/api/clients/${salon.id}/export`);
    assert.equal(exported.status, 200);
    archive = new Uint8Array(await exported.arrayBuffer());
    const target = await newClient('Moved');
    const imported = await bringIn(target.id, archive);
    const text = await imported.text();
    assert.equal(imported.status, 201, text);
    const report = (
      JSON.parse(text) as {
        data: { records: number; files: number; counts: number; sites: { from: string; to: string }[] };
      }
    ).data;

    const there = await keyed(target.id);
    const [before, after] = [await everyList(world.salon), await everyList(there)];
    const ids = new Map(report.sites.map(({ from, to }) => [from, to]));
    const expected = JSON.parse(JSON.stringify(before), (_key, value) => ids.get(value) ?? value);
    assert.deepEqual(after, expected);
    assert.ok(Object.values(before).flat().length > 30);
    assert.ok(report.records >= Object.values(before).flat().length);
    assert.equal(report.files, 1);
    const file = await fetch(`${world.host.url}/api/files/${id}`, {
      headers: { authorization: `Bearer ${there.key}` },
    });
    assert.equal(await file.text(), 'a,b\n1,2\n');
    const [site] = await world.api.get<Site[]>(`/api/clients/${target.id}/sites`);
    const [source] = await world.api.get<Site[]>(`/api/clients/${salon.id}/sites`);
    assert.deepEqual([site!.name, site!.locale], [source!.name, source!.locale]);
    assert.notEqual(site!.siteKey, source!.siteKey);
    assert.ok(report.counts > 10);
    assert.deepEqual(await figuresOf(site!.id), counted);
    assert.deepEqual(await overviewOf(site!.id), { visits: 3, views: 3 });
    // What is counted from now on is added, here and there.
    assert.deepEqual(await countVisits(site!, 1), { ...counted, views: 4, visits: 4 });
    assert.deepEqual(await figuresOf(own!.id), counted);
    // Rules live on: a time that is taken is taken here too.
    const taken = after['booking.booking']!.find(row => row['status'] === 'confirmed')!;
    const again = await there.call('booking/v1/actions/book', {
      body: {
        service: taken['service'],
        staff: taken['resource'],
        start: taken['start'],
        name: 'X',
        email: 'x@y.example',
      },
    });
    assert.equal(again.status, 409);
    assert.equal((await bringIn(target.id, archive)).status, 409);
  });

  it('row 6: hostile archives are refused, and the client stays new', async () => {
    const target = await newClient('Hostile');
    const good = unzipSync(archive);
    const manifest = good['manifest.json']!;
    const person = 'data/party.person.jsonl';
    const deep = (bytes: Uint8Array, sign: string, at: number, value: Buffer) => {
      const copy = Buffer.from(bytes);
      const start = copy.indexOf(Buffer.from(sign, 'latin1'));
      value.copy(copy, start + at);
      return copy;
    };
    const u32 = (value: number) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(value);
      return bytes;
    };
    const u16 = (value: number) => u32(value).subarray(0, 2);
    const zip = (more: Zippable) => zipSync({ ...good, ...more }, { level: 0 });
    const base = zip({});
    const link: Zippable = { 'files/x': [strToU8('/etc/passwd'), { os: 3, attrs: (0o120777 << 16) >>> 0 }] };
    const linked: Zippable = { [person]: [good[person]!, { os: 3, attrs: (0o120777 << 16) >>> 0 }] };
    const withMember = (name: string, lines: string) => {
      const told = JSON.parse(Buffer.from(manifest).toString()) as { members: Record<string, object> };
      const sha256 = createHash('sha256').update(lines).digest('hex');
      const members = { ...told.members, [name]: { rows: lines.split('\n').length - 1, sha256 } };
      return zip({ [name]: strToU8(lines), 'manifest.json': strToU8(JSON.stringify({ ...told, members })) });
    };
    const cases: [string, Uint8Array, number][] = [
      ['no archive', strToU8('nothing'), 422],
      ['6a ../', zip({ '../evil': strToU8('x') }), 422],
      ['6b absolute', zip({ '/etc/passwd': strToU8('x') }), 422],
      ['6c a symlink by another name', zip(link), 422],
      ['6c a symlink by a good name', zip(linked), 422],
      ['6d a member of 4 GB', deep(base, 'PK\x01\x02', 24, u32(0xfffffffe)), 413],
      ['6e 70,000 entries', deep(base, 'PK\x05\x06', 10, u16(0xffff)), 413],
      ['no manifest', zipSync({ [person]: good[person]! }), 422],
      ['cut short', base.subarray(0, base.length - 100), 422],
      ['a changed row', zip({ [person]: strToU8(`${Buffer.from(good[person]!)}{"id":"x"}\n`) }), 422],
      [
        'another format',
        zip({ 'manifest.json': strToU8(Buffer.from(manifest).toString().replace('"format": 1', '"format": 2')) }),
        422,
      ],
      ['counts of no site', zip({ 'counts/mark.jsonl': strToU8('{"site":"x"}\n') }), 422],
      ['a table that is none', zip({ 'counts/sqlite.jsonl': strToU8('') }), 422],
      ['counts that do not hold', withMember('counts/daily.jsonl', '{"site":1}\n'), 422],
      ['a bomb', zipSync({ [person]: new Uint8Array(30_000_000) }), 413],
    ];
    for (const [name, bytes, status] of cases) {
      const reply = await bringIn(target.id, bytes);
      assert.equal(reply.status, status, `${name}: ${await reply.text()}`);
      assert.deepEqual(await world.api.get<Site[]>(`/api/clients/${target.id}/sites`), [], name);
    }
    assert.equal((await bringIn(target.id, archive)).status, 201);
  });

  it('a copy of a site has its look, modules and settings and none of its records', async () => {
    const [source] = await world.api.get<Site[]>(`/api/clients/${salon.id}/sites`);
    await world.api.send(`/api/sites/${source!.id}`, { method: 'PATCH', body: { theme: { accent: '#123456' } } });
    const copy = await world.api.send<Site>(`/api/sites/${source!.id}/clone`, {
      body: { name: 'Copy', origins: ['https://copy.example/x'] },
    });
    assert.deepEqual([copy.theme, copy.locale, copy.name], [{ accent: '#123456' }, source!.locale, 'Copy']);
    const modules = (id: string) => world.api.get(`/api/sites/${id}/modules`);
    assert.deepEqual(await modules(copy.id), await modules(source!.id));
    const origins = await world.api.get<{ origin: string }[]>(`/api/sites/${copy.id}/origins`);
    assert.deepEqual(
      origins.map(({ origin }) => origin),
      ['https://copy.example'],
    );
    assert.deepEqual(await figuresOf(copy.id), { views: 0, visits: 0, bounceRate: null });
    const before = await figuresOf(source!.id);
    const moved = await world.api.send<Site>(`/api/sites/${source!.id}/clone`, {
      body: { name: 'Moved', counts: true },
    });
    assert.deepEqual(await figuresOf(moved.id), before);
    assert.deepEqual(await overviewOf(moved.id), { visits: before.visits, views: before.views });
    // To another client: its database, not that of the one who had it.
    const receiver = (await world.api.get<Client[]>('/api/clients')).find(({ name }) => name === 'Moved')!;
    const sent = await world.api.send<Site>(`/api/sites/${source!.id}/clone`, {
      body: { name: 'Sent', counts: true, clientId: receiver.id },
    });
    await world.api.send(`/api/sites/${moved.id}`, { method: 'DELETE' });
    assert.deepEqual(await figuresOf(sent.id), before);
    const theirs = await world.host.databases.open(`analytics-${receiver.id}`);
    const [found] = await theirs.read([{ sql: 'SELECT count(*) FROM hourly WHERE site = ?', args: [sent.id] }]);
    assert.ok(Number(found!.rows[0]![0]) > 5);
    const other = await newClient('Bare');
    const refused = await send(
      'POST',
      `/api/sites/${source!.id}/clone`,
      JSON.stringify({ name: 'X', clientId: other.id }),
    );
    assert.equal(refused.status, 409);
  });

  it('an erased person is gone from the records, the log and the files on disk, and no archive brings them back', async () => {
    const canary = { name: 'Canary Zzyzx', email: 'canary.zzyzx@mail.example', phone: '+420601999888' };
    const service = (await world.salon.data<Row[]>('booking/v1/service?page[size]=1'))[0]!;
    const [start] = await world.salon.slots(service.id);
    await world.salon.action('book', { service: service.id, start, ...canary, note: 'zzyzxsecret allergy' });
    const old = new Uint8Array(await (await send('GET', `/api/clients/${salon.id}/export`)).arrayBuffer());
    const untouched = (lists: Record<string, Row[]>) =>
      lists['booking.booking']!.filter(row => row['name'] !== '[erased]' && row['name'] !== canary.name);
    const others = untouched(await everyList(world.salon));

    const reply = await send(
      'POST',
      `/api/clients/${salon.id}/erase-person`,
      JSON.stringify({ email: ` ${canary.email.toUpperCase()}` }),
    );
    const text = await reply.text();
    assert.equal(reply.status, 200, text);
    const proof = (
      JSON.parse(text) as {
        data: { records: { entity: string }[]; residue: unknown[]; hash: string; compacted: boolean };
      }
    ).data;
    assert.deepEqual(proof.records.map(({ entity }) => entity).sort(), ['booking.booking', 'party.person']);
    assert.deepEqual([proof.residue, proof.hash.length, proof.compacted], [[], 64, world.host.kind === 'node']);
    assert.ok(!/zzyzx|601999888/i.test(text));

    const lists = await everyList(world.salon);
    assert.ok(!/zzyzx|601999888/i.test(JSON.stringify(lists)));
    assert.deepEqual(untouched(lists), others);
    if (world.host.dataFolder) {
      const stores = join(world.host.dataFolder, 'stores');
      for (const name of readdirSync(stores)) {
        assert.ok(!/zzyzx|601999888/i.test(readFileSync(join(stores, name)).toString('latin1')), name);
      }
    }
    assert.equal(
      (await send('POST', `/api/clients/${salon.id}/erase-person`, JSON.stringify({ email: canary.email }))).status,
      404,
    );

    assert.match(Buffer.from(unzipSync(old)['data/party.person.jsonl']!).toString(), /zzyzx/);
    const target = await newClient('Restored');
    const imported = (await (await bringIn(target.id, old)).json()) as { data: { suppressed: number } };
    assert.equal(imported.data.suppressed, 2);
    assert.ok(!/zzyzx|601999888/i.test(JSON.stringify(await everyList(await keyed(target.id)))));
  });

  it('a purge needs a deleted client and its name, and leaves nothing', async () => {
    const target = await newClient('Purge me');
    assert.equal((await bringIn(target.id, archive)).status, 201);
    const there = await keyed(target.id);
    const purge = (confirm: string) => send('POST', `/api/clients/${target.id}/purge`, JSON.stringify({ confirm }));
    assert.equal((await purge('Purge me')).status, 404);
    for (const { id } of await world.api.get<Site[]>(`/api/clients/${target.id}/sites`))
      await world.api.send(`/api/sites/${id}`, { method: 'DELETE' });
    await world.api.send(`/api/clients/${target.id}`, { method: 'DELETE' });
    assert.equal((await purge('purge me')).status, 422);
    const control = await world.host.databases.open('control');
    const [named] = await control.read([{ sql: 'SELECT name FROM store WHERE client_id = ?', args: [target.id] }]);
    // Its records, and what was counted.
    const own = [named!.rows[0]![0] as string, `analytics-${target.id}`];
    const blobs = await world.host.blobs();
    const kept = async () => (await blobs.list(target.id)).length;
    const left = () => world.host.databaseNames().filter(name => own.includes(name));
    assert.deepEqual([await kept(), left().sort()], [1, own.toSorted()]);
    const others = world.host.databaseNames().length - own.length;
    assert.equal((await purge('Purge me')).status, 204);
    assert.deepEqual([await kept(), left(), world.host.databaseNames().length], [0, [], others]);
    await assert.rejects(async () => {
      const counts = await world.host.databases.open(`analytics-${target.id}`);
      await counts.read([{ sql: 'SELECT count(*) FROM hourly' }]);
    });
    const days = control.read([
      {
        sql: 'SELECT count(*) FROM site_day JOIN site ON site.id = site_id WHERE client_id = ?',
        args: [target.id],
      },
    ]);
    assert.equal(Number((await days)[0]!.rows[0]![0]), 0);
    assert.equal((await there.call('booking/v1/service')).status, 401);
    assert.equal((await purge('Purged')).status, 204);
  });

  it('needs a session of the agency, its own page and an archive', async () => {
    const paths = [
      `/api/clients/${salon.id}/import`,
      `/api/clients/${salon.id}/erase-person`,
      `/api/clients/${salon.id}/purge`,
    ];
    for (const path of paths) {
      const type = path.endsWith('import') ? 'application/zip' : 'application/json';
      const call = (headers: Record<string, string>) =>
        fetch(`${world.host.url}${path}`, {
          method: 'POST',
          headers: { 'content-type': type, ...headers },
          body: '{}',
        });
      assert.equal((await call({ origin: world.host.url })).status, 401, path);
      assert.equal((await call({ cookie, origin: 'https://evil.example' })).status, 403, path);
      assert.equal((await call({ cookie })).status, 403, path);
      assert.equal((await call({ cookie, origin: world.host.url, 'content-type': 'text/plain' })).status, 415, path);
    }
    assert.equal((await fetch(`${world.host.url}/api/clients/${salon.id}/export`)).status, 401);
    assert.equal((await send('GET', '/api/clients/019a0000-0000-7000-8000-000000000000/export')).status, 404);
  });
});
