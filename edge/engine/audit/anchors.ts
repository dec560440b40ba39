/** Where the chains of audit rows begin and end, kept away from the stores that hold them. */

/** A row of a chain; number 0, with empty texts, is before the first. */
export interface AuditPoint {
  readonly seq: number;
  readonly hash: string;
  /** Of all rows up to it. */
  readonly digest: string;
}

export interface AuditAnchor {
  /** The last row that is not looked at: what is up to it has been let go, or is older than the chain. */
  readonly from: AuditPoint;
  /** The last row that is known to be right. */
  readonly head: AuditPoint;
}

export interface AuditAnchors {
  /** `store` is the database's name. */
  get(store: string): Promise<AuditAnchor | undefined>;
  /** Moves the anchor on from `seen`; false where another has moved it. */
  move(store: string, seen: AuditAnchor | undefined, next: AuditAnchor): Promise<boolean>;
}

export const chainStart: AuditPoint = { seq: 0, hash: '', digest: '' };
