/** The routes of the whole app as its router lists them, and those that a session opens. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ControlDeps } from '../../edge/account/deps.ts';
import { controlRoutes } from '../../edge/account/routes.ts';
import { createEmbeddedDatabases } from '../../edge/adapters/node/databases.ts';
import { createApp } from '../../edge/app.ts';
import type { Config } from '../../edge/config.ts';
import { erasureRoutes } from '../../edge/erasure/routes.ts';
import type { PortabilityDeps } from '../../edge/portability/deps.ts';
import { portabilityRoutes } from '../../edge/portability/routes.ts';
import type { Ports } from '../../schemas/ports/index.ts';

const publicUrl = 'https://app.inlay.test';
/** Stands for what a route is given and does not ask before a request. */
const untouched: object = new Proxy(() => untouched, {
  get: (_target, key) => (key === 'publicUrl' ? publicUrl : untouched),
});

type Routes = readonly { readonly method: string; readonly path: string }[];
const namesOf = (routes: Routes) => new Set(routes.map(({ method, path }) => `${method} ${path}`));

/** Routes below `/api` that a bearer of a token or a key may call: all that are not of the control plane. */
export async function dataSurface(): Promise<ReadonlySet<string>> {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-routes-'));
  const databases = createEmbeddedDatabases({ folder });
  const scheduler = { defer: () => {}, every: () => {} };
  const clock = { now: () => Date.now() };
  const ports = { alarms: { listen: () => {} }, clock, databases, mailer: {}, scheduler } as unknown as Ports;
  const config = { host: 'node', publicUrl, masterKey: new Uint8Array(32), analytics: {} };
  try {
    const { hono } = await createApp({ ports, config: config as unknown as Config, modules: {} });
    const all = namesOf(hono.routes.filter(({ path }) => path.startsWith('/api/')));
    const portability = untouched as PortabilityDeps;
    const ofSessions = [
      ...controlRoutes(untouched as ControlDeps).routes,
      ...portabilityRoutes(portability).routes,
      ...erasureRoutes(portability).routes,
    ];
    const others = namesOf(ofSessions);
    return new Set([...all].filter(route => !others.has(route)));
  } finally {
    databases.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The route that a request takes: of those that fit, the one with the fewest parts that vary. */
export function routeTaken(routes: ReadonlySet<string>, method: string, path: string): string | undefined {
  const parts = path.split('?')[0]!.split('/');
  const varying = (route: string) => route.split('/').filter(part => part.startsWith(':')).length;
  return [...routes]
    .filter(route => {
      const [verb, pattern = ''] = route.split(' ');
      const wanted = pattern.split('/');
      return (
        verb === method &&
        wanted.length === parts.length &&
        wanted.every((part, i) => part.startsWith(':') || part === parts[i])
      );
    })
    .toSorted((a, b) => varying(a) - varying(b))[0];
}
