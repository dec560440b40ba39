/** What can be done with a file's row: reserve, finish, find, list, delete. */
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../schemas/errors/index.ts';
import type { Database } from '../../schemas/ports/index.ts';
import { type Call, type Reply, runCall } from '../engine/call.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { UnitOfWork } from '../engine/store/unit-of-work.ts';
import { type FileJson, type FileRow, fileArgs, fileColumns, fileJson, fileRow, insertFileSql } from './file-row.ts';
import { requireRoom, usedSql } from './quota.ts';
import { signedUrl } from './signed-url.ts';
import { openFiles } from './tables.ts';

export interface NewFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256?: string;
  readonly contentType: string;
  readonly purpose: string;
  readonly acl: 'private' | 'public';
  readonly owner?: string;
}

/** Seconds an upload may begin in. */
const UPLOAD_SECONDS = 900;
/** What has reserved its size keeps it this much longer, so that an upload that began late can end. */
const SLACK_SECONDS = 3600;

const note = (work: UnitOfWork, action: string, id: string, diff: Readonly<Record<string, unknown>> | null): void => {
  work.audit.push({ action, entity: 'files.file', record: id, diff });
};

/** Reserves the size and answers with where to send the bytes. Throws PAYLOAD_TOO_LARGE, QUOTA_EXCEEDED. */
export async function reserveFile(runtime: Runtime, call: Call, file: NewFile): Promise<Reply> {
  const { files } = runtime.config;
  if (file.size > files.maxBytes) {
    throw Problem.of('PAYLOAD_TOO_LARGE', { detail: `One file may have ${files.maxBytes} bytes.` });
  }
  await openFiles(runtime, call.tenant);
  return runCall(runtime, call, async work => {
    const id = uuidv7();
    const clientId = call.tenant.client.id;
    const expires = Math.floor(work.now / 1000) + UPLOAD_SECONDS;
    const row: FileRow = {
      id,
      name: file.name,
      purpose: file.purpose,
      owner: file.owner ?? null,
      acl: file.acl,
      declaredType: file.contentType,
      declaredSha256: file.sha256 ?? null,
      size: file.size,
      mime: null,
      sha256: null,
      key: `${clientId}/${id}`,
      state: 'pending',
      createdAt: work.now,
      createdBy: call.actor.id,
      expiresAt: (expires + SLACK_SECONDS) * 1000,
      deletedAt: null,
    };
    requireRoom(work, runtime, file.size);
    work.write(insertFileSql, fileArgs(row));
    note(work, 'created', id, { size: file.size, acl: file.acl, purpose: file.purpose });
    const permission = {
      clientId,
      fileId: id,
      expires,
      type: file.contentType,
      size: file.size,
      method: 'PUT',
    } as const;
    const upload = {
      method: 'PUT',
      url: signedUrl(runtime, permission),
      headers: { 'content-type': file.contentType },
      expiresAt: new Date(expires * 1000).toISOString(),
    };
    return { status: 201, body: JSON.stringify({ data: { id, upload } }) };
  });
}

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
      sql: `SELECT ${fileColumns} FROM "_file" WHERE "deleted_at" IS NULL AND "state" = 'ready' AND "id" < ? ORDER BY "id" DESC LIMIT ?`,
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
    note(work, 'deleted', id, null);
    return { status: 204, body: '' };
  });
}
