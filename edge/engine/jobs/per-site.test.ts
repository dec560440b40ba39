/** A job of each site: in the site's zone, also when its clocks change, with its settings, and gone when the site is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entity, f, implement } from '../../../schemas/module/index.ts';
import type { Tenant, TenantSite } from '../../tenant/tenant.ts';
import { createTestEngine } from '../testing.ts';
import { testModule } from '../testing-module.ts';
import { rows } from '../testing-room.ts';
import { runDueJob } from './run-jobs.ts';
import { syncTimetables } from './timetables.ts';

const module = testModule({
  id: 'inlay.reports',
  settings: { title: f.text().default('Report') },
  entities: {
    report: entity({ label: 'Report', fields: { text: f.text() }, access: { admin: { read: true } } }),
  },
  jobs: { nightly: { cron: '30 2 * * *', per: 'site' } },
});
const code = implement(module, {
  jobs: {
    nightly(ctx) {
      const at = new Date(ctx.job.at).toISOString().slice(0, 16);
      ctx.asSystem().report.create({ text: `${ctx.site?.id} ${ctx.settings.title} ${at}` });
    },
  },
  actions: {},
});

test('a job of each site runs by the site', async t => {
  const engine = createTestEngine({ modules: [{ module, code }], now: '2026-03-07T12:00:00Z', zone: 'UTC' });
  t.after(() => engine.close());
  const [first] = engine.tenant.sites;
  const site = (id: string, zone: string, title?: string): TenantSite => ({
    ...first!,
    id,
    zone,
    modules: new Map(title ? [['reports', { title }]] : []),
  });
  const tenant: Tenant = {
    ...engine.tenant,
    sites: [site('prague', 'Europe/Prague', 'P'), site('york', 'America/New_York', 'Y'), site('bare', 'UTC')],
  };
  const db = await engine.runtime.stores.open(tenant.store, tenant.modules);
  const planned = () =>
    rows(engine, `SELECT key, timetable, next_at FROM _job WHERE name = 'reports.nightly' ORDER BY key`);
  await syncTimetables(db, tenant, engine.now);
  assert.deepEqual(await planned(), [
    ['prague', '30 2 * * * Europe/Prague', Date.parse('2026-03-08T01:30Z')],
    ['york', '30 2 * * * America/New_York', Date.parse('2026-03-08T07:00Z')],
  ]);
  const until = async (end: string, of = tenant) => {
    for (; engine.now <= Date.parse(end); engine.now += 30 * 60_000) await runDueJob(engine.runtime, of, db);
  };
  await until('2026-03-09T12:00:00Z');
  const reports = async () => (await rows(engine, 'SELECT text FROM reports_report ORDER BY id')).map(row => row[0]);
  // New York's clocks skip 02:30 on the 8th: it runs at the end of the gap, once.
  assert.deepEqual(await reports(), [
    'prague P 2026-03-08T01:30',
    'york Y 2026-03-08T07:00',
    'prague P 2026-03-09T01:30',
    'york Y 2026-03-09T06:30',
  ]);
  const moved: Tenant = { ...tenant, sites: [site('prague', 'Asia/Tokyo', 'P'), site('york', 'America/New_York')] };
  await syncTimetables(db, moved, engine.now);
  assert.deepEqual(await planned(), [['prague', '30 2 * * * Asia/Tokyo', Date.parse('2026-03-09T17:30Z')]]);
  await until('2026-03-10T12:00:00Z', { ...moved, sites: [] });
  assert.equal((await reports()).length, 4, 'what a site had goes with the site');
  assert.deepEqual(await planned(), []);
});
