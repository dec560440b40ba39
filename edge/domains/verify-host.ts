/** Whose a host name is: whoever publishes a site's token beside it. Looked at when asked, and each day after that. */
import { and, eq, ne } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { type Dns, DnsError } from '../../schemas/ports/index.ts';
import type { Revocations } from '../auth/revocations.ts';
import { isRefusedBy } from '../control/failures.ts';
import type { OriginIndex } from '../control/origins.ts';
import { site, siteHost, siteOrigin } from '../control/schema.ts';
import { type CertificateDeps, dueNow } from './certificates.ts';
import type { HostIndex } from './host-index.ts';
import { challengeName, challengeText } from './host-name.ts';

export interface HostDeps extends CertificateDeps {
  readonly dns: Dns;
  readonly hosts: HostIndex;
  readonly origins: OriginIndex;
  readonly revocations: Revocations;
  readonly onTenantChange: (clientId: string) => void | Promise<void>;
}

export type HostRow = typeof siteHost.$inferSelect;

/** `unknown`: the name could not be looked up. `taken`: the record is right, and so is that of the site that has the name. */
export type HostVerdict = HostRow['state'] | 'unknown' | 'taken';

/** A record that is gone for so long is no mishap of whoever runs the name. */
export const graceMs = 72 * 3_600_000;

export const originOf = (host: string): string => `https://${host}`;

/** Looks at the record and does what follows from it. */
export async function verifyHost(deps: HostDeps, row: HostRow): Promise<HostVerdict> {
  const found = await isPublished(deps.dns, row);
  if (found === undefined) return 'unknown';
  if (!found) return lose(deps, row, graceMs);
  if (await claim(deps, row)) return 'verified';
  const owner = await deps.db
    .select()
    .from(siteHost)
    .where(and(eq(siteHost.host, row.host), eq(siteHost.state, 'verified'), ne(siteHost.id, row.id)))
    .get();
  // A name that changed hands: the new owner does not wait for the old one's time to run out.
  if (owner && (await isPublished(deps.dns, owner)) === false) await lose(deps, owner, 0);
  return (await claim(deps, row)) ? 'verified' : 'taken';
}

/** Takes a name from its site: the pages under it are turned away from now on, and what they were given is void. */
export async function releaseHost(deps: HostDeps, row: HostRow, statement: 'suspend' | 'delete'): Promise<void> {
  const { db, clock, revocations } = deps;
  const own = eq(siteHost.id, row.id);
  const change =
    statement === 'delete'
      ? db.delete(siteHost).where(own)
      : db.update(siteHost).set({ state: 'suspended' }).where(own);
  const subject = `site:${row.siteId}` as const;
  const origin = and(eq(siteOrigin.siteId, row.siteId), eq(siteOrigin.origin, originOf(row.host)));
  // A name that was never verified has no certificate that could be released.
  const certificate = row.state === 'pending' ? [] : [dueNow(db, row.host, clock.now())];
  await db.batch([change, db.delete(siteOrigin).where(origin), revocations.statement(subject), ...certificate]);
  revocations.note(subject);
  await tell(deps, row);
}

/** Undefined where nothing can be known now. */
async function isPublished(dns: Dns, { host, token }: HostRow): Promise<boolean | undefined> {
  try {
    return (await dns.txt(challengeName(host))).includes(challengeText(token));
  } catch (error) {
    if (error instanceof DnsError) return undefined;
    throw error;
  }
}

/** False where another site has the name. */
async function claim(deps: HostDeps, row: HostRow): Promise<boolean> {
  const { db, clock } = deps;
  const now = clock.now();
  const isNew = row.state !== 'verified';
  const certificate = isNew ? [dueNow(db, row.host, now)] : [];
  try {
    await db.batch([
      db.update(siteHost).set({ state: 'verified', checkedAt: now, lostAt: null }).where(eq(siteHost.id, row.id)),
      db
        .insert(siteOrigin)
        .values({ id: uuidv7(), siteId: row.siteId, origin: originOf(row.host), createdAt: now })
        .onConflictDoNothing(),
      ...certificate,
    ]);
  } catch (error) {
    if (isRefusedBy(error, 'site_host.host')) return false;
    throw error;
  }
  if (isNew) await tell(deps, row);
  return true;
}

async function lose(deps: HostDeps, row: HostRow, grace: number): Promise<HostVerdict> {
  const { db, clock } = deps;
  const now = clock.now();
  const since = row.lostAt ?? now;
  if (row.state === 'verified' && now - since >= grace) {
    await releaseHost(deps, row, 'suspend');
    return 'suspended';
  }
  const lostAt = row.state === 'verified' ? since : null;
  await db.update(siteHost).set({ checkedAt: now, lostAt }).where(eq(siteHost.id, row.id));
  return row.state;
}

async function tell({ db, hosts, origins, onTenantChange }: HostDeps, row: HostRow): Promise<void> {
  hosts.forget(row.host);
  origins.forget(originOf(row.host));
  const owner = await db.select({ clientId: site.clientId }).from(site).where(eq(site.id, row.siteId)).get();
  if (owner) await onTenantChange(owner.clientId);
}
