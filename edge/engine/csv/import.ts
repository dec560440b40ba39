/** Takes rows into an entity as one commit, tells beforehand what it would do, and undoes it. */
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../../schemas/errors/index.ts';
import { validate } from '../../../schemas/errors/validate.ts';
import type { Verb } from '../../../schemas/module/index.ts';
import type { SqlValue } from '../../../schemas/ports/index.ts';
import { grantedFields, grantFor } from '../access.ts';
import { type Call, type Reply, runCall } from '../call.ts';
import { type CompiledEntity, decodeRow, quote, type RecordValues } from '../compile/entity.ts';
import { placeholders, whereSql } from '../compile/where.ts';
import { limitsOf, Reader } from '../query/reader.ts';
import type { Target } from '../records/target.ts';
import { EntityRepository, filterVariables } from '../repository.ts';
import type { Runtime } from '../runtime.ts';
import { rowOpener } from '../sealing.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import { type ImportPlan, importSchema, planImport, readRows } from './import-plan.ts';

const errorsShown = 200;
/** What an import changed is kept for a week. */
const keptMs = 7 * 86_400_000;
type Values = Readonly<Record<string, unknown>>;

function checkRight(entity: CompiledEntity, verb: Verb, call: Call, fields: ReadonlySet<string>): void {
  const allowed = grantedFields(grantFor(entity, verb, call.actor));
  const refused = allowed ? [...fields].filter(name => !allowed.has(name)) : [];
  const errors = refused.map(name => ({ pointer: `/${name}`, code: 'FORBIDDEN', message: 'You may not set this' }));
  if (errors.length > 0) throw Problem.of('FORBIDDEN', { errors });
}

/** Rows with errors are left out and told; the others are one commit. Throws FORBIDDEN, VALIDATION_FAILED. */
export async function importRecords(runtime: Runtime, call: Call, target: Target, body: unknown): Promise<Reply> {
  const { module, entity } = target;
  const subject = new Reader(call).subject(entity);
  grantFor(entity, 'create', call.actor);
  const input = validate(importSchema, body);
  const read = readRows(entity, input);
  return runCall(runtime, input.dryRun ? { ...call, idempotencyKey: undefined } : call, async work => {
    const keys = [...new Set(read.rows.flatMap(({ key }) => key ?? []))];
    const rows = placeholders(filterVariables(call.actor, work.now));
    const list = rows.value(JSON.stringify(keys));
    const limits = limitsOf(subject).map(limit => ` AND ${whereSql(entity, limit, rows)}`);
    const found = new Map<SqlValue, RecordValues[]>();
    if (read.match && keys.length > 0) {
      const sql = `SELECT ${entity.selectList} FROM ${quote(entity.table)} WHERE ${read.match.columns[0]} IN (SELECT value FROM json_each(${list}))${limits.join('')}`;
      for (const row of (await work.read(sql, rows.args)).rows) {
        const key = row[read.match.at]!;
        found.set(key, [...(found.get(key) ?? []), decodeRow(entity, row, opener(work))]);
      }
    }
    const plan = planImport(entity, read, found);
    if (plan.created.length > 0) checkRight(entity, 'create', call, read.fields);
    if (plan.changed.length > 0) checkRight(entity, 'update', call, read.fields);
    const id = input.dryRun ? null : write(new EntityRepository(work, module, entity, call.actor), work, call, plan);
    const data = {
      import: id,
      dryRun: input.dryRun,
      new: plan.created.length,
      update: plan.updates,
      error: plan.failedRows,
      errors: plan.errors.slice(0, errorsShown),
    };
    return { status: input.dryRun ? 200 : 201, body: JSON.stringify({ data }) };
  });
}

const opener = (work: UnitOfWork) => rowOpener(() => work.scope.fieldKey());
const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The import's id; null where nothing is to be written. */
function write(repository: EntityRepository, work: UnitOfWork, call: Call, plan: ImportPlan): string | null {
  const { entity } = repository;
  const json = (values: Values) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, entity.byName.get(name)!.codec.toJson(value) ?? null]),
    );
  const rows: { record: string; rev: number; before: string | null }[] = [];
  for (const { draft } of plan.created) rows.push({ record: repository.create(draft).id, rev: 1, before: null });
  for (const { record, patch } of plan.changed) {
    const different = Object.fromEntries(
      Object.entries(patch).filter(([name, value]) => !sameJson(record[name], value)),
    );
    if (Object.keys(different).length === 0) continue;
    const before = Object.fromEntries(Object.keys(different).map(name => [name, record[name]]));
    const expected = { record, rev: record.rev, retry: true };
    repository.update(record.id, different, expected);
    rows.push({ record: record.id, rev: record.rev + 1, before: JSON.stringify(json(before)) });
  }
  if (rows.length === 0) return null;
  const id = uuidv7();
  work.write('DELETE FROM "_import" WHERE "at" < ?', [work.now - keptMs]);
  work.write('INSERT INTO "_import" ("id", "entity", "at", "actor_kind", "actor_id") VALUES (?, ?, ?, ?, ?)', [
    id,
    entity.table,
    work.now,
    call.actor.kind,
    call.actor.id,
  ]);
  work.write(
    `INSERT INTO "_import_row" SELECT ?, value ->> 'record', value ->> 'rev', value ->> 'before' FROM json_each(?)`,
    [id, JSON.stringify(rows)],
  );
  return id;
}

/**
 * Takes back what an import did: new records go, changed ones get their values back, and what somebody has changed since is kept
 * and named. For whoever imported, and for those who may delete. Throws NOT_FOUND, CONFLICT for one that was undone.
 */
export async function undoImport(runtime: Runtime, call: Call, { module, entity }: Target, id: string): Promise<Reply> {
  new Reader(call).subject(entity);
  return runCall(runtime, call, async work => {
    const [head, entries] = await Promise.all([
      work.read(
        'SELECT "actor_kind", "actor_id", "undone_at" FROM "_import" WHERE "id" = ? AND "entity" = ? AND "at" >= ?',
        [id, entity.table, work.now - keptMs],
      ),
      work.read('SELECT "record", "rev", "before" FROM "_import_row" WHERE "import" = ?', [id]),
    ]);
    const [kind, by, undoneAt] = head.rows[0] ?? [];
    if (kind === undefined) throw Problem.of('NOT_FOUND');
    if (kind !== call.actor.kind || by !== call.actor.id) grantFor(entity, 'delete', call.actor);
    if (undoneAt !== null) throw Problem.of('CONFLICT', { detail: 'This import has been undone.' });
    const rows = entries.rows as [string, number, string | null][];
    const ids = JSON.stringify(rows.map(([record]) => record));
    const now = await work.read(
      `SELECT ${entity.selectList} FROM ${quote(entity.table)} WHERE "id" IN (SELECT value FROM json_each(?))`,
      [ids],
    );
    const records = new Map(
      now.rows.map(row => decodeRow(entity, row, opener(work))).map(record => [record.id, record]),
    );
    const system = { ...call.actor, kind: 'system', role: null, scopes: null } as const;
    const repository = new EntityRepository(work, module, entity, system);
    const kept: string[] = [];
    let [removed, reverted] = [0, 0];
    for (const [record, rev, before] of rows) {
      const current = records.get(record);
      if (current?.rev !== rev) kept.push(record);
      else if (before === null) {
        repository.delete(record);
        removed += 1;
      } else {
        const patch = validate(entity.patchSchema, JSON.parse(before)) as Values;
        const expected = { record: current, rev, retry: true };
        repository.update(record, patch, expected);
        reverted += 1;
      }
    }
    work.write('UPDATE "_import" SET "undone_at" = ? WHERE "id" = ? AND "undone_at" IS NULL', [work.now, id]);
    work.expectChange(Problem.of('CONFLICT', { detail: 'This import has been undone.' }));
    return { status: 200, body: JSON.stringify({ data: { removed, reverted, kept } }) };
  });
}
