/** A whole client, or what one of its modules keeps, as one archive: records as they are stored, files, sites, settings. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Database, SqlValue } from '../../schemas/ports/index.ts';
import type { CompiledEntity } from '../engine/compile/entity.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import type { Runtime } from '../engine/runtime.ts';
import { openColumns } from '../engine/sealing.ts';
import { type FileRow, fileColumns, fileRow } from '../files/file-row.ts';
import { draftsSql, openFiles } from '../files/tables.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type ArchiveManifest, countsName, dataName, FILES, lineOf, MANIFEST, SEQUENCES } from './archive.ts';
import { type CountTable, countRows, countTables } from './counts.ts';
import type { CountsCopy } from './counts-copy.ts';
import { type ZipMember, zipOf } from './zip-writer.ts';

const PAGE = 500;

/** Parts of the manifest that the control plane knows. */
export type Surroundings = Pick<ArchiveManifest, 'client' | 'modules' | 'sites'>;

/** A copy of the client's store as it was at one instant, which is what an archive stands for while others go on writing. */
export interface StoreCopy {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** What was counted of the sites; undefined where it does not belong into the archive, or there is nothing. */
  readonly counts?: CountsCopy | undefined;
  drop(): Promise<void>;
}

/** `copy` is asked for once the store has all its tables; `only` is the module to keep to, which may be one that was removed. */
export async function exportClient(
  runtime: Runtime,
  tenant: Tenant,
  surroundings: Surroundings,
  copy: () => Promise<StoreCopy>,
  only?: CompiledModule,
): Promise<AsyncGenerator<Uint8Array>> {
  await openFiles(runtime, tenant);
  return zipOf(frozen(runtime, await copy(), only ? [only] : tenant.modules, surroundings, only));
}

async function* frozen(
  runtime: Runtime,
  copy: StoreCopy,
  modules: readonly CompiledModule[],
  surroundings: Surroundings,
  only: CompiledModule | undefined,
): AsyncGenerator<ZipMember> {
  try {
    yield* membersOf(runtime, copy, modules, surroundings, only);
  } finally {
    await copy.counts?.drop();
    await copy.drop();
  }
}

async function* membersOf(
  runtime: Runtime,
  { name: store, at, counts }: StoreCopy,
  modules: readonly CompiledModule[],
  surroundings: Surroundings,
  only: CompiledModule | undefined,
): AsyncGenerator<ZipMember> {
  const db = await runtime.ports.databases.open(store);
  const members: Record<string, { rows: number; sha256: string }> = {};
  const omitted: string[] = [];
  const fieldKey = () => runtime.secrets.fieldKey(surroundings.client.id);
  const counted = (name: string, lines: AsyncIterable<string>): ZipMember => ({
    name,
    body: (async function* () {
      const hash = createHash('sha256');
      let rows = 0;
      for await (const line of lines) {
        const bytes = Buffer.from(line);
        hash.update(bytes);
        rows += 1;
        yield bytes;
      }
      members[name] = { rows, sha256: hash.digest('hex') };
    })(),
  });
  // First, since their copy is there for an hour.
  if (counts) {
    const sites = surroundings.sites.map(({ id }) => id);
    for (const table of countTables) yield counted(countsName(table), countLines(counts.db, table, sites));
  }
  for (const module of modules) {
    for (const entity of module.entities.values()) {
      const opened = (row: Record<string, SqlValue>) =>
        openColumns(fieldKey, entity, row, place => omitted.push(place));
      yield counted(dataName(module.name, entity.name), rowsOf(db, entity, opened));
    }
  }
  yield counted(SEQUENCES, sequenceLines(db, only));
  const kept = new Set<string>();
  const lost: string[] = [];
  yield* fileBytes(runtime, db, only, kept);
  yield counted(FILES, fileLines(db, only, kept, lost));
  const [mark] = await db.read([{ sql: 'SELECT coalesce(max("seq"), 0) FROM "_audit"' }]);
  const audit = Number(mark!.rows[0]![0]);
  const exportedAt = new Date(at).toISOString();
  const manifest: ArchiveManifest = { format: 1, exportedAt, audit, ...surroundings, members, omitted, lost };
  yield {
    name: MANIFEST,
    body: (async function* () {
      yield Buffer.from(JSON.stringify(manifest, null, 2));
    })(),
  };
}

/** Columns of an entity that are written to an archive and read from one, without their quotes. */
export const archivedColumns = (entity: CompiledEntity): string[] =>
  entity.fields.flatMap(({ columns }) => columns.map(column => column.slice(1, -1)));

async function* countLines(db: Database, table: CountTable, sites: readonly string[]): AsyncGenerator<string> {
  for await (const row of countRows(db, table, sites)) yield lineOf(row);
}

async function* rowsOf(
  db: Database,
  entity: CompiledEntity,
  opened: (row: Record<string, SqlValue>) => void,
): AsyncGenerator<string> {
  const columns = archivedColumns(entity);
  const list = columns.map(column => `"${column}"`).join(', ');
  const sql = `SELECT ${list} FROM "${entity.table}" WHERE "id" > ? ORDER BY "id" LIMIT ${PAGE}`;
  for await (const row of pages(db, sql)) {
    const record = Object.fromEntries(columns.map((column, index) => [column, row[index]!]));
    opened(record);
    yield lineOf(record);
  }
}

async function* sequenceLines(db: Database, only: CompiledModule | undefined): AsyncGenerator<string> {
  const [found] = await db.read([{ sql: 'SELECT "series", "scope", "period", "value" FROM "_sequence"' }]);
  const tables = only && new Set([...only.entities.values()].map(({ table }) => table));
  for (const [series, scope, period, value] of found!.rows) {
    if (tables && !tables.has(`${series}`.slice(0, `${series}`.lastIndexOf('.')))) continue;
    yield lineOf({ series: series!, scope: scope!, period: period!, value: value! });
  }
}

const readable = `"state" = 'ready' AND "deleted_at" IS NULL AND "id" NOT IN ${draftsSql}`;

/** Of one module: those that belong to its records. */
async function* files(db: Database, only: CompiledModule | undefined): AsyncGenerator<FileRow> {
  const sql = `SELECT ${fileColumns} FROM "_file" WHERE "id" > ? AND ${readable} ORDER BY "id" LIMIT ${PAGE}`;
  for await (const row of pages(db, sql)) {
    const file = fileRow(row);
    if (!only || file.owner?.startsWith(`${only.name}.`)) yield file;
  }
}

/** Files whose bytes are in the archive; the ids of the others go to `lost`. */
async function* fileLines(
  db: Database,
  only: CompiledModule | undefined,
  kept: ReadonlySet<string>,
  lost: string[],
): AsyncGenerator<string> {
  for await (const { key: _key, ...row } of files(db, only)) {
    if (row.sha256 !== null && kept.has(row.sha256)) yield lineOf(row);
    else lost.push(row.id);
  }
}

/** The same content once, under its hash, which is then in `kept`. */
async function* fileBytes(
  runtime: Runtime,
  db: Database,
  only: CompiledModule | undefined,
  kept: Set<string>,
): AsyncGenerator<ZipMember> {
  for await (const { sha256, key } of files(db, only)) {
    if (sha256 === null || kept.has(sha256)) continue;
    const blob = await runtime.ports.blobs.get(key);
    if (!blob) continue;
    kept.add(sha256);
    yield { name: `files/${sha256}`, body: blob.body, stored: true };
  }
}

/** The first selected column is the id that the next page begins behind. */
async function* pages(db: Database, sql: string): AsyncGenerator<readonly SqlValue[]> {
  for (let after = ''; ; ) {
    const [page] = await db.read([{ sql, args: [after] }]);
    yield* page!.rows;
    if (page!.rows.length < PAGE) return;
    after = page!.rows.at(-1)![0] as string;
  }
}
