/** The first step of an upload: a row that reserves the size, and addresses to send the bytes to. */
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../schemas/errors/index.ts';
import { type Call, type Reply, runCall } from '../engine/call.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { UnitOfWork } from '../engine/store/unit-of-work.ts';
import { type FileRow, fileArgs, insertFileSql } from './file-row.ts';
import { partsJson } from './parts.ts';
import { requireRoom } from './quota.ts';
import { signedUpload, UPLOAD_SECONDS } from './signed-url.ts';
import { MARGIN_MS, sweepAt } from './sweep-job.ts';
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
  /** Whether the bytes come in parts, and may go on after a break. */
  readonly resumable?: boolean;
}

/** What has reserved its size keeps it this much longer than its address lives, so that an upload that began late can end. */
const SLACK_MS = 3_600_000;
/** How long parts may go on coming, in milliseconds. */
const RESUMABLE_MS = 86_400_000;

/** `also` adds to the commit what the file is for. Throws PAYLOAD_TOO_LARGE, QUOTA_EXCEEDED. */
export async function reserveFile(
  runtime: Runtime,
  call: Call,
  file: NewFile,
  also: (work: UnitOfWork, row: FileRow) => void = () => {},
): Promise<Reply> {
  const { maxBytes } = runtime.config.files;
  if (file.size > maxBytes) {
    throw Problem.of('PAYLOAD_TOO_LARGE', { detail: `One file may have ${maxBytes} bytes.` });
  }
  await openFiles(runtime, call.tenant);
  const { blobs } = runtime.ports;
  const key = `${call.tenant.client.id}/${uuidv7()}`;
  const attempt = file.resumable ? await blobs.startParts(key) : undefined;
  let isKept = false;
  try {
    const reply = await runCall(runtime, call, async work => {
      const row = rowOf(call, file, key, work.now);
      requireRoom(work, runtime, file.size);
      work.write(insertFileSql, fileArgs(row));
      const diff = { size: file.size, acl: file.acl, purpose: file.purpose };
      work.audit.push({ action: 'created', entity: 'files.file', record: row.id, diff });
      also(work, row);
      sweepAt(work, row.expiresAt + MARGIN_MS);
      if (attempt) work.write('INSERT INTO "_file_upload" VALUES (?, ?, ?)', [row.id, key, attempt]);
      const clientId = call.tenant.client.id;
      const data = attempt
        ? partsJson(runtime, clientId, row, new Set())
        : { id: row.id, upload: signedUpload(runtime, clientId, row) };
      return { status: 201, body: JSON.stringify({ data }) };
    });
    isKept = reply.replayed !== true;
    return reply;
  } finally {
    if (attempt && !isKept) await blobs.dropParts(key, attempt);
  }
}

const rowOf = ({ actor }: Call, file: NewFile, key: string, now: number): FileRow => ({
  id: uuidv7(),
  name: file.name,
  purpose: file.purpose,
  owner: file.owner ?? null,
  acl: file.acl,
  declaredType: file.contentType,
  declaredSha256: file.sha256 ?? null,
  size: file.size,
  mime: null,
  sha256: null,
  key,
  state: 'pending',
  createdAt: now,
  createdBy: actor.id,
  expiresAt: now + (file.resumable ? RESUMABLE_MS : UPLOAD_SECONDS * 1000 + SLACK_MS),
  deletedAt: null,
});
