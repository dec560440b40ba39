/** Which origins any site lists, remembered for a while: preflights come without a credential. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Clock } from '../../schemas/ports/index.ts';
import { BoundedCache } from '../auth/bounded-cache.ts';
import type { ControlDatabase } from './database.ts';
import { client, site, siteOrigin } from './schema.ts';

const KNOWN_MS = 60_000;
const UNKNOWN_MS = 5_000;
const CAPACITY = 10_000;
const MAX_LENGTH = 300;

export interface OriginIndex {
  /** Whether any live site lists exactly this origin. */
  isRegistered(origin: string): boolean | Promise<boolean>;
  /** After an origin was added or removed. */
  forget(origin: string): void;
}

export function createOriginIndex({ db, clock }: { readonly db: ControlDatabase; readonly clock: Clock }): OriginIndex {
  const answers = new BoundedCache<{ readonly registered: boolean; readonly until: number }>(CAPACITY);

  async function look(origin: string): Promise<boolean> {
    const row = await db
      .select({ id: siteOrigin.id })
      .from(siteOrigin)
      .innerJoin(site, eq(site.id, siteOrigin.siteId))
      .innerJoin(client, eq(client.id, site.clientId))
      .where(and(eq(siteOrigin.origin, origin), isNull(site.deletedAt), isNull(client.deletedAt)))
      .limit(1)
      .get();
    const registered = row !== undefined;
    answers.set(origin, { registered, until: clock.now() + (registered ? KNOWN_MS : UNKNOWN_MS) });
    return registered;
  }

  return {
    isRegistered(origin) {
      if (origin.length > MAX_LENGTH || !/^https?:\/\/[^\s/]+$/.test(origin)) return false;
      const answer = answers.get(origin);
      return answer && answer.until > clock.now() ? answer.registered : look(origin);
    },
    forget: origin => answers.delete(origin),
  };
}
