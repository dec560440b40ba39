/** Follows a chain of audit rows and stops at the first that is not as it was written. */
import type { Database, SqlValue } from '../../../schemas/ports/index.ts';
import type { AuditPoint } from './anchors.ts';
import { auditContent, auditHash, digestOf } from './chain.ts';

/** `changed`: it does not say what it said. `missing`: no row has this number. `displaced`: it does not follow the row before it. */
export interface AuditBreak {
  readonly seq: number;
  readonly problem: 'changed' | 'missing' | 'displaced';
}

export interface Walk {
  /** The last row that is right. */
  readonly last: AuditPoint;
  readonly rows: number;
  readonly broken: AuditBreak | undefined;
}

const chunkRows = 500;
const columns = ['seq', 'hash', 'prev', ...auditContent].map(name => `"${name}"`).join(', ');
const sql = `SELECT ${columns} FROM "_audit" WHERE "seq" > ? AND "seq" <= ? ORDER BY "seq" LIMIT ${chunkRows}`;

/** From behind `from` to `until`, or to the end. `visit` may name a break at a row that is right by itself. */
export async function walkAudit(
  db: Database,
  key: Uint8Array,
  from: AuditPoint,
  until = Number.MAX_SAFE_INTEGER,
  visit: (point: AuditPoint) => AuditBreak | undefined = () => undefined,
): Promise<Walk> {
  let last = from;
  let rows = 0;
  for (;;) {
    const [found] = await db.read([{ sql, args: [last.seq, until] }]);
    for (const row of found!.rows) {
      const broken = breakAt(key, last, row);
      if (broken) return { last, rows, broken };
      const hash = row[1] as string;
      const point = { seq: row[0] as number, hash, digest: digestOf(last.digest, hash) };
      const foreign = visit(point);
      if (foreign) return { last, rows, broken: foreign };
      last = point;
      rows += 1;
    }
    if (found!.rows.length < chunkRows) return { last, rows, broken: undefined };
    // Files answer at once: requests that came in meanwhile go first.
    await new Promise(resolve => setImmediate(resolve));
  }
}

function breakAt(key: Uint8Array, last: AuditPoint, row: readonly SqlValue[]): AuditBreak | undefined {
  const [seq, hash, prev, ...values] = row as [number, string | null, string | null, ...SqlValue[]];
  if (seq !== last.seq + 1) return { seq: last.seq + 1, problem: 'missing' };
  if (hash !== auditHash(key, values)) return { seq, problem: 'changed' };
  return prev === last.hash ? undefined : { seq, problem: 'displaced' };
}
