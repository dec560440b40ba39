/** What can be done with a file's row: find, list, delete. */
import { Problem } from '../../schemas/errors/index.ts';
import type { Database } from '../../schemas/ports/index.ts';
import { type Call, type Reply, runCall } from '../engine/call.ts';
import type { Runtime } from '../engine/runtime.ts';
import { type FileJson, type FileRow, fileColumns, fileJson, fileRow } from './file-row.ts';
import { usedSql } from './quota.ts';
import { GRACE_MS, sweepAt } from './sweep-job.ts';
import { draftsSql, openFiles } from './tables.ts';

/** A file that is not deleted. Throws NOT_FOUND. */
export async function findFile(db: Database, id: string): Promise<FileRow> {
  const sql = `SELECT ${fileColumns} FROM "_file" WHERE "id" = ? AND "deleted_at" IS NULL`;
  const [found] = await db.read([{ sql, args: [id] }]);
  const values = found!.rows[0];
  if (!values) throw Problem.of('NOT_FOUND');
  return fileRow(values);
}

export interface FilePage {
  readonly rows: readonly FileJson[];
  readonly after: string | null;
  readonly usedBytes: number;
}

/** Newest first. */
export async function listFiles(
  db: Database,
  now: number,
  size: number,
  before: string | undefined,
): Promise<FilePage> {
  const [page, used] = await db.read([
    {
      sql: `SELECT ${fileColumns} FROM "_file" WHERE "deleted_at" IS NULL AND "state" = 'ready' AND "id" NOT IN ${draftsSql} AND "id" < ? ORDER BY "id" DESC LIMIT ?`,
      args: [before ?? '~', size + 1],
    },
    { sql: `SELECT ${usedSql}`, args: [now] },
  ]);
  const rows = page!.rows.slice(0, size).map(values => fileJson(fileRow(values)));
  const after = page!.rows.length > size ? (rows.at(-1)?.id ?? null) : null;
  return { rows, after, usedBytes: Number(used!.rows[0]![0]) };
}

/** Takes the file away from its readers at once; its bytes go 30 days after the last file that shares them (FI-04). */
export async function deleteFile(runtime: Runtime, call: Call, id: string): Promise<Reply> {
  await openFiles(runtime, call.tenant);
  return runCall(runtime, call, async work => {
    await findFile(work.db, id);
    work.write('UPDATE "_file" SET "deleted_at" = ? WHERE "id" = ? AND "deleted_at" IS NULL', [work.now, id]);
    work.expectChange(Problem.of('NOT_FOUND'));
    sweepAt(work, work.now + GRACE_MS);
    work.audit.push({ action: 'deleted', entity: 'files.file', record: id, diff: null });
    return { status: 204, body: '' };
  });
}
