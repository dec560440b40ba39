/** Which host names lead to a site, remembered for a while: every request under a foreign name asks. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Clock } from '../../schemas/ports/index.ts';
import { BoundedCache } from '../auth/bounded-cache.ts';
import type { ControlDatabase } from '../control/database.ts';
import { client, site, siteHost } from '../control/schema.ts';

const knownMs = 60_000;
const unknownMs = 5_000;
const capacity = 10_000;

export interface HostIndex {
  /** The key of the site that a host name leads to. Names are lower case. */
  siteKeyOf(host: string): string | undefined | Promise<string | undefined>;
  /** After a name was verified, suspended or removed. */
  forget(host: string): void;
}

export function createHostIndex({ db, clock }: { readonly db: ControlDatabase; readonly clock: Clock }): HostIndex {
  const answers = new BoundedCache<{ readonly key: string | undefined; readonly until: number }>(capacity);

  async function look(host: string): Promise<string | undefined> {
    const row = await db
      .select({ key: site.siteKey })
      .from(siteHost)
      .innerJoin(site, eq(site.id, siteHost.siteId))
      .innerJoin(client, eq(client.id, site.clientId))
      .where(
        and(eq(siteHost.host, host), eq(siteHost.state, 'verified'), isNull(site.deletedAt), isNull(client.deletedAt)),
      )
      .get();
    answers.set(host, { key: row?.key, until: clock.now() + (row ? knownMs : unknownMs) });
    return row?.key;
  }

  return {
    siteKeyOf(host) {
      if (host.length > 253) return undefined;
      const answer = answers.get(host);
      return answer && answer.until > clock.now() ? answer.key : look(host);
    },
    forget: host => answers.delete(host),
  };
}
