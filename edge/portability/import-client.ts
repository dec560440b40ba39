/** Brings an archive into a new client: records keep their ids, sites get new ones, and references follow. */
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../schemas/errors/index.ts';
import type { SqlValue, Statement } from '../../schemas/ports/index.ts';
import type { ImportReport } from '../../schemas/protocol/index.ts';
import { createSiteDays } from '../analytics/site-days.ts';
import { createAnalyticsStores } from '../analytics/stores.ts';
import type { CompiledEntity } from '../engine/compile/entity.ts';
import { sealColumns } from '../engine/sealing.ts';
import { blanked, emailColumns } from '../erasure/blank.ts';
import { suppressedBy, suppressionHash } from '../erasure/suppression.ts';
import { type FileRow, fileArgs, insertFileSql } from '../files/file-row.ts';
import { openFiles } from '../files/tables.ts';
import { watched } from '../files/watched.ts';
import type { Tenant } from '../tenant/tenant.ts';
import {
  type ArchiveManifest,
  type ArchiveRow,
  archiveManifest,
  countsName,
  dataName,
  FILES,
  MANIFEST,
  memberNames,
  SEQUENCES,
} from './archive.ts';
import { countTables, writeCounts } from './counts.ts';
import type { PortabilityDeps } from './deps.ts';
import { loadEntity, planLoad, readRows, utf8, withoutGuards, writeRows } from './load-rows.ts';
import { requireNew, restoreSurroundings } from './surroundings.ts';
import { readZip, type ZipEntry } from './zip-reader.ts';

const MAX_ENTRIES = 20_000;
const MAX_MANIFEST = 4 * 1024 * 1024;

type Entries = ReadonlyMap<string, ZipEntry>;

/** `key` names the archive among the client's blobs. Throws VALIDATION_FAILED, PAYLOAD_TOO_LARGE, IN_USE, QUOTA_EXCEEDED; then the client is as new as before. */
export async function importClient(deps: PortabilityDeps, clientId: string, key: string): Promise<ImportReport> {
  const { runtime, tenants } = deps;
  const maxBytes = runtime.config.files.maxArchiveBytes;
  const entries = await readZip(runtime.ports.blobs, key, { maxEntries: MAX_ENTRIES, maxBytes, names: memberNames });
  const manifest = await readManifest(entries);
  await requireNew(deps, clientId);
  const { sites, undo } = await restoreSurroundings(deps, clientId, manifest);
  const stored: string[] = [];
  let tenant: Tenant | undefined;
  try {
    tenant = await tenants.byClient(clientId);
    if (!tenant) throw Problem.of('NOT_FOUND');
    const moved = new Map([...sites, [manifest.client.id, clientId]]);
    const { records, suppressed } = await loadRecords(deps, tenant, entries, manifest, moved);
    const files = await loadFiles(deps, tenant, entries, manifest, stored);
    const counts = await loadCounts(deps, clientId, entries, manifest, sites);
    const pairs = [...sites].map(([from, to]) => ({ from, to }));
    return { records, files, counts, sites: pairs, suppressed, omitted: manifest.omitted };
  } catch (error) {
    await undo();
    await runtime.ports.blobs.delete(stored);
    if (tenant) await runtime.ports.databases.drop(tenant.store);
    await createAnalyticsStores({ db: deps.control.db, ...runtime.ports }).drop(clientId);
    throw error;
  }
}

async function readManifest(entries: Entries): Promise<ArchiveManifest> {
  const entry = entries.get(MANIFEST);
  if (!entry || entry.size > MAX_MANIFEST) throw invalid('The archive has no manifest.');
  try {
    return archiveManifest.parse(JSON.parse(await utf8(entry)));
  } catch (cause) {
    throw cause instanceof Problem ? cause : invalid('The manifest is not one of this format.', cause);
  }
}

const invalid = (detail: string, cause?: unknown) => Problem.of('VALIDATION_FAILED', { detail, cause });

async function loadRecords(
  { control, runtime }: PortabilityDeps,
  tenant: Tenant,
  entries: Entries,
  manifest: ArchiveManifest,
  moved: ReadonlyMap<string, string>,
): Promise<{ records: number; suppressed: number }> {
  const db = await openFiles(runtime, tenant);
  const entities = tenant.modules.flatMap(module => [...module.entities.values()]);
  const data = entities.map(({ module, name }) => dataName(module, name));
  const known = new Set([MANIFEST, FILES, SEQUENCES, ...countTables.map(countsName), ...data]);
  const stray = [...entries.keys()].find(name => !known.has(name) && !name.startsWith('files/'));
  if (stray) throw invalid(`${stray} belongs to no installed module.`);
  const forgotten = await suppressedBy(control.db, [tenant.client.id, manifest.client.id]);
  let records = 0;
  let suppressed = 0;
  const fieldKey = () => runtime.secrets.fieldKey(tenant.client.id);
  const change = (entity: CompiledEntity, row: ArchiveRow): ArchiveRow => {
    records += 1;
    const here = Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, (typeof value === 'string' && moved.get(value)) || value]),
    ) as Record<string, SqlValue>;
    const isForgotten = emailColumns(entity).some(
      column => typeof here[column] === 'string' && forgotten.has(suppressionHash(runtime, here[column])),
    );
    try {
      sealColumns(fieldKey, entity, here);
    } catch (cause) {
      throw invalid(`A sealed value of ${entity.table} is no JSON.`, cause);
    }
    if (!isForgotten) return here as ArchiveRow;
    suppressed += 1;
    return { ...here, ...blanked(entity, here) } as ArchiveRow;
  };
  const plan = await planLoad(db, entities);
  await withoutGuards(db, entities, async () => {
    const postponed: Statement[] = [];
    for (const entity of plan.entities) {
      const entry = entries.get(dataName(entity.module, entity.name));
      if (!entry) continue;
      const late = plan.late.get(entity.table) ?? [];
      postponed.push(...(await loadEntity(db, entity, readRows(entry, manifest), late, change)));
    }
    await writeRows(db, 'the archive', postponed);
    const sequences = entries.get(SEQUENCES);
    if (sequences) await writeRows(db, '_sequence', await sequenceStatements(readRows(sequences, manifest), moved));
  });
  return { records, suppressed };
}

/** What was counted of the sites, under their new ids; an archive from before counts were in it has none. */
async function loadCounts(
  { control, runtime }: PortabilityDeps,
  clientId: string,
  entries: Entries,
  manifest: ArchiveManifest,
  sites: ReadonlyMap<string, string>,
): Promise<number> {
  const tables = countTables.flatMap(table => {
    const entry = entries.get(countsName(table));
    return entry ? [{ table, entry }] : [];
  });
  if (tables.length === 0) return 0;
  const deps = { db: control.db, clock: runtime.ports.clock, databases: runtime.ports.databases };
  const stores = createAnalyticsStores(deps);
  const db = await stores.make(clientId);
  let rows = 0;
  for (const { table, entry } of tables) rows += await writeCounts(db, table, readRows(entry, manifest), sites);
  await createSiteDays({ ...deps, stores }).copy(clientId, '');
  return rows;
}

/** A numbering of one site goes on under the site's new id. */
export async function sequenceStatements(
  rows: AsyncIterable<ArchiveRow>,
  moved: ReadonlyMap<string, string>,
): Promise<Statement[]> {
  const statements: Statement[] = [];
  for await (const { series, scope, period, value } of rows) {
    const args = [series, moved.get(`${scope}`) ?? scope, period, value];
    if (args.some(arg => arg === undefined)) throw invalid('A numbering is not whole.');
    const sql = 'INSERT INTO "_sequence" ("series", "scope", "period", "value") VALUES (?, ?, ?, ?)';
    statements.push({ sql, args: args as SqlValue[] });
  }
  return statements;
}

async function loadFiles(
  { runtime }: PortabilityDeps,
  tenant: Tenant,
  entries: Entries,
  manifest: ArchiveManifest,
  stored: string[],
): Promise<number> {
  const entry = entries.get(FILES);
  if (!entry) return 0;
  const db = await openFiles(runtime, tenant);
  const keys = new Map<string, string>();
  let bytes = 0;
  const statements: Statement[] = [];
  for await (const line of readRows(entry, manifest)) {
    const row = line as unknown as FileRow;
    const content = entries.get(`files/${row.sha256}`);
    if (!content || content.size !== row.size) throw invalid(`The bytes of file ${row.id} are missing.`);
    let key = keys.get(content.name);
    if (!key) {
      bytes += content.size;
      if (bytes > runtime.config.files.quotaBytes) throw Problem.of('QUOTA_EXCEEDED');
      key = `${tenant.client.id}/${uuidv7()}`;
      stored.push(key);
      const { body, result } = watched(content.read(), row.declaredType);
      await runtime.ports.blobs.put(key, body, content.size);
      const { sha256, mime } = result();
      // The type is read from the bytes again: an archive may claim anything.
      if (sha256 !== row.sha256 || mime !== row.mime) throw invalid(`The bytes of file ${row.id} are not its own.`);
      keys.set(content.name, key);
    }
    const args = fileArgs({ ...row, key, state: 'ready', deletedAt: null, createdBy: null });
    if (args.includes(undefined as never)) throw invalid(`The row of a file is not whole.`);
    statements.push({ sql: insertFileSql, args });
  }
  await writeRows(db, '_file', statements);
  return statements.length;
}
