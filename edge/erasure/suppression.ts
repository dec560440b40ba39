/** Remembers whom a client was asked to forget, without knowing who that was (CR-11). */
import { inArray } from 'drizzle-orm';
import type { ControlDatabase } from '../control/database.ts';
import { suppression } from '../control/tables/suppression.ts';
import type { Runtime } from '../engine/runtime.ts';

/** One address has one hash in an installation, so that an archive from another client is recognised too. */
export const suppressionHash = ({ secrets }: Pick<Runtime, 'secrets'>, email: string): string =>
  secrets.token('suppression:', ['email', normalEmail(email)]);

export const normalEmail = (email: string): string => email.trim().toLowerCase();

export const suppressStatement = (db: ControlDatabase, clientId: string, hash: string, at: number) =>
  db.insert(suppression).values({ clientId, hash, at }).onConflictDoNothing();

/** Hashes of the addresses that any of these clients was asked to forget. */
export async function suppressedBy(db: ControlDatabase, clientIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ hash: suppression.hash })
    .from(suppression)
    .where(inArray(suppression.clientId, [...clientIds]));
  return new Set(rows.map(({ hash }) => hash));
}
