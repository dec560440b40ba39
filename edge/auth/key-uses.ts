/** When API keys were last used: collected in memory, written together. */
import { sql } from 'drizzle-orm';
import type { Clock, Scheduler } from '../../schemas/ports/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { apiKey } from '../control/schema.ts';

export interface KeyUsesDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly scheduler: Pick<Scheduler, 'defer'>;
  /** Milliseconds between two writes; 0 where the process may end with any request. */
  readonly pauseMs: number;
}

export interface KeyUses {
  /** The key is used now. */
  note(id: string): void;
  /** Writes what is not written yet; for a timer, and before the process ends. */
  flush(): Promise<void>;
}

export function createKeyUses({ db, clock, scheduler, pauseMs }: KeyUsesDeps): KeyUses {
  /** Key -> when, in epoch milliseconds. */
  let used = new Map<string, number>();
  let writtenAt = Number.NEGATIVE_INFINITY;

  const flush = async (): Promise<void> => {
    if (used.size === 0) return;
    const uses = used;
    used = new Map();
    writtenAt = clock.now();
    try {
      await db.run(
        sql`UPDATE ${apiKey} SET last_used_at = used.value FROM json_each(${JSON.stringify(Object.fromEntries(uses))}) AS used WHERE ${apiKey.id} = used.key AND (${apiKey.lastUsedAt} IS NULL OR ${apiKey.lastUsedAt} < used.value)`,
      );
    } catch (error) {
      used = new Map([...uses, ...used]);
      throw error;
    }
  };

  return {
    note(id) {
      used.set(id, clock.now());
      if (clock.now() - writtenAt < pauseMs) return;
      // At once, so that what comes in the meantime waits for the next time.
      writtenAt = clock.now();
      scheduler.defer(flush);
    },
    flush,
  };
}
