/** Contract: what no version in use and no rollback needs is taken out of a client's store, after a snapshot, when a person says so. */
import { and, desc, eq, inArray, lte } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../schemas/errors/index.ts';
import { type Database, DatabaseError, type Statement } from '../../schemas/ports/index.ts';
import type { ContractPlan as Answer } from '../../schemas/protocol/index.ts';
import { databaseErrorIn } from '../control/failures.ts';
import { contraction, installation, rollout, rolloutStore } from '../control/schema.ts';
import { quote } from '../engine/compile/entity.ts';
import { dropColumns, dropTables, isChecked, pointersFromOutside, referencesIn } from '../engine/store/drop-parts.ts';
import { readShape } from '../engine/store/shape.ts';
import { loadCatalogue } from './catalogue.ts';
import { type DroppedPart, droppedParts, isNeededBy, isPresent, storedParts } from './dropped-parts.ts';
import type { VersionService } from './service.ts';
import { type CopyDeps, homeOf, takeSnapshot } from './snapshots.ts';

export interface ContractDeps extends CopyDeps {
  readonly versions: VersionService;
}

export type ContractionRow = typeof contraction.$inferSelect;
type Installed = Pick<
  typeof installation.$inferSelect,
  'clientId' | 'module' | 'version' | 'previousVersion' | 'settlesAt'
>;

export interface PlannedPart extends DroppedPart {
  /** Rows that have something in it. */
  readonly rows: number;
  /** A rule that the table was made with names the column, so it is emptied and stays. */
  readonly emptied: boolean;
  /** Whether the module's publisher says that it may go. */
  readonly announced: boolean;
}

export interface ContractPlan {
  readonly parts: readonly PlannedPart[];
  /** Why it cannot be done now; empty where it can. */
  readonly blockers: Answer['blockers'];
}

/** Nothing has moved for so long: its runner was cut off. */
const stalledMs = 60_000;

/** What a contract step would take away, as the store is now. Changes nothing but tables that are behind. */
export async function planContract(deps: ContractDeps, row: Installed): Promise<ContractPlan> {
  const { db, databases, versions } = deps;
  const { clientId, module, version, previousVersion } = row;
  const published = (await loadCatalogue(db, [module])).get(module)!.map(entry => entry.manifest);
  const current = published.find(manifest => manifest.version === version);
  if (!current) throw Problem.of('NOT_FOUND');
  await versions.prepare(clientId, module, version);
  const store = await databases.open((await homeOf(db, clientId)).name);
  const shape = await readShape(store);
  const announced = (current.migrations ?? []).flatMap(({ contract = [] }) =>
    contract.map(({ entity, field }) => (field === undefined ? entity : `${entity}.${field}`)),
  );
  const parts = await Promise.all(
    droppedParts(published, current)
      .filter(part => isPresent(shape, part))
      .map(async part => {
        const rows = await rowsIn(store, part);
        const emptied = part.columns.some(column => isChecked(shape, part.table, column));
        return rows === undefined ? [] : [{ ...part, rows, emptied, announced: announced.includes(part.name) }];
      }),
  );
  // An emptied column stays, with nothing in it to take.
  const planned = parts.flat().filter(part => !part.emptied || part.rows > 0);
  const back = published.find(manifest => manifest.version === previousVersion);
  const needed = back ? planned.filter(part => isNeededBy(storedParts(back), part)) : [];
  const tables = planned.flatMap(({ table, columns }) => (columns.length === 0 ? [table] : []));
  const pointers = pointersFromOutside(await referencesIn(store), tables).filter(
    ({ table, column }) => !planned.some(part => part.table === table && part.columns.includes(column)),
  );
  const [steps] = await store.read([
    {
      sql: `SELECT count(*) FROM "_step" WHERE "module" = ? AND "state" = 'pending' AND "key" NOT LIKE 'contract:%'`,
      args: [module],
    },
  ]);
  return {
    parts: planned,
    blockers: [
      ...(row.settlesAt !== null || steps!.rows[0]![0] !== 0
        ? [{ kind: 'filling', text: `Rows of ${module} are still being filled in.` } as const]
        : []),
      ...needed.map(({ name }) => {
        const text = `A rollback to ${previousVersion} needs ${name}. Give up the rollback first.`;
        return { kind: 'rollback', text } as const;
      }),
      ...pointers.map(({ table, column, to }) => {
        return { kind: 'reference', text: `${table}.${column} points to ${to}.` } as const;
      }),
      ...((await isRollingOut(deps, clientId, module))
        ? [{ kind: 'rollout', text: `A rollout of ${module} has not passed this client yet.` } as const]
        : []),
    ],
  };
}

/** Undefined where a step that is under way has just taken the part away. */
async function rowsIn(store: Database, part: DroppedPart): Promise<number | undefined> {
  const where = part.columns.map(column => `${quote(column)} IS NOT NULL`).join(' OR ');
  try {
    const [found] = await store.read([
      { sql: `SELECT count(*) FROM ${quote(part.table)}${where && ` WHERE ${where}`}` },
    ]);
    return Number(found!.rows[0]![0]);
  } catch (error) {
    if (isPresent(await readShape(store), part)) throw error;
    return undefined;
  }
}

async function isRollingOut({ db }: ContractDeps, clientId: string, module: string): Promise<boolean> {
  const rows = await db
    .select({ id: rollout.id })
    .from(rolloutStore)
    .innerJoin(rollout, eq(rollout.id, rolloutStore.rolloutId))
    .where(
      and(
        eq(rolloutStore.clientId, clientId),
        eq(rollout.module, module),
        inArray(rollout.state, ['running', 'paused', 'stopped']),
        inArray(rolloutStore.state, ['pending', 'migrating']),
      ),
    );
  return rows.length > 0;
}

/** The row that starts a contraction. While it is `running`, the module's version does not change. */
export function contractionOf(
  { clock }: ContractDeps,
  { clientId, module, version }: Installed,
  parts: readonly string[],
) {
  const now = clock.now();
  const progress = { snapshotId: null, state: 'running', error: null, createdAt: now, updatedAt: now } as const;
  return { id: uuidv7(), clientId, module, version, parts, ...progress } satisfies ContractionRow;
}

/** The last one of a module; undefined where there was none. */
export const lastContraction = ({ db }: Pick<ContractDeps, 'db'>, clientId: string, module: string) =>
  db
    .select()
    .from(contraction)
    .where(and(eq(contraction.clientId, clientId), eq(contraction.module, module)))
    .orderBy(desc(contraction.id))
    .get() as Promise<ContractionRow | undefined>;

/** Throws CONFLICT while parts of the module are being taken away. */
export async function refuseWhileContracting(
  { db }: Pick<ContractDeps, 'db'>,
  clientId: string,
  module: string,
): Promise<void> {
  const last = await lastContraction({ db }, clientId, module);
  if (last?.state !== 'running') return;
  throw Problem.of('CONFLICT', { detail: `Parts of ${module} are being taken away. Try again when that is done.` });
}

/** Runs it to its end, or to a store that cannot be reached; what was done before is not done again. */
export async function runContraction(deps: ContractDeps, id: string): Promise<void> {
  const { db, clock } = deps;
  const row = await db.select().from(contraction).where(eq(contraction.id, id)).get();
  if (row?.state !== 'running') return;
  const note = (change: Partial<ContractionRow>) =>
    db
      .update(contraction)
      .set({ ...change, updatedAt: clock.now() })
      .where(and(eq(contraction.id, id), eq(contraction.state, 'running')));
  try {
    await takeAway(deps, row, note);
    await note({ state: 'done' });
  } catch (error) {
    const cause = databaseErrorIn(error);
    if (cause?.kind === 'unavailable') throw error;
    await note({ state: 'failed', error: (error instanceof Error ? error.message : String(error)).slice(0, 500) });
  }
}

async function takeAway(
  deps: ContractDeps,
  row: ContractionRow,
  note: (change: Partial<ContractionRow>) => PromiseLike<unknown>,
): Promise<void> {
  const { db, clock, databases } = deps;
  const { clientId, module, version } = row;
  const installed = await db
    .select()
    .from(installation)
    .where(and(eq(installation.clientId, clientId), eq(installation.module, module)))
    .get();
  // The row was put there before this look, so from here on the pointer stays where it is.
  if (installed?.version !== version) throw new Error(`${module} is no longer at ${version}`);
  const { parts, blockers } = await planContract(deps, installed);
  if (blockers.length > 0) throw new Error(blockers.map(({ text }) => text).join(' '));
  const agreed = parts.filter(part => row.parts.includes(part.name));
  if (row.snapshotId === null) {
    await note({ snapshotId: (await takeSnapshot(deps, clientId, `before ${module} ${version} lets parts go`)).id });
  }
  const store = await databases.open((await homeOf(db, clientId)).name);
  const stepOf = (name: string) => [module, `contract:${row.id}:${name}`];
  await store.write(
    agreed.map(({ name }) => ({
      sql: `INSERT INTO "_step" ("module", "key", "state", "cursor", "rows", "at") VALUES (?, ?, 'pending', '', 0, ?) ON CONFLICT DO NOTHING`,
      args: [...stepOf(name), clock.now()],
    })),
  );
  const isPending = (name: string): Statement => ({
    sql: `INSERT INTO "_assert" SELECT count(*) FROM "_step" WHERE "module" = ? AND "key" = ? AND "state" = 'pending'`,
    args: stepOf(name),
  });
  const done = ({ name, rows }: PlannedPart): Statement => ({
    sql: `UPDATE "_step" SET "state" = 'done', "rows" = ?, "at" = ? WHERE "module" = ? AND "key" = ?`,
    args: [rows, clock.now(), ...stepOf(name)],
  });
  // Columns go first: one of them may point to a table that goes too.
  for (const part of agreed.filter(({ columns }) => columns.length > 0)) {
    const dropping = { db: store, guard: [isPending(part.name)] };
    await once(() =>
      readShape(store).then(shape => dropColumns(dropping, shape, part.table, part.columns, [done(part)])),
    );
    await note({});
  }
  const whole = agreed.filter(({ columns }) => columns.length === 0);
  if (whole.length === 0) return;
  const guard = whole.map(part => isPending(part.name));
  const tables = whole.map(({ table }) => table);
  await once(async () => dropTables({ db: store, guard }, await readShape(store), tables, whole.map(done)));
}

/** Another runner may have done the step meanwhile. */
async function once(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof DatabaseError && error.message.includes('assertion'))) throw error;
  }
}

/** Goes on with contractions whose runner was cut off. */
export async function continueContractions(deps: ContractDeps): Promise<void> {
  const stalled = await deps.db
    .select({ id: contraction.id })
    .from(contraction)
    .where(and(eq(contraction.state, 'running'), lte(contraction.updatedAt, deps.clock.now() - stalledMs)))
    .limit(20);
  for (const { id } of stalled) {
    try {
      await runContraction(deps, id);
    } catch (error) {
      console.error(`contraction ${id}: ${error instanceof Error ? error.message : error}`);
    }
  }
}
