/** Vouches for the audit trail of a store by its database's name, also where it is a copy that no client uses. */
import type { Databases } from '../../../schemas/ports/index.ts';
import type { Secrets } from '../runtime.ts';
import type { AuditAnchors } from './anchors.ts';
import { anchorAudit } from './verify.ts';

/** Moves the anchor on over what is right; nothing where no trail is kept. Throws `DatabaseError`. */
export type Vouch = (clientId: string, store: string) => Promise<void>;

export interface VouchDeps {
  readonly databases: Databases;
  readonly secrets: Pick<Secrets, 'auditKey'>;
  readonly anchors: AuditAnchors;
}

export function createVouch({ databases, secrets, anchors }: VouchDeps): Vouch {
  return async (clientId, store) => {
    const db = await databases.open(store);
    const [chained] = await db.read([{ sql: `SELECT 1 FROM pragma_table_info('_audit') WHERE name = 'hash'` }]);
    if (chained!.rows.length > 0) await anchorAudit(db, secrets.auditKey(clientId), store, anchors);
  };
}
