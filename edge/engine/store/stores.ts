/** Opens a client's store: created on first use, migrated once, shared by concurrent first hits. */
import { Problem } from '../../../schemas/errors/index.ts';
import { type Database, DatabaseError, type Ports } from '../../../schemas/ports/index.ts';
import type { CompiledModule } from '../compile/module.ts';
import { whenReady } from '../when-ready.ts';
import { migrateStore } from './migrate.ts';

export interface Stores {
  /** `name` is the database's name, `modules` what the client has installed. Answers at once where the store is open. */
  open(name: string, modules: readonly CompiledModule[]): Database | Promise<Database>;
  /** Makes the next `open` look at the tables again. */
  forget(name: string): void;
}

/** Hears that a store has been brought to these modules, so that its ledger can be mirrored. */
export type OnMigrated = (store: string, modules: readonly CompiledModule[]) => void;

/** How many stores a process remembers as migrated; forgetting one costs a read of its ledger. */
const remembered = 20_000;
/** Callers with different modules may take turns at one store while its pointer moves. */
const turns = 8;

export function createStores(
  ports: Pick<Ports, 'databases' | 'clock' | 'coalescer'>,
  onMigrated: OnMigrated = () => {},
): Stores {
  /** Store -> the modules that its tables are known to be up to. */
  const ready = new Map<string, readonly CompiledModule[]>();

  const prepare = async (name: string, modules: readonly CompiledModule[]): Promise<void> => {
    await ports.databases.create(name);
    const changed = await migrateStore(await ports.databases.open(name), modules, ports.clock.now());
    ready.delete(name);
    ready.set(name, modules);
    if (ready.size > remembered) ready.delete(ready.keys().next().value!);
    if (changed) onMigrated(name, modules);
  };

  /** A run that was under way may have been for other modules, so whoever waited for it looks again. */
  const ensure = async (name: string, modules: readonly CompiledModule[]): Promise<void> => {
    for (let turn = 0; turn < turns && ready.get(name) !== modules; turn++) {
      let own = false;
      await ports.coalescer.once(`store:${name}`, () => {
        own = true;
        return prepare(name, modules);
      });
      if (own) return;
    }
    if (ready.get(name) !== modules) await prepare(name, modules);
  };

  const refuse = (error: unknown): never => {
    throw error instanceof DatabaseError ? storeProblem(error) : error;
  };

  return {
    open(name, modules) {
      const pending = ready.get(name) === modules ? undefined : ensure(name, modules);
      const opened = whenReady(pending, () => ports.databases.open(name));
      return opened instanceof Promise ? opened.catch(refuse) : opened;
    },
    forget: name => void ready.delete(name),
  };
}

/** A store's trouble as the caller of one tenant sees it. */
export function storeProblem(error: DatabaseError): Error {
  if (error.kind === 'unavailable')
    return Problem.of('UNAVAILABLE', { detail: 'This store cannot be reached. Try again shortly.', cause: error });
  if (error.kind === 'full') return Problem.of('STORAGE_FULL', { cause: error });
  return error;
}
