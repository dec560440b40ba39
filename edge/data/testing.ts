/** Serves routes of the data plane in tests: the test engine behind them, the actor chosen by a header. */
import { Hono } from 'hono';
import type { Actor } from '../../schemas/protocol/index.ts';
import { createMemoryLimiter } from '../adapters/node/limiter.ts';
import type { TestEngine } from '../engine/testing.ts';
import type { AppEnv } from '../http/env.ts';
import { problemHandler } from '../http/problems.ts';
import { receive } from '../http/reception.ts';
import type { Tenants } from '../tenant/tenant.ts';
import type { DataDeps } from './open-request.ts';

/** `x-actor` names one of the engine's actors, or one of `more`. */
export function serveRoutes(
  engine: TestEngine,
  routes: (deps: DataDeps) => Hono<AppEnv>,
  more: Readonly<Record<string, Actor>> = {},
): Hono<AppEnv> {
  const actors: Readonly<Record<string, Actor>> = { ...engine.actors, ...more };
  const limiter = createMemoryLimiter(engine.runtime.ports.clock);
  const deps: DataDeps = {
    runtime: { ...engine.runtime, ports: { ...engine.runtime.ports, limiter } },
    tenants: { byClient: async () => engine.tenant } as unknown as Tenants,
    authenticate: headers => actors[headers.get('x-actor') ?? 'admin']!,
    clientIp: () => '127.0.0.1',
  };
  const app = receive(new Hono<AppEnv>());
  app.onError(problemHandler(() => {}));
  app.route('/', routes(deps));
  return app;
}
