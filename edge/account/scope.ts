/** Finds what a session may see; everything else does not exist for it. */
import { and, eq, isNull, type SQL } from 'drizzle-orm';
import { Problem } from '../../schemas/errors/index.ts';
import type { StaffSession } from '../auth/sessions.ts';
import { client, site } from '../control/schema.ts';
import type { ControlDeps } from './deps.ts';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An id as it is written in a path; what has another form names nothing. */
export function idOf(text: string): string {
  if (!ID.test(text)) throw Problem.of('NOT_FOUND');
  return text;
}

/** Of a session, what it may see: an agency's clients, or the one that it names. */
export interface Reach {
  readonly agency: Pick<StaffSession['agency'], 'id'>;
  readonly clientId: string | null;
}

/** The live clients of the session's agency, or its own one. For the `where` of any query that joins `client`. */
export const ownClients = (session: Reach): SQL | undefined =>
  and(
    eq(client.agencyId, session.agency.id),
    isNull(client.deletedAt),
    session.clientId === null ? undefined : eq(client.id, session.clientId),
  );

export type ClientRow = typeof client.$inferSelect;
export type SiteRow = typeof site.$inferSelect;

/** Throws NOT_FOUND. */
export async function findClient({ db }: ControlDeps, session: StaffSession, id: string): Promise<ClientRow> {
  const row = await db
    .select()
    .from(client)
    .where(and(eq(client.id, idOf(id)), ownClients(session)))
    .get();
  if (!row) throw Problem.of('NOT_FOUND');
  return row;
}

/** Throws NOT_FOUND. */
export async function findSite({ db }: Pick<ControlDeps, 'db'>, session: Reach, id: string): Promise<SiteRow> {
  const row = await db
    .select({ site })
    .from(site)
    .innerJoin(client, eq(client.id, site.clientId))
    .where(and(eq(site.id, idOf(id)), isNull(site.deletedAt), ownClients(session)))
    .get();
  if (!row) throw Problem.of('NOT_FOUND');
  return row.site;
}
