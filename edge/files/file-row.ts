/** A row of the files' table, and what callers see of it. */
import type { SqlValue } from '../../schemas/ports/index.ts';

export const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  /** `module.entity:id` of the record it belongs to. */
  readonly owner: string | null;
  readonly acl: 'private' | 'public';
  readonly declaredType: string;
  /** Lower-case hex. */
  readonly declaredSha256: string | null;
  /** Bytes: as announced until they are there, as stored from then on. */
  readonly size: number;
  readonly mime: string | null;
  readonly sha256: string | null;
  readonly key: string;
  readonly state: 'pending' | 'uploaded' | 'ready';
  readonly createdAt: number;
  readonly createdBy: string | null;
  readonly expiresAt: number;
  readonly deletedAt: number | null;
}

/** In the order of `fileColumns`. */
const members = [
  'id',
  'name',
  'purpose',
  'owner',
  'acl',
  'declaredType',
  'declaredSha256',
  'size',
  'mime',
  'sha256',
  'key',
  'state',
  'createdAt',
  'createdBy',
  'expiresAt',
  'deletedAt',
] as const satisfies readonly (keyof FileRow)[];

export const fileColumns =
  '"id", "name", "purpose", "owner", "acl", "declared_type", "declared_sha256", "size", "mime", "sha256", "key", "state", "created_at", "created_by", "expires_at", "deleted_at"';

export const insertFileSql = `INSERT INTO "_file" (${fileColumns}) VALUES (${members.map(() => '?').join(', ')})`;

export const fileArgs = (row: FileRow): SqlValue[] => members.map(member => row[member]);

export const fileRow = (values: readonly SqlValue[]): FileRow =>
  Object.fromEntries(members.map((member, index) => [member, values[index]])) as unknown as FileRow;

export interface FileJson {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly owner: string | null;
  readonly acl: string;
  readonly size: number;
  readonly type: string | null;
  readonly sha256: string | null;
  readonly state: string;
  readonly createdAt: string;
}

export const fileJson = (row: FileRow): FileJson => ({
  id: row.id,
  name: row.name,
  purpose: row.purpose,
  owner: row.owner,
  acl: row.acl,
  size: row.size,
  type: row.mime,
  sha256: row.sha256,
  state: row.state,
  createdAt: new Date(row.createdAt).toISOString(),
});
