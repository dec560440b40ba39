/** Keeps a store's timetables those of its modules and its client's zone. */
import { createHash } from 'node:crypto';
import type { JobJson } from '../../../schemas/module/index.ts';
import type { Database, Statement } from '../../../schemas/ports/index.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { takeBackStatement } from './job-rows.ts';
import { nextRun, timetableOf } from './next-run.ts';

/** The engine's own job in every store that has modules. */
export const retentionJob = '_store.retention';

/** A minute of the client's small hours, another for each store, so that they do not all come at once. */
function retentionTime({ store }: Tenant): JobJson {
  const minute = createHash('sha256').update(store).digest().readUInt16BE(0) % 240;
  return { cron: `${minute % 60} ${1 + Math.floor(minute / 60)} * * *` };
}

/** The job that a row of the list names; undefined where no module has it any more. */
export function jobOf(tenant: Tenant, name: string): JobJson | undefined {
  if (name === retentionJob) return retentionTime(tenant);
  const [module = '', job = ''] = name.split('.');
  return tenant.byName.get(module)?.manifest.jobs?.[job];
}

/** The zone that a row's timetable is read in: that of its site, which is its key, else the client's. Undefined for a site that is gone. */
export const zoneOf = ({ client, sites }: Tenant, key: string): string | undefined =>
  key === '' ? client.zone : sites.find(({ id }) => id === key)?.zone;

interface Declared {
  readonly name: string;
  /** The site of a job for each site, else empty. */
  readonly key: string;
  readonly timetable: string;
  readonly first: number;
}

/** Changes whenever the timetables may. */
export const timetablesFrom = ({ client, sites }: Tenant): string =>
  JSON.stringify([client.zone, sites.map(({ id, zone, modules }) => [id, zone, [...modules.keys()]])]);

/** What a client's modules run by themselves, and when each runs first. */
function declared(tenant: Tenant, now: number): Declared[] {
  const found: Declared[] = [];
  const add = (name: string, key: string, job: JobJson) => {
    const zone = zoneOf(tenant, key);
    const timetable = zone && timetableOf(job, zone);
    const first = zone && ('everySeconds' in job ? now : nextRun(job, zone, now));
    if (timetable && first) found.push({ name, key, timetable, first });
  };
  if (tenant.modules.length > 0) add(retentionJob, '', retentionTime(tenant));
  for (const module of tenant.modules) {
    for (const [name, job] of Object.entries(module.manifest.jobs ?? {})) {
      if (!module.code?.jobs?.[name]) continue;
      const perSite = 'cron' in job && job.per === 'site';
      const sites = tenant.sites.filter(({ modules }) => modules.has(module.name));
      for (const key of perSite ? sites.map(({ id }) => id) : ['']) add(`${module.name}.${name}`, key, job);
    }
  }
  return found;
}

/** Adds, changes and removes rows where they differ. Two that do so at once agree. */
export async function syncTimetables(db: Database, tenant: Tenant, now: number): Promise<void> {
  const wanted = declared(tenant, now);
  const [present] = await db.read([
    { sql: 'SELECT "name", "key", "timetable" FROM "_job" WHERE "timetable" IS NOT NULL' },
  ]);
  const rowOf = (name: string, key: string) => JSON.stringify([name, key]);
  const known = new Map((present!.rows as [string, string, string][]).map(row => [rowOf(row[0], row[1]), row]));
  const steps: Statement[] = [];
  const kept = new Set(wanted.map(({ name, key }) => rowOf(name, key)));
  for (const [row, [name, key]] of known) {
    if (!kept.has(row)) steps.push(takeBackStatement(name, key));
  }
  for (const { name, key, timetable, first } of wanted) {
    if (known.get(rowOf(name, key))?.[2] === timetable) continue;
    steps.push({
      sql: `INSERT INTO "_job" ("name", "key", "timetable", "planned_at", "next_at") VALUES (?, ?, ?, ?, ?) ON CONFLICT ("name", "key") DO UPDATE SET "timetable" = excluded."timetable", "planned_at" = excluded."planned_at", "next_at" = CASE WHEN "runner" IS NULL THEN excluded."next_at" ELSE "next_at" END WHERE "timetable" <> excluded."timetable"`,
      args: [name, key, timetable, first, first],
    });
  }
  if (steps.length > 0) await db.write(steps);
}
