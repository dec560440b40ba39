/** The chain of a store's audit rows: each has the keyed hash of what it says, and beside it that of the row before. */
import { createHash } from 'node:crypto';
import type { SqlValue, Statement } from '../../../schemas/ports/index.ts';
import { keyedHash } from '../keyed-hash.ts';

/** What the hash of a row covers, as stored; the order is part of the hash. */
export const auditContent = ['at', 'actor_kind', 'actor_id', 'request', 'action', 'entity', 'record', 'diff'] as const;

export type AuditValues = readonly SqlValue[];

/** HMAC-SHA-256 as base64url; `values` are those of `auditContent`. */
export const auditHash = (key: Uint8Array, values: AuditValues): string =>
  keyedHash(key, JSON.stringify(values)).toString('base64url');

/** What stands for all rows up to one, that one included. */
export const digestOf = (before: string, hash: string): string =>
  createHash('sha256').update(before).update(hash).digest('base64url');

const columns = [...auditContent, 'hash', 'prev'].map(name => `"${name}"`).join(', ');
const before = `coalesce((SELECT "hash" FROM "_audit" ORDER BY "seq" DESC LIMIT 1), '')`;
const places = auditContent.map(() => '?').join(', ');

/**
 * Appends rows to the chain. The first finds the row before it as the batch runs, so writers follow each other whatever they have
 * read, and none waits for another.
 */
export function appendAudit(key: () => Uint8Array, rows: readonly AuditValues[]): Statement[] {
  if (rows.length === 0) return [];
  const hashes = rows.map(values => auditHash(key(), values));
  const tuples = rows.map((_, i) => `(${places}, ?, ${i === 0 ? before : '?'})`);
  const args = rows.flatMap((values, i) => [...values, hashes[i]!, ...(i === 0 ? [] : [hashes[i - 1]!])]);
  return [{ sql: `INSERT INTO "_audit" (${columns}) VALUES ${tuples.join(', ')}`, args }];
}
