/** How much a client's files take, and whether more may come. */
import { Problem } from '../../schemas/errors/index.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { UnitOfWork } from '../engine/store/unit-of-work.ts';

/** Bytes that count: what is stored, each content once, also what waits to be removed; its pictures; and what is reserved. */
export const usedSql = `((SELECT coalesce(sum("bytes"), 0) FROM (SELECT max("size") AS "bytes" FROM "_file" WHERE "state" <> 'pending' OR "expires_at" > ? GROUP BY "key")) + (SELECT coalesce(sum("size"), 0) FROM "_file_variant"))`;

/**
 * Refuses the commit where `bytes` more would be too many. It is judged inside the write batch, so that of many who ask at once
 * only those that fit are let in (FI-07).
 */
export function requireRoom(work: UnitOfWork, { config: { files } }: Runtime, bytes: number): void {
  const spent = Problem.of('QUOTA_EXCEEDED', {
    detail: `The files of this client may have ${files.quotaBytes} bytes together.`,
  });
  work.expect(`${usedSql} + ? <= ?`, [work.now, bytes, files.quotaBytes], spent);
}
