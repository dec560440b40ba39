/** A file that comes in parts: which are here, where the others go, and how they become one. */
import { Problem } from '../../schemas/errors/index.ts';
import { type BlobPart, BlobPartsError, BlobSizeError, type Database } from '../../schemas/ports/index.ts';
import { runCall } from '../engine/call.ts';
import { systemCall } from '../engine/outbox.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { FileRow } from './file-row.ts';
import { findFile } from './file-verbs.ts';
import { lengthMismatch, refused } from './refusals.ts';
import { type Permission, signedUpload } from './signed-url.ts';
import { MARGIN_MS, sweepAt } from './sweep-job.ts';
import { openFiles } from './tables.ts';
import { type Received, watched } from './watched.ts';

/** Bytes of each part but the last: the least that R2 joins. */
export const PART_BYTES = 5 * 1024 * 1024;
/** Addresses in one answer; whoever has sent these asks again. */
const MOST_ADDRESSES = 100;

export interface PartsJson {
  readonly id: string;
  readonly size: number;
  readonly partBytes: number;
  /** Parts that are here, of all. */
  readonly stored: number;
  readonly parts: number;
  /** The first that are not, each with its own address; the rest once these are here. */
  readonly missing: readonly (ReturnType<typeof signedUpload> & {
    readonly number: number;
    readonly offset: number;
    readonly size: number;
  })[];
}

const countOf = (size: number): number => Math.max(1, Math.ceil(size / PART_BYTES));

export function partsJson(
  runtime: Runtime,
  clientId: string,
  row: FileRow,
  stored: { readonly size: number; has(number: number): boolean },
): PartsJson {
  const parts = countOf(row.size);
  const missing = Array.from({ length: parts }, (_, index) => index + 1)
    .filter(number => !stored.has(number))
    .slice(0, MOST_ADDRESSES)
    .map(number => {
      const offset = (number - 1) * PART_BYTES;
      const size = Math.min(PART_BYTES, row.size - offset);
      return { number, offset, size, ...signedUpload(runtime, clientId, { ...row, size }, number) };
    });
  return { id: row.id, size: row.size, partBytes: PART_BYTES, stored: stored.size, parts, missing };
}

/** What is missing of a file that comes in parts, after a break too. Throws NOT_FOUND, CONFLICT. */
export async function missingParts(runtime: Runtime, tenant: Tenant, id: string): Promise<PartsJson> {
  const db = await openFiles(runtime, tenant);
  const row = await findFile(db, id);
  const upload = await uploadOf(db, row);
  if (!upload || row.expiresAt <= runtime.ports.clock.now()) throw over();
  return partsJson(runtime, tenant.client.id, row, new Set(upload.parts.map(({ number }) => number)));
}

const over = (cause?: unknown): Problem =>
  Problem.of('CONFLICT', { detail: 'No parts are awaited for this file, or no longer.', cause });

interface Upload {
  readonly key: string;
  readonly attempt: string;
  readonly parts: readonly BlobPart[];
}

async function uploadOf(db: Database, { id, state }: FileRow): Promise<Upload | undefined> {
  if (state !== 'pending') return undefined;
  const [uploads, parts] = await db.read([
    { sql: 'SELECT "key", "attempt" FROM "_file_upload" WHERE "file" = ?', args: [id] },
    { sql: 'SELECT "number", "tag" FROM "_file_part" WHERE "file" = ? ORDER BY "number"', args: [id] },
  ]);
  const [key, attempt] = (uploads!.rows[0] ?? []) as readonly string[];
  if (key === undefined || attempt === undefined) return undefined;
  const stored = (parts!.rows as [number, string][]).map(([number, tag]) => ({ number: Number(number), tag }));
  return { key, attempt, parts: stored };
}

/** Takes one part in; one that comes again takes the earlier one's place. Throws NOT_FOUND, CONFLICT, VALIDATION_FAILED. */
export async function receivePart(
  runtime: Runtime,
  tenant: Tenant,
  { fileId, size, part = 0 }: Permission,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const db = await openFiles(runtime, tenant);
  const upload = await uploadOf(db, await findFile(db, fileId));
  if (!upload) throw over();
  let tag: string;
  try {
    tag = await runtime.ports.blobs.putPart(upload.key, upload.attempt, part, body, size);
  } catch (cause) {
    if (cause instanceof BlobPartsError) throw over(cause);
    throw cause instanceof BlobSizeError ? lengthMismatch(size, cause) : cause;
  }
  await runCall(runtime, systemCall(tenant, fileId), async work => {
    work.write(
      `INSERT INTO "_file_part" SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM "_file" JOIN "_file_upload" ON "file" = "id"
         WHERE "id" = ?1 AND "state" = 'pending' AND "deleted_at" IS NULL AND "expires_at" > ?4)
       ON CONFLICT ("file", "number") DO UPDATE SET "tag" = excluded."tag"`,
      [fileId, part, tag, work.now],
    );
    work.expectChange(over());
    return { status: 204, body: '' };
  });
}

/**
 * Makes one object of the parts and reads it through against the hash that was announced; what has another one is forgotten as
 * a whole. Throws CONFLICT, VALIDATION_FAILED.
 */
export async function joinFile(
  runtime: Runtime,
  tenant: Tenant,
  row: FileRow,
  given: string | undefined,
): Promise<void> {
  const db = await openFiles(runtime, tenant);
  const upload = await uploadOf(db, row);
  if (!upload) throw Problem.of('CONFLICT', { detail: 'Send the bytes first.' });
  const sha256 = row.declaredSha256 ?? given;
  if (sha256 === undefined) throw refused('/sha256', 'REQUIRED', 'Give the SHA-256 of the whole file.');
  const missing = countOf(row.size) - upload.parts.length;
  if (missing > 0) throw Problem.of('CONFLICT', { detail: `${missing} parts are missing: ask for their addresses.` });
  await join(runtime, db, row, upload);
  const received = await readThrough(runtime, row, upload.key);
  const isRight = received.sha256 === sha256 && (given ?? sha256) === sha256;
  await runCall(runtime, systemCall(tenant, row.id), async work => {
    work.write(
      isRight
        ? `UPDATE "_file" SET "state" = 'uploaded', "key" = ?2, "sha256" = ?3, "mime" = ?4 WHERE "id" = ?1 AND "state" = 'pending' AND "deleted_at" IS NULL`
        : `UPDATE "_file" SET "key" = ?2, "expires_at" = 0 WHERE "id" = ?1 AND "state" = 'pending' AND ?3 <> '' AND ?4 <> ''`,
      [row.id, upload.key, received.sha256, received.mime],
    );
    work.expectChange(Problem.of('CONFLICT', { detail: 'The file was completed already.' }));
    work.write('DELETE FROM "_file_part" WHERE "file" = ?', [row.id]);
    work.write('DELETE FROM "_file_upload" WHERE "file" = ?', [row.id]);
    if (!isRight) sweepAt(work, work.now + MARGIN_MS);
    return { status: 204, body: '' };
  });
  if (isRight) return;
  await runtime.ports.blobs.delete([upload.key]);
  throw refused('/sha256', 'HASH_MISMATCH', 'The bytes have another hash than was announced. Begin a new upload.');
}

/** An attempt that is over may have been joined by somebody who then broke off. */
async function join({ ports: { blobs } }: Runtime, db: Database, row: FileRow, upload: Upload): Promise<void> {
  try {
    await blobs.joinParts(upload.key, upload.attempt, upload.parts);
  } catch (cause) {
    if (!(cause instanceof BlobPartsError)) throw cause;
    const joined = await blobs.get(upload.key, { offset: 0, length: 1 });
    if (joined?.size === row.size) return;
    await db.write([{ sql: 'DELETE FROM "_file_part" WHERE "file" = ?', args: [row.id] }]);
    throw Problem.of('CONFLICT', { detail: 'The parts do not fit together. Send them again.', cause });
  }
}

async function readThrough({ ports: { blobs } }: Runtime, row: FileRow, key: string): Promise<Received> {
  const stored = await blobs.get(key);
  if (!stored) throw Problem.of('CONFLICT', { detail: 'The bytes of this file are gone. Upload it again.' });
  const { body, result } = watched(stored.body, row.declaredType);
  for await (const _ of body);
  return result();
}

/** Forgets the parts of these files, given as a JSON list of ids, or of all. */
export async function dropUploads({ ports }: Pick<Runtime, 'ports'>, db: Database, files?: string): Promise<void> {
  const chosen = files === undefined ? '1' : '"file" IN (SELECT value FROM json_each(?1))';
  const args = files === undefined ? [] : [files];
  const [found] = await db.read([{ sql: `SELECT "key", "attempt" FROM "_file_upload" WHERE ${chosen}`, args }]);
  for (const [key, attempt] of found!.rows as [string, string][]) await ports.blobs.dropParts(key, attempt);
  await db.write([
    { sql: `DELETE FROM "_file_part" WHERE ${chosen}`, args },
    { sql: `DELETE FROM "_file_upload" WHERE ${chosen}`, args },
  ]);
}
