/** A copy of what was counted for a client, as it was at one instant. */
import type { Database } from '../../schemas/ports/index.ts';
import { analyticsName, createAnalyticsStores } from '../analytics/stores.ts';
import { dropSnapshot, takePassingCopy } from '../versions/snapshots.ts';
import type { PortabilityDeps } from './deps.ts';

export interface CountsCopy {
  readonly db: Database;
  drop(): Promise<void>;
}

/** Undefined where nothing was counted yet. */
export async function copyOfCounts(
  { control, runtime }: Pick<PortabilityDeps, 'control' | 'runtime'>,
  clientId: string,
): Promise<CountsCopy | undefined> {
  const { clock, databases } = runtime.ports;
  if (!(await createAnalyticsStores({ db: control.db, clock, databases }).find(clientId))) return;
  const copy = await takePassingCopy({ db: control.db, clock, databases }, clientId, analyticsName(clientId));
  return { db: await databases.open(copy.name), drop: () => dropSnapshot({ db: control.db, databases }, copy) };
}
