/** Puts the row of a readable file into a store, for tests that need its id and not its bytes. */
import type { TestEngine } from '../engine/testing.ts';
import { type FileRow, fileArgs, insertFileSql } from './file-row.ts';
import { openFiles } from './tables.ts';

export async function seedFile(engine: TestEngine, id: string, more: Partial<FileRow> = {}): Promise<string> {
  const db = await openFiles(engine.runtime, engine.tenant);
  const row: FileRow = {
    id,
    name: 'a.png',
    purpose: 'test',
    owner: null,
    acl: 'private',
    declaredType: 'image/png',
    declaredSha256: null,
    size: 100,
    mime: 'image/png',
    sha256: null,
    key: `${engine.tenant.client.id}/${id}`,
    state: 'ready',
    createdAt: engine.now,
    createdBy: null,
    expiresAt: engine.now,
    deletedAt: null,
    ...more,
  };
  await db.write([{ sql: insertFileSql, args: fileArgs(row) }]);
  return id;
}
