/** Writes what happened, in the batch that made it happen. */
import { uuidv7 } from 'uuidv7';
import { actorOfSession } from '../auth/actor.ts';
import type { StaffSession } from '../auth/sessions.ts';
import { audit } from '../control/schema.ts';
import type { ControlDeps } from './deps.ts';

export interface Happening {
  /** Such as `client.create`. */
  readonly action: `${string}.${string}`;
  readonly subjectId: string | null;
  readonly clientId?: string | null;
  /** What changed; never a secret. */
  readonly diff?: Readonly<Record<string, unknown>>;
}

/** The row to add to the write's batch. */
export function auditRow({ db, ports }: ControlDeps, session: StaffSession, happening: Happening) {
  const { kind, id, agencyId } = actorOfSession(session);
  return auditRowOf({ db, ports }, { kind, id, agencyId }, happening);
}

/** The same where nobody has a session yet. */
export function auditRowOf(
  { db, ports }: Pick<ControlDeps, 'db'> & { readonly ports: Pick<ControlDeps['ports'], 'clock'> },
  actor: { readonly kind: string; readonly id: string | null; readonly agencyId: string },
  { action, subjectId, clientId = null, diff }: Happening,
) {
  return db.insert(audit).values({
    id: uuidv7(),
    agencyId: actor.agencyId,
    clientId,
    at: ports.clock.now(),
    actorKind: actor.kind,
    actorId: actor.id,
    action,
    subject: action.slice(0, action.indexOf('.')),
    subjectId,
    diff: diff ?? null,
  });
}
