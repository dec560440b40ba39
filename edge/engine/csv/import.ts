/** Takes rows into an entity as one commit, tells beforehand what it would do, and undoes it. */
import { uuidv7 } from 'uuidv7';
import { type FieldProblem, Problem } from '../../../schemas/errors/index.ts';
import { validate } from '../../../schemas/errors/validate.ts';
import type { Verb } from '../../../schemas/module/index.ts';
import { openFiles } from '../../files/tables.ts';
import { grantedFields, grantFor } from '../access.ts';
import { type Call, type Reply, runCall } from '../call.ts';
import { type CompiledEntity, decodeRow, quote, type RecordValues } from '../compile/entity.ts';
import { placeholders, whereSql } from '../compile/where.ts';
import { limitsOf, type Readable, Reader } from '../query/reader.ts';
import type { Target } from '../records/target.ts';
import { filterVariables } from '../repository/record-scope.ts';
import { EntityRepository } from '../repository/repository.ts';
import type { Runtime } from '../runtime.ts';
import { rowOpener } from '../sealing.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import {
  type ImportEntry,
  type ImportInput,
  type ImportPlan,
  importSchema,
  keyText,
  planImport,
  type ReadRows,
  type RowError,
  readRows,
  sqlJson,
} from './import-plan.ts';
import { danglingReferences, takenValues, wrongFiles } from './row-checks.ts';

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

/** How many rows the store itself may refuse, one commit each, beyond those that are found out beforehand. */
const mostRefused = 50;

/** The reply of a dry run, which ends a commit that would have gone through. */
class Tried extends Error {
  override readonly name = 'Tried';
}

/** Refusals of single entries, by their first row. */
type Refused = Map<number, readonly FieldProblem[]>;

const problemsOf = ({ code, title, options }: Problem): readonly FieldProblem[] =>
  options.errors ?? [{ pointer: '', code, message: options.detail ?? title }];

/** Rows with errors are left out and told; the others are one commit. Throws FORBIDDEN, VALIDATION_FAILED, and what refused the last of too many rows. */
export async function importRecords(runtime: Runtime, call: Call, target: Target, body: unknown): Promise<Reply> {
  const { entity } = target;
  const subject = new Reader(call).subject(entity);
  grantFor(entity, 'create', call.actor);
  const input = validate(importSchema, body);
  const read = readRows(entity, input);
  if (entity.fields.some(({ files }) => files.length > 0)) await openFiles(runtime, call.tenant);
  const keyed = input.dryRun ? { ...call, idempotencyKey: undefined } : call;
  const refused: Refused = new Map();
  const blamed = new WeakMap<Problem, number>();
  const blame = (problem: Problem, row: number) => {
    blamed.set(problem, row);
    return problem;
  };
  for (let round = 0; ; round++) {
    let tried: Reply | undefined;
    try {
      return await runCall(runtime, keyed, async work => {
        work.blame = blame;
        const plan = await planned(work, call, entity, subject, read);
        tried = takeIn(work, call, target, plan, { input, read, refused });
        return tried;
      });
    } catch (error) {
      if (error instanceof Tried && tried) return tried;
      const row = error instanceof Problem ? blamed.get(error) : undefined;
      if (row === undefined || round >= mostRefused) throw error;
      refused.set(row, problemsOf(error as Problem));
    }
  }
}

/** The rows against what is in the store, without those that it would refuse. */
async function planned(
  work: UnitOfWork,
  call: Call,
  entity: CompiledEntity,
  subject: Readable,
  read: ReadRows,
): Promise<ImportPlan> {
  const keys = [...new Set(read.rows.flatMap(({ key }) => key ?? []))];
  const rows = placeholders(filterVariables(call.actor, work.now));
  const list = rows.value(sqlJson(keys));
  const limits = limitsOf(subject).map(limit => ` AND ${whereSql(entity, limit, rows)}`);
  const found = new Map<string, RecordValues[]>();
  if (read.match && keys.length > 0) {
    const sql = `SELECT ${entity.selectList} FROM ${quote(entity.table)} WHERE ${read.match.columns[0]} IN (SELECT value FROM json_each(${list}))${limits.join('')}`;
    for (const row of (await work.read(sql, rows.args)).rows) {
      const key = keyText(row[read.match.at]!);
      found.set(key, [...(found.get(key) ?? []), decodeRow(entity, row, opener(work))]);
    }
  }
  const plan = planImport(entity, read, found);
  const checks = await Promise.all([
    takenValues(work, entity, plan.entries),
    danglingReferences(work, entity, plan.entries),
    wrongFiles(work, call.actor, entity, plan.entries),
  ]);
  return without(plan, checks.flat());
}

/** The plan without the entries whose first row is named. */
function without({ entries, errors }: ImportPlan, more: readonly RowError[]): ImportPlan {
  const wrong = Map.groupBy(more, ({ row }) => row);
  return {
    entries: entries.filter(({ rows }) => !wrong.has(rows[0]!)),
    errors: [
      ...errors,
      ...entries.flatMap(({ rows }) =>
        rows.flatMap(row => (wrong.get(rows[0]!) ?? []).map(problem => ({ ...problem, row }))),
      ),
    ],
  };
}

interface Intake {
  readonly input: ImportInput;
  readonly read: ReadRows;
  readonly refused: Refused;
}

/** Collects the writes, and says what they come to. */
function takeIn(
  work: UnitOfWork,
  call: Call,
  { module, entity }: Target,
  plan: ImportPlan,
  { input, read, refused }: Intake,
): Reply {
  const { entries, errors } = without(
    plan,
    [...refused].flatMap(([row, problems]) => problems.map(problem => ({ ...problem, row }))),
  );
  const [created, updated] = [entries.filter(({ record }) => !record), entries.filter(({ record }) => record)];
  if (created.length > 0) checkRight(entity, 'create', call, read.fields);
  if (updated.length > 0) checkRight(entity, 'update', call, read.fields);
  const id = write({ work, call, module, entity }, entries);
  if (input.dryRun && id !== null) work.expectLast('0', [], new Tried());
  const sorted = errors.toSorted((a, b) => a.row - b.row);
  const data = {
    import: input.dryRun ? null : id,
    dryRun: input.dryRun,
    new: created.length,
    update: entries.reduce((sum, { rows }) => sum + rows.length, 0) - created.length,
    error: new Set(errors.map(({ row }) => row)).size,
    errors: sorted.slice(0, errorsShown),
  };
  return { status: input.dryRun ? 200 : 201, body: JSON.stringify({ data }) };
}

const opener = (work: UnitOfWork) => rowOpener(() => work.scope.fieldKey());
const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

interface Writing extends Target {
  readonly work: UnitOfWork;
  readonly call: Call;
}

/** The import's id; null where nothing is to be written. Throws what refused an entry, with its row blamed. */
function write({ work, call, module, entity }: Writing, entries: readonly ImportEntry[]): string | null {
  const json = (values: Values) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, entity.byName.get(name)!.codec.toJson(value) ?? null]),
    );
  const rows: { record: string; rev: number; before: string | null }[] = [];
  const one = ({ record, values }: ImportEntry, repository: EntityRepository): void => {
    if (!record) {
      rows.push({ record: repository.create(values).id, rev: 1, before: null });
      return;
    }
    const different = Object.fromEntries(
      Object.entries(values).filter(([name, value]) => !sameJson(record[name], value)),
    );
    if (Object.keys(different).length === 0) return;
    const before = Object.fromEntries(Object.keys(different).map(name => [name, record[name]]));
    const expected = { record, rev: record.rev, retry: true };
    repository.update(record.id, different, expected);
    rows.push({ record: record.id, rev: record.rev + 1, before: JSON.stringify(json(before)) });
  };
  for (const entry of entries) {
    const row = entry.rows[0]!;
    try {
      one(entry, new EntityRepository(work.partOf(row), module, entity, call.actor));
    } catch (error) {
      throw error instanceof Problem && work.blame ? work.blame(error, row) : error;
    }
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
