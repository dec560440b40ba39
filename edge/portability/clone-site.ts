/** Copies a site's look, modules and settings to a new site, of the same client or another one of the agency; no records, and counts where asked. */
import { and, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import { auditRow } from '../account/audit-trail.ts';
import * as fields from '../account/fields.ts';
import { findClient, findSite, type SiteRow } from '../account/scope.ts';
import { createSiteDays } from '../analytics/site-days.ts';
import { createAnalyticsStores } from '../analytics/stores.ts';
import type { StaffSession } from '../auth/sessions.ts';
import { installation, site, siteModule, siteOrigin } from '../control/schema.ts';
import { shortId } from '../control/short-id.ts';
import { countRows, countTables, dropCounts, writeCounts } from './counts.ts';
import { copyOfCounts } from './counts-copy.ts';
import type { PortabilityDeps } from './deps.ts';

export const cloneBody = z.strictObject({
  name: fields.name,
  origins: z.array(fields.origin).max(20).default([]),
  clientId: fields.id.optional(),
  /** Takes what was counted along, for a site that moves; a copy that is another site begins at nothing. */
  counts: z.boolean().default(false),
});

/** Throws NOT_FOUND, and CONFLICT where the other client lacks a module that the site has on. */
export async function cloneSite(
  deps: Pick<PortabilityDeps, 'control' | 'runtime'>,
  session: StaffSession,
  siteId: string,
  { name, origins, clientId, counts }: z.output<typeof cloneBody>,
): Promise<SiteRow> {
  const { control } = deps;
  const { db, ports } = control;
  const from = await findSite(control, session, siteId);
  const target = await findClient(control, session, clientId ?? from.clientId);
  const [modules, installed] = await db.batch([
    db.select().from(siteModule).where(eq(siteModule.siteId, from.id)),
    db
      .select({ name: installation.module })
      .from(installation)
      .where(and(eq(installation.clientId, target.id))),
  ]);
  const missing = modules.filter(row => row.enabled && !installed.some(entry => entry.name === row.module));
  if (missing.length > 0) {
    const detail = `Install ${missing.map(row => row.module).join(', ')} for ${target.name} first.`;
    throw Problem.of('CONFLICT', { detail });
  }
  const createdAt = ports.clock.now();
  const id = uuidv7();
  const row: SiteRow = {
    ...from,
    id,
    clientId: target.id,
    name,
    siteKey: `site_${shortId(16)}`,
    createdAt,
    deletedAt: null,
  };
  const kept = modules.filter(entry => installed.some(({ name }) => name === entry.module));
  // Before the site is there, so that what fails leaves no site without its past.
  const counted = counts && (await copyCounts(deps, from, { id, clientId: target.id }));
  await db.batch([
    db.insert(site).values(row),
    ...kept.map(entry => db.insert(siteModule).values({ ...entry, siteId: id, updatedAt: createdAt })),
    ...[...new Set(origins)].map(origin =>
      db.insert(siteOrigin).values({ id: uuidv7(), siteId: id, origin, createdAt }),
    ),
    auditRow(control, session, {
      action: 'site.clone',
      subjectId: id,
      clientId: target.id,
      diff: { from: from.id, name, counts },
    }),
  ]);
  for (const origin of origins) control.origins.forget(origin);
  await control.onTenantChange(target.id);
  if (counted) await createSiteDays({ db, clock: ports.clock, stores: storesOf(deps) }).copy(target.id, '');
  return row;
}

const storesOf = ({ control: { db, ports } }: Pick<PortabilityDeps, 'control'>) =>
  createAnalyticsStores({ db, clock: ports.clock, databases: ports.databases });

/** True where there was something to copy. */
async function copyCounts(
  deps: Pick<PortabilityDeps, 'control' | 'runtime'>,
  from: Pick<SiteRow, 'id' | 'clientId'>,
  to: Pick<SiteRow, 'id' | 'clientId'>,
): Promise<boolean> {
  const copy = await copyOfCounts(deps, from.clientId);
  if (!copy) return false;
  const target = await storesOf(deps).make(to.clientId);
  try {
    for (const table of countTables) {
      await writeCounts(target, table, countRows(copy.db, table, [from.id]), new Map([[from.id, to.id]]));
    }
  } catch (error) {
    await dropCounts(target, to.id);
    throw error;
  } finally {
    await copy.drop();
  }
  return true;
}
