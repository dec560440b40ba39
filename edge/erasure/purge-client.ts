/** Ends a deleted client for good: database, files, sites, keys and people of its own. */
import { and, eq, inArray, isNotNull, lte, ne, notExists } from 'drizzle-orm';
import { DatabaseError } from '../../schemas/ports/index.ts';
import { createAnalyticsStores } from '../analytics/stores.ts';
import {
  apiKey,
  auditAnchor,
  client,
  installation,
  invitation,
  membership,
  refusedOrigin,
  site,
  siteCaptcha,
  siteDay,
  siteHost,
  siteModule,
  siteOrigin,
  store,
  user,
} from '../control/schema.ts';
import type { Runtime } from '../engine/runtime.ts';
import { dropUploads } from '../files/parts.ts';
import { GRACE_MS } from '../files/sweep-job.ts';
import { hasFiles } from '../files/tables.ts';
import type { PortabilityDeps } from '../portability/deps.ts';
import { dropSnapshotsOf } from '../versions/snapshots.ts';

const PURGED = 'Purged';

/** Bytes first, names after: a run that is cut short is made whole by the next one. */
export async function purgeClient({ control, runtime }: PortabilityDeps, clientId: string): Promise<void> {
  const { db, ports } = control;
  const { blobs, databases } = runtime.ports;
  const stores = await db.select({ name: store.name }).from(store).where(eq(store.clientId, clientId));
  for (const { name } of stores) {
    await dropParts(runtime, name);
    await databases.drop(name);
    runtime.stores.forget(name);
  }
  await dropSnapshotsOf({ db, databases }, clientId);
  await createAnalyticsStores({ db, clock: ports.clock, databases }).drop(clientId);
  for (let keys = await blobs.list(clientId); keys.length > 0; keys = await blobs.list(clientId))
    await blobs.delete(keys);
  const sites = db.select({ id: site.id }).from(site).where(eq(site.clientId, clientId));
  const names = db.select({ name: store.name }).from(store).where(eq(store.clientId, clientId));
  const people = await db.select({ id: membership.userId }).from(membership).where(eq(membership.clientId, clientId));
  const ids = people.map(({ id }) => id);
  const now = ports.clock.now();
  await db.batch([
    db.delete(siteOrigin).where(inArray(siteOrigin.siteId, sites)),
    db.delete(siteCaptcha).where(inArray(siteCaptcha.siteId, sites)),
    db.delete(refusedOrigin).where(inArray(refusedOrigin.siteId, sites)),
    db.delete(siteHost).where(inArray(siteHost.siteId, sites)),
    db.delete(siteModule).where(inArray(siteModule.siteId, sites)),
    db.delete(siteDay).where(inArray(siteDay.siteId, sites)),
    db.update(site).set({ name: PURGED, theme: {}, deletedAt: now }).where(eq(site.clientId, clientId)),
    db.delete(installation).where(eq(installation.clientId, clientId)),
    db.delete(invitation).where(eq(invitation.clientId, clientId)),
    db.delete(membership).where(eq(membership.clientId, clientId)),
    ...ids.map(id =>
      db
        .update(user)
        .set({ name: PURGED, email: `${id}@purged.invalid`, passwordHash: '' })
        .where(
          and(
            eq(user.id, id),
            notExists(db.select({ id: membership.id }).from(membership).where(eq(membership.userId, user.id))),
          ),
        ),
    ),
    db.update(apiKey).set({ name: PURGED, revokedAt: now }).where(eq(apiKey.clientId, clientId)),
    db.update(client).set({ name: PURGED }).where(eq(client.id, clientId)),
    db.delete(auditAnchor).where(inArray(auditAnchor.store, names)),
    db.update(store).set({ state: 'dropped' }).where(eq(store.clientId, clientId)),
  ]);
  await control.onTenantChange(clientId);
}

/** Parts of uploads that never ended are in no list of a client's objects; the store alone knows them. */
async function dropParts(runtime: Runtime, store: string): Promise<void> {
  try {
    const db = await runtime.ports.databases.open(store);
    if (await hasFiles(db, '_file_upload')) await dropUploads(runtime, db);
  } catch (error) {
    // A run before this one has dropped the store.
    if (!(error instanceof DatabaseError && error.kind === 'unavailable')) throw error;
  }
}

/** Purges what was deleted 30 days ago. */
export async function purgeDeleted(deps: PortabilityDeps): Promise<void> {
  const { db, ports } = deps.control;
  const due = await db
    .selectDistinct({ id: client.id })
    .from(client)
    .innerJoin(store, eq(store.clientId, client.id))
    .where(
      and(isNotNull(client.deletedAt), lte(client.deletedAt, ports.clock.now() - GRACE_MS), ne(store.state, 'dropped')),
    );
  for (const { id } of due) await purgeClient(deps, id);
}
