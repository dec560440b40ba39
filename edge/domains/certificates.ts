/** Keeps the issuer of certificates in step with the names that are verified: asks, looks again, releases. */
import { and, asc, eq, isNull, lte, notExists } from 'drizzle-orm';
import { type Certificates, CertificatesError, type Clock, type HostCertificate } from '../../schemas/ports/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { client, hostCertificate, site, siteHost } from '../control/schema.ts';

export interface CertificateDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly certificates: Certificates;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const perSweep = 50;

/** Part of the batch that gives a name to a site, or takes it away: what follows from it is due at once. */
export const dueNow = (db: ControlDatabase, host: string, now: number) =>
  db
    .insert(hostCertificate)
    .values({ host, state: 'pending', records: [], reason: null, since: now, nextAt: now })
    .onConflictDoUpdate({ target: hostCertificate.host, set: { nextAt: now } });

/** Does what one name has due. Null where no site has it any more. Throws `CertificatesError`, and is due again then. */
export async function settleCertificate(
  deps: CertificateDeps,
  host: string,
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<HostCertificate | null> {
  const { db, clock, certificates } = deps;
  const own = eq(hostCertificate.host, host);
  try {
    if (!(await wanted(db, host).get())) {
      await certificates.release(host);
      // Somebody may have got the name meanwhile: then it stays due.
      await db.delete(hostCertificate).where(and(own, notExists(wanted(db, host))));
      return null;
    }
    const before = await db.select().from(hostCertificate).where(own).get();
    const startsAnew = anew && before?.state === 'failed';
    const found = (!startsAnew && (await certificates.find(host))) || (await certificates.ensure(host));
    const now = clock.now();
    const since = before?.state === found.state ? before.since : now;
    const known = { ...found, since, nextAt: now + waitOf(found, now - since) };
    await db
      .insert(hostCertificate)
      .values({ host, ...known })
      .onConflictDoUpdate({ target: hostCertificate.host, set: known });
    return found;
  } catch (error) {
    if (!(error instanceof CertificatesError)) throw error;
    const nextAt = clock.now() + (error.retryAfter ? error.retryAfter * 1_000 : 5 * minuteMs);
    await db.update(hostCertificate).set({ nextAt }).where(own);
    throw error;
  }
}

/** Stops at the first name for which the issuer asks to be left alone; throws the last failure, for the log. */
export async function sweepCertificates(deps: CertificateDeps): Promise<void> {
  const due = await deps.db
    .select({ host: hostCertificate.host })
    .from(hostCertificate)
    .where(lte(hostCertificate.nextAt, deps.clock.now()))
    .orderBy(asc(hostCertificate.nextAt))
    .limit(perSweep);
  let failure: unknown;
  for (const { host } of due) {
    try {
      await settleCertificate(deps, host);
    } catch (error) {
      failure = error;
      if (error instanceof CertificatesError && error.retryAfter) break;
    }
  }
  if (failure) throw failure;
}

/** Validation takes minutes, or as long as a person takes to enter a record. */
const waitOf = ({ state }: HostCertificate, age: number): number =>
  state === 'pending' ? Math.min(Math.max(age / 4, minuteMs), dayMs / 4) : dayMs;

const wanted = (db: ControlDatabase, host: string) =>
  db
    .select({ host: siteHost.host })
    .from(siteHost)
    .innerJoin(site, eq(site.id, siteHost.siteId))
    .innerJoin(client, eq(client.id, site.clientId))
    .where(
      and(eq(siteHost.host, host), eq(siteHost.state, 'verified'), isNull(site.deletedAt), isNull(client.deletedAt)),
    );
