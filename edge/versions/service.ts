/** The engine's part in a change of version: tables made ready before the pointer moves, rows filled in after it. */
import { and, eq, isNull, lte, notExists } from 'drizzle-orm';
import type { Clock, Databases } from '../../schemas/ports/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { client, contraction, installation, store, storeVersion } from '../control/schema.ts';
import { linkModules } from '../engine/compile/link.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import type { Registry } from '../engine/registry.ts';
import { type BackfillProgress, backfillStore } from '../engine/store/backfill.ts';
import { migrateStore } from '../engine/store/migrate.ts';
import { publishVersion } from './publish.ts';

/** Another process may go on with the version before for as long as it remembers a tenant; after this nobody does. */
export const settleMs = 10_000;

export interface VersionService {
  /** Publishes the folders' modules, once. */
  ready(): Promise<void>;
  /** Throws where it cannot be loaded. */
  load(module: string, version: string): Promise<CompiledModule>;
  /** Makes the client's tables fit the version too; whoever uses the one before goes on. Throws `DatabaseError`. */
  prepare(clientId: string, module: string, version: string): Promise<void>;
  /** Fills in what the client's rows lack, in chunks that survive any end. */
  backfill(clientId: string, module: string, options?: { readonly again?: boolean }): Promise<BackfillProgress>;
  /** Runs the last pass of every backfill whose pointer has settled. */
  settle(): Promise<void>;
}

export interface VersionServiceDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly databases: Databases;
  readonly registry: Registry;
}

export function createVersionService({ db, clock, databases, registry }: VersionServiceDeps): VersionService {
  let isReady = false;

  const storeOf = async (clientId: string): Promise<string> => {
    const row = await db
      .select({ name: store.name })
      .from(store)
      .where(and(eq(store.clientId, clientId), isNull(store.siteId)))
      .get();
    if (!row) throw new Error(`client ${clientId} has no store`);
    return row.name;
  };

  const load = async (name: string, version: string): Promise<CompiledModule> => {
    const module = await registry.load(name, version);
    if (!module) throw new Error(`${name} ${version} cannot be loaded`);
    return module;
  };

  /** What the client would have with this version, linked: an extension's fields stand in the tables of other modules. */
  const installedWith = async (clientId: string, name: string, version: string): Promise<readonly CompiledModule[]> => {
    const rows = await db
      .select({ module: installation.module, version: installation.version })
      .from(installation)
      .where(eq(installation.clientId, clientId));
    const others = rows.filter(row => row.module !== name);
    const loaded = await Promise.all(others.map(row => registry.load(row.module, row.version)));
    return linkModules([...loaded.filter(module => module !== undefined), await load(name, version)]);
  };

  const backfill: VersionService['backfill'] = async (clientId, name, options = {}) => {
    const row = await db
      .select({ version: installation.version })
      .from(installation)
      .where(and(eq(installation.clientId, clientId), eq(installation.module, name)))
      .get();
    if (!row) return { chunks: 0, rows: 0 };
    const opened = await databases.open(await storeOf(clientId));
    return backfillStore(opened, await load(name, row.version), () => clock.now(), options);
  };

  return {
    // No promise is shared: a second caller may publish too, and changes nothing.
    async ready() {
      if (isReady) return;
      for (const name of registry.names) {
        const module = await registry.load(name);
        try {
          await publishVersion({ db, clock }, module!.manifest, 'folder');
        } catch (error) {
          // A folder that was edited under its version still runs here; what is published stays as it is.
          console.error(`publish ${name}: ${error instanceof Error ? error.message : error}`);
        }
      }
      isReady = true;
    },
    load,
    async prepare(clientId, name, version) {
      const [at, modules] = [await storeOf(clientId), await installedWith(clientId, name, version)];
      const extended = Object.keys(modules.find(module => module.name === name)?.manifest.extends ?? {});
      const touched = new Set([name, ...extended.map(target => target.split('.')[0])]);
      const own = modules.filter(module => touched.has(module.name));
      await databases.create(at);
      await migrateStore(await databases.open(at), own, clock.now());
      // Also where nothing was due: whoever migrated it may have been killed before this.
      await mirrorLedger(db, at, own, clock.now());
    },
    backfill,
    async settle() {
      const due = await db
        .select({ clientId: installation.clientId, module: installation.module, settlesAt: installation.settlesAt })
        .from(installation)
        .innerJoin(client, eq(client.id, installation.clientId))
        .where(and(lte(installation.settlesAt, clock.now()), isNull(client.deletedAt)))
        .limit(50);
      for (const { clientId, module, settlesAt } of due) {
        try {
          await backfill(clientId, module, { again: true });
        } catch (error) {
          console.error(`backfill of ${module} for ${clientId}: ${error instanceof Error ? error.message : error}`);
          continue;
        }
        await db
          .update(installation)
          .set({ settlesAt: null })
          // A pointer that moved meanwhile has a later instant.
          .where(
            and(
              eq(installation.clientId, clientId),
              eq(installation.module, module),
              eq(installation.settlesAt, settlesAt!),
            ),
          );
      }
    },
  };
}

/** Copies a row of the store's ledger into the control plane. */
export function mirrorStatement(db: ControlDatabase, at: string, { name, manifest }: CompiledModule, now: number) {
  const values = { version: manifest.version, at: now };
  return db
    .insert(storeVersion)
    .values({ store: at, module: name, ...values })
    .onConflictDoUpdate({ target: [storeVersion.store, storeVersion.module], set: values });
}

/** Mirrors what a store was just brought to; the first time says that it is there. */
export async function mirrorLedger(
  db: ControlDatabase,
  at: string,
  modules: readonly CompiledModule[],
  now: number,
): Promise<void> {
  await db.batch([
    db
      .update(store)
      .set({ state: 'ready' })
      .where(and(eq(store.name, at), eq(store.state, 'pending'))),
    ...modules.map(module => mirrorStatement(db, at, module, now)),
  ]);
}

/** Moves a client's pointer; nothing happens where it is no longer at `from`, or while parts of the module are being taken away. */
export function flipStatement(
  db: ControlDatabase,
  move: { readonly clientId: string; readonly module: string; readonly from: string; readonly to: string },
  set: { readonly previousVersion: string | null; readonly settlesAt: number | null; readonly pinned?: boolean },
) {
  return db
    .update(installation)
    .set({ version: move.to, ...set })
    .where(
      and(
        eq(installation.clientId, move.clientId),
        eq(installation.module, move.module),
        eq(installation.version, move.from),
        notExists(
          db
            .select({ id: contraction.id })
            .from(contraction)
            .where(
              and(
                eq(contraction.clientId, move.clientId),
                eq(contraction.module, move.module),
                eq(contraction.state, 'running'),
              ),
            ),
        ),
      ),
    )
    .returning({ version: installation.version });
}
