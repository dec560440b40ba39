/** Lets calls in parallel meet, as they do over a network. */
import type { Database } from '../../schemas/ports/index.ts';
import type { TestEngine } from './testing.ts';

/**
 * Lets every read's answer arrive a little late and out of order. A local file answers at once, so that a call would commit before
 * the next one reads, and callers in parallel would never meet.
 */
export async function stagger({ runtime, tenant }: TestEngine): Promise<void> {
  const db = await runtime.stores.open(tenant.store, tenant.modules);
  let reads = 0;
  const slow: Database = {
    write: statements => db.write(statements),
    async read(statements) {
      const results = await db.read(statements);
      for (let turns = 1 + (reads++ % 3); turns > 0; turns--) await new Promise(resolve => setImmediate(resolve));
      return results;
    },
  };
  Object.assign(runtime.stores, { open: async () => slow });
}
