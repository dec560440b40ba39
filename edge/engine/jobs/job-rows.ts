/** The store's list of jobs: timetables and runs that were asked for. */
import type { Database, SqlValue, Statement } from '../../../schemas/ports/index.ts';
import { leaseMs } from '../lease.ts';

export interface JobRow {
  readonly seq: number;
  /** `module.job`, or `module.entity.transition` for a transition at a time. */
  readonly name: string;
  /** The site of a timetable for each site, empty for another timetable. */
  readonly key: string;
  readonly payload: unknown;
  readonly hasTimetable: boolean;
  readonly plannedAt: number;
  /** This one included. */
  readonly attempts: number;
}

/** When the next job can be taken. Null where there is none. */
export const nextJob: Statement = { sql: `SELECT min("next_at") FROM "_job" WHERE "state" = 'waiting'` };

/** Takes the job that has been due longest, if any: its next time moves past the lease. */
export async function claimJob(db: Database, runner: string, now: number): Promise<JobRow | undefined> {
  const due = `SELECT "seq" FROM "_job" WHERE "state" = 'waiting' AND "next_at" <= ? ORDER BY "next_at", "seq" LIMIT 1`;
  const [, taken] = await db.write([
    {
      sql: `UPDATE "_job" SET "runner" = ?, "next_at" = ?, "attempts" = "attempts" + 1 WHERE "seq" = (${due})`,
      args: [runner, now + leaseMs, now],
    },
    {
      sql: `SELECT "seq", "name", "key", "payload", "timetable", "planned_at", "attempts" FROM "_job" WHERE "runner" = ?`,
      args: [runner],
    },
  ]);
  const row = taken!.rows[0];
  if (!row) return undefined;
  const [seq, name, key, payload, timetable, plannedAt, attempts] = row;
  return {
    seq: seq as number,
    name: name as string,
    key: key as string,
    payload: payload === null ? undefined : JSON.parse(payload as string),
    hasTimetable: timetable !== null,
    plannedAt: plannedAt as number,
    attempts: attempts as number,
  };
}

const free = '"runner" = NULL';
const held = (set: string, args: readonly SqlValue[], { seq }: JobRow, runner: string): Statement => ({
  sql: `UPDATE "_job" SET ${set} WHERE "seq" = ? AND "runner" = ?`,
  args: [...args, seq, runner],
});

/** Refuses a batch once the run is another's. */
export const heldStatement = ({ seq }: JobRow, runner: string): Statement => ({
  sql: 'INSERT INTO "_assert" SELECT count(*) FROM "_job" WHERE "seq" = ? AND "runner" = ?',
  args: [seq, runner],
});

/** Part of the commit of what the job wrote: on to the next time of its timetable, or off the list. */
export const doneStatement = (row: JobRow, runner: string, next: number | undefined): Statement =>
  next === undefined
    ? { sql: 'DELETE FROM "_job" WHERE "seq" = ? AND "runner" = ?', args: [row.seq, runner] }
    : held(`"planned_at" = ?, "next_at" = ?, "attempts" = 0, "error" = NULL, ${free}`, [next, next], row, runner);
export const renewStatement = (row: JobRow, runner: string, now: number): Statement =>
  held('"next_at" = ?', [now + leaseMs], row, runner);
export const retryStatement = (row: JobRow, runner: string, due: number, error: string): Statement =>
  held(`"next_at" = ?, "error" = ?, ${free}`, [due, error], row, runner);
/** Gives this run up and goes on with the timetable. */
export const skipStatement = (row: JobRow, runner: string, next: number, error: string): Statement =>
  held(`"planned_at" = ?, "next_at" = ?, "attempts" = 0, "error" = ?, ${free}`, [next, next, error], row, runner);
export const deadStatement = (row: JobRow, runner: string, error: string): Statement =>
  held(`"state" = 'dead', "error" = ?, ${free}`, [error], row, runner);

/** What was asked for under the same name and key gives way; a run of it that is under way keeps nothing. */
export const replaceAsked = `ON CONFLICT ("name", "key") DO UPDATE SET "payload" = excluded."payload", "planned_at" = excluded."planned_at", "next_at" = excluded."next_at", "state" = 'waiting', "attempts" = 0, "error" = NULL, ${free}`;

/** Asks for a run, or replaces what was asked for. */
export const askStatement = (name: string, key: string, payload: unknown, at: number): Statement => ({
  sql: `INSERT INTO "_job" ("name", "key", "payload", "planned_at", "next_at") VALUES (?, ?, ?, ?, ?) ${replaceAsked}`,
  args: [name, key, JSON.stringify(payload), at, at],
});
export const takeBackStatement = (name: string, key: string): Statement => ({
  sql: 'DELETE FROM "_job" WHERE "name" = ? AND "key" = ?',
  args: [name, key],
});
