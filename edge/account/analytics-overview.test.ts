/** The overview of all sites: its sums, its order of pages, its CSV, one question to the database, and nothing of another agency. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import type { AnalyticsOfSite, AnalyticsOverview } from '../../schemas/protocol/index.ts';
import { addDays } from '../../schemas/time/index.ts';
import { type Caller, createWorld, type World } from '../../tests/support/control-world.ts';
import { site, siteDay } from '../control/schema.ts';

const SITES = 500;
const range = 'from=2026-02-01&to=2026-02-28';

describe('the overview of all sites', () => {
  let world: World;
  let owner: Caller;
  let clientId: string;
  const ids: string[] = [];
  const ask = async (query = range, caller = owner): Promise<AnalyticsOverview> => {
    const { status, body, text } = await world.call(caller, 'GET', `/api/analytics?${query}`);
    assert.equal(status, 200, text);
    return body;
  };
  before(async () => {
    world = createWorld();
    owner = await world.signUp('owner@a.test', 'A');
    const client = await world.call(owner, 'POST', '/api/clients', { name: '=Rosa', zone: 'Europe/Prague' });
    clientId = client.body.data.id;
  });
  after(() => world.close());

  it('has nothing before there is a site', async () => {
    const { data, page, meta } = await ask();
    assert.deepEqual([data, page.after, meta], [[], null, { from: '2026-02-01', to: '2026-02-28', every: 1 }]);
    assert.equal((await world.call(owner, 'GET', '/api/analytics.csv')).text.split('\r\n').length, 2);
  });

  it('adds up days of the period and of the one before, for 500 sites, in two reads a page', async () => {
    const rest = { clientId, locale: 'en', zone: 'UTC', theme: {}, createdAt: 0, deletedAt: null };
    for (let index = 0; index < SITES; index++) {
      ids.push(uuidv7());
      await world.db.insert(site).values({ ...rest, id: ids[index]!, name: `Site ${index}`, siteKey: `key_${index}` });
    }
    ids.sort();
    const counts = { views: 4, visits: 2, visitors: 2, starts: 1, completions: 1, errors: 0 };
    for (const siteId of ids.slice(0, 400)) {
      // The days before the period, all of it, and one day after it.
      const days = Array.from({ length: 57 }, (_, index) => addDays('2026-01-04', index));
      await world.db
        .insert(siteDay)
        .values(days.map(day => ({ siteId, day, ...counts, visits: day < '2026-02-01' ? 1 : 2 })));
    }
    const { open } = world.databases;
    let batches = 0;
    world.databases.open = async name => {
      const database = await open.call(world.databases, name);
      return {
        read: statements => {
          batches += 1;
          return database.read(statements);
        },
        write: statements => database.write(statements),
      };
    };
    const sites: AnalyticsOfSite[] = [];
    let pages = 0;
    for (let after: string | null = ''; after !== null; pages++) {
      const cursor: string = after && `&page[after]=${encodeURIComponent(after)}`;
      const { data, page }: AnalyticsOverview = await ask(`${range}${cursor}`);
      sites.push(...data);
      after = page.after;
    }
    world.databases.open = open;
    // One that finds the session, one the sites, one their days.
    assert.deepEqual([pages, batches], [3, 9]);
    assert.deepEqual(
      sites.map(({ siteId }) => siteId),
      ids,
    );
    const [first] = sites;
    assert.equal(first!.clientName, '=Rosa');
    assert.deepEqual(first!.values, { views: 112, visits: 56, visitors: 56, starts: 28, completions: 28, errors: 0 });
    assert.deepEqual(first!.before, { views: 112, visits: 28, visitors: 56, starts: 28, completions: 28, errors: 0 });
    assert.deepEqual(first!.series, Array(28).fill(2));
    assert.deepEqual([sites.at(-1)!.values.views, sites.at(-1)!.series.length], [0, 28]);
  });

  it('a long period has points of several days', async () => {
    const { data, meta } = await ask('from=2026-01-01&to=2026-03-31');
    assert.equal(meta.every, 3);
    assert.equal(data[0]!.series.length, 30);
    assert.deepEqual(data[0]!.series.slice(0, 3), [0, 3, 3]);
    assert.equal(
      data[0]!.series.reduce((all, each) => all + each, 0),
      data[0]!.values.visits,
    );
  });

  it('the CSV has every site, and no formula', async () => {
    const { text, headers } = await world.call(owner, 'GET', `/api/analytics.csv?${range}`);
    const lines = text.trimEnd().split('\r\n');
    assert.match(headers.get('content-disposition')!, /sites-2026-02-01-2026-02-28\.csv/);
    assert.equal(lines.length, SITES + 1);
    assert.equal(lines[0]!.split(',').slice(0, 3).join(), 'client,site,visits');
    assert.match(lines[1]!, /^'=Rosa,Site \d+,56,56,112,28,28,0,28,/);
  });

  it('the last days are those of each site, by its own clock', async () => {
    const now = world.time.now;
    const [ahead, behind] = ids as unknown as [string, string];
    const zones = { [ahead]: 'Pacific/Kiritimati', [behind]: 'Pacific/Pago_Pago' };
    for (const id of ids.slice(0, 2)) await world.db.delete(siteDay).where(eq(siteDay.siteId, id));
    for (const [id, zone] of Object.entries(zones)) await world.db.update(site).set({ zone }).where(eq(site.id, id));
    const counts = { visits: 1, visitors: 1, starts: 0, completions: 0, errors: 0 };
    const days = [1, 0, -1, -2, -6, -7, -8, -9].map(past => addDays('2026-03-02', past));
    for (const siteId of [ahead, behind])
      await world.db.insert(siteDay).values(days.map((day, index) => ({ siteId, day, views: 10 ** index, ...counts })));
    const viewsAt = async (time: string) => {
      world.time.now = Date.parse(time);
      const { data, meta } = await ask('days=7');
      assert.equal(meta.to, '2026-03-02');
      const of = (id: string) => data.find(({ siteId }) => siteId === id)!;
      return [ahead, behind].map(id => [of(id).values.views, of(id).series.at(-1), of(id).before.views]);
    };
    // 14 hours ahead it is the 3rd from 10:00 on, 11 behind it is the 1st until 11:00.
    assert.deepEqual(await viewsAt('2026-03-02T10:30:00Z'), [
      [1_111, 1, 11_110_000],
      [111_100, 1, 11_000_000],
    ]);
    assert.equal((await world.call(owner, 'GET', '/api/analytics?days=0')).status, 400);
    assert.equal((await world.call(owner, 'GET', '/api/analytics?days=7&to=2026-03-02')).status, 400);
    world.time.now = now;
  });

  it('another agency, somebody of a client, an expired session and nobody see nothing of it', async () => {
    const other = await world.signUp('owner@b.test', 'B');
    assert.deepEqual((await ask(range, other)).data, []);
    const member = await world.join(owner, 'member@a.test', 'member');
    assert.equal((await ask(`${range}&page[size]=1`, member)).data.length, 1);
    const guest = await world.join(owner, 'client@a.test', 'client', clientId);
    for (const path of ['/api/analytics', '/api/analytics.csv']) {
      const statusOf = async (caller: Caller) => (await world.call(caller, 'GET', path)).status;
      assert.deepEqual([await statusOf(guest), await statusOf({})], [403, 401]);
      assert.equal((await world.call(owner, 'GET', `${path}?from=2026-03-01&to=2026-02-01`)).status, 400);
    }
    world.time.now += 15 * 86_400_000;
    assert.equal((await world.call(owner, 'GET', '/api/analytics.csv')).status, 401);
  });
});
