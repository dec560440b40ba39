/** Tells the visitors of one day apart by a keyed hash whose key is gone the day after. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { eq, lt } from 'drizzle-orm';
import type { Clock } from '../../schemas/ports/index.ts';
import { dateOf } from '../../schemas/time/index.ts';
import type { ControlDatabase } from '../control/database.ts';
import { analyticsSalt } from '../control/schema.ts';
import { keyedHash } from '../engine/keyed-hash.ts';
import { type Mark, markOf } from './sketch.ts';

const DAY = 86_400_000;
const HALF_DAY = DAY / 2;

export interface VisitorsDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly masterKey: Uint8Array;
}

export interface Visitors {
  /** `day` is the site's local date; `address` as limits are counted by, so a /64 of IPv6. */
  mark(day: string, siteId: string, address: string, userAgent: string): Promise<Mark>;
  /** Forgets the salts of days that are over in every zone. */
  sweep(): Promise<void>;
}

/** A day that is earlier than this is over everywhere: it is the date in the zone that is last, twelve hours behind UTC. */
export const firstOpenDay = (now: number): string => dateOf(Math.floor((now - HALF_DAY) / DAY));

/** The salt alone is not enough to try addresses out: the master key goes into the key too. */
export function createVisitors({ db, clock, masterKey }: VisitorsDeps): Visitors {
  const keys = new Map<string, Uint8Array>();

  const load = async (day: string): Promise<Uint8Array> => {
    const find = () => db.select().from(analyticsSalt).where(eq(analyticsSalt.day, day)).get();
    let row = await find();
    if (!row) {
      // Of two that find none one inserts; both read what was inserted.
      await db
        .insert(analyticsSalt)
        .values({ day, salt: randomBytes(32) })
        .onConflictDoNothing();
      row = await find();
    }
    const key = new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(row!.salt), 'inlay/visitor', 32));
    keys.set(day, key);
    return key;
  };

  return {
    async mark(day, siteId, address, userAgent) {
      const key = keys.get(day) ?? (await load(day));
      return markOf(keyedHash(key, `${siteId}\n${address}\n${userAgent}`));
    },
    async sweep() {
      const open = firstOpenDay(clock.now());
      for (const day of keys.keys()) if (day < open) keys.delete(day);
      await db.delete(analyticsSalt).where(lt(analyticsSalt.day, open));
    },
  };
}
