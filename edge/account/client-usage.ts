/** What a client still has, in words, for whoever is about to delete it. */
import { and, asc, count, eq, isNull } from 'drizzle-orm';
import { apiKey, installation, site } from '../control/schema.ts';
import type { ControlDeps } from './deps.ts';

export interface ClientUsage {
  readonly sites: readonly string[];
  readonly modules: number;
  readonly keys: number;
}

export async function usageOf({ db }: ControlDeps, clientId: string): Promise<ClientUsage> {
  const [sites, modules, keys] = await db.batch([
    db
      .select({ name: site.name })
      .from(site)
      .where(and(eq(site.clientId, clientId), isNull(site.deletedAt)))
      .orderBy(asc(site.id)),
    db.select({ count: count() }).from(installation).where(eq(installation.clientId, clientId)),
    db
      .select({ count: count() })
      .from(apiKey)
      .where(and(eq(apiKey.clientId, clientId), isNull(apiKey.revokedAt))),
  ]);
  return { sites: sites.map(({ name }) => name), modules: modules[0]?.count ?? 0, keys: keys[0]?.count ?? 0 };
}

/** Names the sites that stand in the way and what goes with the client. */
export function describeLoss(clientName: string, { sites, modules, keys }: ClientUsage): string {
  const named = sites.slice(0, 5).join(', ') + (sites.length > 5 ? ', ...' : '');
  const loss = [counted(modules, 'installed module'), counted(keys, 'API key'), 'every record of the business'];
  return `${clientName} still has ${counted(sites.length, 'site')} (${named}). Delete them first. Deleting the client then takes ${loss.join(', ')} with it.`;
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
