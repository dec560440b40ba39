/** Opens a client's store: created on first use, migrated once, shared by concurrent first hits. */
import { Problem } from '../../../schemas/errors/index.ts';
import { type Database, DatabaseError, type Ports } from '../../../schemas/ports/index.ts';
import type { CompiledModule } from '../compile/module.ts';
import { migrateStore } from './migrate.ts';

export interface Stores {
  /** `name` is the database's name, `modules` what the client has installed. */
  open(name: string, modules: readonly CompiledModule[]): Promise<Database>;
  /** Makes the next `open` look at the tables again. */
  forget(name: string): void;
}

/** How many stores a process remembers as migrated; forgetting one costs a read of its ledger. */
const remembered = 20_000;

export function createStores(ports: Pick<Ports, 'databases' | 'clock'>): Stores {
  const ready = new Map<string, { modules: readonly CompiledModule[]; opening: Promise<void> }>();

  const prepare = async (name: string, modules: readonly CompiledModule[]): Promise<void> => {
    await ports.databases.create(name);
    await migrateStore(await ports.databases.open(name), modules, ports.clock.now());
  };

  return {
    async open(name, modules) {
      let entry = ready.get(name);
      if (entry?.modules !== modules) {
        entry = { modules, opening: prepare(name, modules) };
        ready.delete(name);
        ready.set(name, entry);
        if (ready.size > remembered) ready.delete(ready.keys().next().value!);
        const opened = entry;
        opened.opening.catch(() => {
          if (ready.get(name) === opened) ready.delete(name);
        });
      }
      try {
        await entry.opening;
        return await ports.databases.open(name);
      } catch (error) {
        throw error instanceof DatabaseError ? storeProblem(error) : error;
      }
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
