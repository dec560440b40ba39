/** Rows as the protocol shows them. */
import type { Installation, Session } from '../../schemas/protocol/index.ts';
import type { StaffSession } from '../auth/sessions.ts';
import type { installation } from '../control/schema.ts';

/** RFC 3339 UTC. */
export const instant = (at: number): string => new Date(at).toISOString();

export const sessionJson = ({ user, agency, role, clientId, expiresAt }: StaffSession): Session => ({
  user,
  agency,
  role,
  clientId,
  expiresAt: instant(expiresAt),
});

type ShownInstallation = Omit<typeof installation.$inferSelect, 'clientId' | 'settlesAt'>;

export const installationJson = (row: ShownInstallation): Installation => ({
  module: row.module,
  version: row.version,
  settings: row.settings,
  installedAt: instant(row.installedAt),
  pinned: row.pinned,
  previousVersion: row.previousVersion,
});
