/** Looks again at names that lead to us, each once a day, and at suspended ones, which may have come back. */
import { and, asc, inArray, isNull, lt, or } from 'drizzle-orm';
import { siteHost } from '../control/schema.ts';
import { type HostDeps, verifyHost } from './verify-host.ts';

const dayMs = 86_400_000;
const perSweep = 200;

export async function sweepHosts(deps: HostDeps): Promise<void> {
  const before = deps.clock.now() - dayMs;
  const rows = await deps.db
    .select()
    .from(siteHost)
    .where(
      and(
        inArray(siteHost.state, ['verified', 'suspended']),
        or(isNull(siteHost.checkedAt), lt(siteHost.checkedAt, before)),
      ),
    )
    .orderBy(asc(siteHost.checkedAt))
    .limit(perSweep);
  for (const row of rows) await verifyHost(deps, row);
}
