/** What is known of a client's audit trail in its store. */

export interface AuditVerdict {
  /** Whether every row is as it was written, none is missing, and all that were anchored are there. */
  readonly ok: boolean;
  /** How many were looked at. */
  readonly rows: number;
  /** Number of the first row that is kept. */
  readonly from: number;
  /** Number of the last row that the control plane vouches for. */
  readonly anchored: number;
  /** The first row that is not right: `changed`, `missing`, or `displaced` where it does not follow the row before it. */
  readonly broken: { readonly seq: number; readonly problem: 'changed' | 'missing' | 'displaced' } | null;
}
