/** Keeps a store's timetables those of its modules and its client's zone. */
import { createHash } from 'node:crypto';
import type { JobJson } from '../../../schemas/module/index.ts';
import type { Database, Statement } from '../../../schemas/ports/index.ts';
import type { Tenant } from '../../tenant/tenant.ts';
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

/** What a client's modules run by themselves: job -> its timetable and when it runs first. */
function declared(tenant: Tenant, now: number): Map<string, { timetable: string; first: number }> {
  const found = new Map<string, { timetable: string; first: number }>();
  const { zone } = tenant.client;
  const retention = retentionTime(tenant);
  const night = nextRun(retention, zone, now);
  if (tenant.modules.length > 0 && night !== undefined) {
    found.set(retentionJob, { timetable: timetableOf(retention, zone)!, first: night });
  }
  for (const module of tenant.modules) {
    for (const [name, job] of Object.entries(module.manifest.jobs ?? {})) {
      const timetable = timetableOf(job, zone);
      const first = 'everySeconds' in job ? now : nextRun(job, zone, now);
      if (timetable === undefined || first === undefined || !module.code?.jobs?.[name]) continue;
      found.set(`${module.name}.${name}`, { timetable, first });
    }
  }
  return found;
}

/** Adds, changes and removes rows where they differ. Two that do so at once agree. */
export async function syncTimetables(db: Database, tenant: Tenant, now: number): Promise<void> {
  const wanted = declared(tenant, now);
  const [present] = await db.read([{ sql: 'SELECT "name", "timetable" FROM "_job" WHERE "timetable" IS NOT NULL' }]);
  const known = new Map(present!.rows as unknown as [string, string][]);
  const steps: Statement[] = [];
  for (const name of known.keys()) {
    if (!wanted.has(name)) steps.push({ sql: `DELETE FROM "_job" WHERE "name" = ? AND "key" = ''`, args: [name] });
  }
  for (const [name, { timetable, first }] of wanted) {
    if (known.get(name) === timetable) continue;
    steps.push({
      sql: `INSERT INTO "_job" ("name", "key", "timetable", "planned_at", "next_at") VALUES (?, '', ?, ?, ?) ON CONFLICT ("name", "key") DO UPDATE SET "timetable" = excluded."timetable", "planned_at" = excluded."planned_at", "next_at" = CASE WHEN "runner" IS NULL THEN excluded."next_at" ELSE "next_at" END WHERE "timetable" <> excluded."timetable"`,
      args: [name, timetable, first, first],
    });
  }
  if (steps.length > 0) await db.write(steps);
}
