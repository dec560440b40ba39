/** Rows as the protocol shows them. */
import type { Session } from '../../schemas/protocol/index.ts';
import type { StaffSession } from '../auth/sessions.ts';

/** RFC 3339 UTC. */
export const instant = (at: number): string => new Date(at).toISOString();

export const sessionJson = ({ user, agency, role, clientId, expiresAt }: StaffSession): Session => ({
  user,
  agency,
  role,
  clientId,
  expiresAt: instant(expiresAt),
});
