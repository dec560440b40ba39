/** Copies a site's look, modules and settings to a new site, of the same client or another one of the agency; no records. */
import { and, eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import { auditRow } from '../account/audit-trail.ts';
import * as fields from '../account/fields.ts';
import { findClient, findSite, type SiteRow } from '../account/scope.ts';
import type { StaffSession } from '../auth/sessions.ts';
import { installation, site, siteModule, siteOrigin } from '../control/schema.ts';
import { shortId } from '../control/short-id.ts';
import type { PortabilityDeps } from './deps.ts';

export const cloneBody = z.strictObject({
  name: fields.name,
  origins: z.array(fields.origin).max(20).default([]),
  clientId: fields.id.optional(),
});

/** Throws NOT_FOUND, and CONFLICT where the other client lacks a module that the site has on. */
export async function cloneSite(
  { control }: Pick<PortabilityDeps, 'control'>,
  session: StaffSession,
  siteId: string,
  { name, origins, clientId }: z.output<typeof cloneBody>,
): Promise<SiteRow> {
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
      diff: { from: from.id, name },
    }),
  ]);
  for (const origin of origins) control.origins.forget(origin);
  await control.onTenantChange(target.id);
  return row;
}
