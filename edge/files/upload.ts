/** Takes a file's bytes in, and makes it readable once they are all there. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../schemas/errors/index.ts';
import { BlobSizeError, type SqlValue } from '../../schemas/ports/index.ts';
import { type Call, type Reply, runCall } from '../engine/call.ts';
import { systemCall } from '../engine/outbox.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type FileRow, fileColumns, fileJson, fileRow } from './file-row.ts';
import { findFile } from './file-verbs.ts';
import { joinFile } from './parts.ts';
import { lengthMismatch, refused } from './refusals.ts';
import type { Permission } from './signed-url.ts';
import { stripMetadata, strippable } from './strip-metadata.ts';
import { openFiles } from './tables.ts';
import { watched } from './watched.ts';

/** An image is cleaned in memory, so a public one has a limit of its own. */
const MAX_PUBLIC_IMAGE = 25 * 1024 * 1024;

/**
 * Stores the bytes of a signed upload, once. Each try has a key of its own, so that a second sender cannot replace what the first
 * one's hash was checked on. Throws NOT_FOUND, CONFLICT, VALIDATION_FAILED.
 */
export async function receiveFile(
  runtime: Runtime,
  tenant: Tenant,
  { fileId, size, type }: Permission,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const db = await openFiles(runtime, tenant);
  const row = await findFile(db, fileId);
  if (row.state !== 'pending') throw Problem.of('CONFLICT', { detail: 'The bytes of this file are here already.' });
  const key = `${tenant.client.id}/${uuidv7()}`;
  const { body: bytes, result } = watched(body, type);
  try {
    await runtime.ports.blobs.put(key, bytes, size);
  } catch (cause) {
    if (!(cause instanceof BlobSizeError)) throw cause;
    throw lengthMismatch(size, cause);
  }
  try {
    const { sha256, mime } = result();
    if (row.declaredSha256 !== null && row.declaredSha256 !== sha256) {
      throw refused('/sha256', 'HASH_MISMATCH', 'The bytes have another hash than was announced.');
    }
    await runCall(runtime, systemCall(tenant, fileId), async work => {
      work.write(
        `UPDATE "_file" SET "state" = 'uploaded', "key" = ?, "sha256" = ?, "mime" = ? WHERE "id" = ? AND "state" = 'pending' AND "deleted_at" IS NULL AND "expires_at" > ?`,
        [key, sha256, mime, fileId, work.now],
      );
      work.expectChange(Problem.of('CONFLICT', { detail: 'The bytes of this file are here already.' }));
      return { status: 204, body: '' };
    });
  } catch (error) {
    await runtime.ports.blobs.delete([key]);
    throw error;
  }
}

/**
 * Makes an uploaded file readable; a file that is ready already answers the same. `sha256` may come as late as this. Throws
 * NOT_FOUND, CONFLICT, VALIDATION_FAILED.
 */
export async function completeFile(runtime: Runtime, call: Call, id: string, sha256?: string): Promise<Reply> {
  const db = await openFiles(runtime, call.tenant);
  let row = await findFile(db, id);
  if (row.state === 'pending') {
    await joinFile(runtime, call.tenant, row, sha256);
    row = await findFile(db, id);
  }
  if (sha256 !== undefined && row.sha256 !== sha256 && row.state === 'uploaded') {
    throw refused('/sha256', 'HASH_MISMATCH', 'The bytes have another hash than was announced.');
  }
  if (row.state === 'ready') return { status: 200, body: JSON.stringify({ data: fileJson(row) }) };
  const clean = await cleaned(runtime, row);
  let obsolete: string | undefined;
  try {
    const reply = await runCall(runtime, call, async work => {
      // The same content of this client is kept once; another client's is never looked at (FI-03).
      const same = await work.read(
        `SELECT ${fileColumns} FROM "_file" WHERE "sha256" = ? AND "state" = 'ready' AND "deleted_at" IS NULL LIMIT 1`,
        [clean.sha256!],
      );
      const twin = same.rows[0] ? fileRow(same.rows[0] as SqlValue[]) : undefined;
      const ready: FileRow = { ...clean, key: twin?.key ?? clean.key, state: 'ready' };
      obsolete = twin && twin.key !== clean.key ? clean.key : undefined;
      if (twin) {
        const live = 'EXISTS (SELECT 1 FROM "_file" WHERE "id" = ? AND "deleted_at" IS NULL)';
        work.expect(live, [twin.id], Problem.of('CONFLICT', { detail: 'Try again.' }));
      }
      work.write(
        `UPDATE "_file" SET "state" = 'ready', "key" = ?, "sha256" = ?, "size" = ? WHERE "id" = ? AND "state" = 'uploaded' AND "deleted_at" IS NULL AND "expires_at" > ?`,
        [ready.key, ready.sha256, ready.size, id, work.now],
      );
      work.expectChange(Problem.of('CONFLICT', { detail: 'The file was completed, or the upload took too long.' }));
      work.audit.push({
        action: 'completed',
        entity: 'files.file',
        record: id,
        diff: { size: ready.size, type: row.mime },
      });
      return { status: 200, body: JSON.stringify({ data: fileJson(ready) }) };
    });
    const unused = [obsolete, clean.key === row.key ? undefined : row.key].filter(key => key !== undefined);
    await runtime.ports.blobs.delete(unused);
    return reply;
  } catch (error) {
    if (clean.key !== row.key) await runtime.ports.blobs.delete([clean.key]);
    throw error;
  }
}

/** The file as everybody may see it: a public image without its metadata, under a key of its own (FI-06). */
async function cleaned(runtime: Runtime, row: FileRow): Promise<FileRow> {
  if (row.acl !== 'public' || !strippable.has(row.mime ?? '')) return row;
  if (row.size > MAX_PUBLIC_IMAGE) {
    throw refused('/size', 'TOO_LARGE', `A public image may have ${MAX_PUBLIC_IMAGE} bytes.`);
  }
  const { blobs } = runtime.ports;
  const stored = await blobs.get(row.key);
  if (!stored) throw Problem.of('CONFLICT', { detail: 'The bytes of this file are gone. Upload it again.' });
  const parts: Uint8Array[] = [];
  for await (const part of stored.body) parts.push(part);
  const bytes = stripMetadata(row.mime!, Buffer.concat(parts));
  if (!bytes) throw refused('', 'DAMAGED_IMAGE', 'The image is damaged.');
  const key = `${row.key.split('/')[0]}/${uuidv7()}`;
  await blobs.put(
    key,
    (async function* () {
      yield bytes;
    })(),
    bytes.byteLength,
  );
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ...row, key, sha256, size: bytes.byteLength };
}
