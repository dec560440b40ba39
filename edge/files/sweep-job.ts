/** The engine's own run in a client's store that sweeps its files: on the list of jobs while something waits to be removed. */
import type { SqlValue, Statement } from '../../schemas/ports/index.ts';
import type { UnitOfWork } from '../engine/store/unit-of-work.ts';

export const filesJob = '_store.files';

/** A deleted file's bytes stay so long (FI-04). */
export const GRACE_MS = 30 * 86_400_000;
/** Nobody completes an upload that is over; this keeps the sweep clear of one that was a moment ago. */
export const MARGIN_MS = 3_600_000;
/** A store whose files come and go all day is swept so often. */
const APART_MS = 3_600_000;

/** When the first of a store's files is to go, or null. Each part is the first entry of an index. */
const earliest = `(SELECT min("at") FROM (SELECT min("deleted_at") + ${GRACE_MS} AS "at" FROM "_file" WHERE "deleted_at" IS NOT NULL
  UNION ALL SELECT min("expires_at") + ${MARGIN_MS} FROM "_file" WHERE "state" <> 'ready' UNION ALL SELECT min("expires_at") FROM "_file_draft"))`;

/** Puts the run on the store's list, or brings it forward; one that was given up begins anew. */
export const askSweep = (at: number): Statement => ({
  sql: `INSERT INTO "_job" ("name", "key", "payload", "planned_at", "next_at") VALUES (?1, '', 'null', ?2, ?2)
    ON CONFLICT ("name", "key") DO UPDATE SET "planned_at" = excluded."planned_at", "next_at" = excluded."next_at", "state" = 'waiting', "attempts" = CASE "state" WHEN 'dead' THEN 0 ELSE "attempts" END
    WHERE "state" = 'dead' OR ("runner" IS NULL AND "next_at" > excluded."next_at")`,
  args: [filesJob, at],
});

/** As part of a commit after which something waits to be removed at `at`. */
export function sweepAt(work: UnitOfWork, at: number): void {
  const { sql, args = [] } = askSweep(at);
  work.write(sql, args);
  work.jobsDueAt = Math.min(work.jobsDueAt ?? at, at);
}

/**
 * The end of a run: on to when the next file is to go, which the commit itself finds out, so that none that comes meanwhile is
 * missed; off the list where there is none. The first statement touches no row once the run is another's.
 */
export function sweptStatements(seq: number, runner: string, now: number): readonly Statement[] {
  const next = `coalesce(max(${earliest}, ?1), 0)`;
  const args: readonly SqlValue[] = [now + APART_MS, seq, runner];
  return [
    {
      sql: `UPDATE "_job" SET "planned_at" = ${next}, "next_at" = ${next}, "attempts" = 0, "error" = NULL, "runner" = NULL WHERE "seq" = ?2 AND "runner" = ?3`,
      args,
    },
    { sql: `DELETE FROM "_job" WHERE "seq" = ? AND "next_at" = 0`, args: [seq] },
  ];
}
