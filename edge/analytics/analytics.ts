/** Puts the parts together that count visits, once per app. */
import type { Hono } from 'hono';
import type { Ports } from '../../schemas/ports/index.ts';
import { addDays } from '../../schemas/time/index.ts';
import type { Config } from '../config.ts';
import type { ControlDatabase } from '../control/database.ts';
import type { ClientIp } from '../http/client-ip.ts';
import type { AppEnv } from '../http/env.ts';
import type { Tenants } from '../tenant/tenant.ts';
import { createCollector } from './collector.ts';
import { ingestRoutes } from './ingest.ts';
import { rollUpAll } from './roll-up.ts';
import { createSiteDays } from './site-days.ts';
import { createAnalyticsStores } from './stores.ts';
import { createVisitors, firstOpenDay } from './visitors.ts';

export interface AnalyticsDeps {
  readonly db: ControlDatabase;
  readonly ports: Pick<Ports, 'chance' | 'clock' | 'databases' | 'limiter' | 'scheduler'>;
  readonly config: Pick<Config, 'analytics' | 'host' | 'masterKey' | 'publicUrl'>;
  readonly tenants: Tenants;
  readonly clientIp: ClientIp;
}

export interface Analytics {
  readonly routes: Hono<AppEnv>;
  /** Writes what was counted so far. */
  flush(): Promise<void>;
  /** Settles the days that are over and forgets their salts. */
  rollUp(): Promise<void>;
}

export function createAnalytics({ db, ports, config, tenants, clientIp }: AnalyticsDeps): Analytics {
  const { chance, clock, databases, limiter, scheduler } = ports;
  const stores = createAnalyticsStores({ db, clock, databases });
  const siteDays = createSiteDays({ db, clock, stores });
  const collector = createCollector({ stores, clock, chance, scheduler, written: siteDays.counted });
  const visitors = createVisitors({ db, clock, masterKey: config.masterKey });
  return {
    routes: ingestRoutes({ tenants, clock, limiter, clientIp, config, collector, visitors }),
    async flush() {
      await collector.flush();
      await siteDays.catchUp();
    },
    async rollUp() {
      await visitors.sweep();
      await rollUpAll({ stores, clock, settled: siteDays.copy }, config.analytics);
      await siteDays.forget(addDays(firstOpenDay(clock.now()), -config.analytics.daily));
    },
  };
}
