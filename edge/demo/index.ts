/** The demo of a first start: an agency with three clients, and their websites at an origin that is not ours. */
import { createServer } from 'node:net';
import { serve } from '@hono/node-server';
import type { DemoContext } from '../node.ts';
import { ApiClient } from './api-client.ts';
import { prepareDemo } from './demo-file.ts';
import type { Demo } from './seed.ts';
import { createDemoSite } from './site.ts';

export interface ServeDemoOptions {
  /** Not signed in. */
  readonly api: ApiClient;
  /** Where `demo.json` is kept. */
  readonly dataFolder: string;
  readonly sitePort: number;
  readonly hostname: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface RunningDemo {
  stop(): Promise<void>;
}

/** What `edge/node.ts` starts. */
export const startDemo = ({ app, config, ports, dataFolder, sitePort, hostname }: DemoContext): Promise<RunningDemo> =>
  serveDemo({
    api: new ApiClient(request => app.hono.fetch(request), config.publicUrl),
    dataFolder,
    sitePort,
    hostname,
    now: ports.clock.now(),
  });

/** Seeds on the first start, then serves the businesses' own pages and says where everything is. */
export async function serveDemo({ api, dataFolder, sitePort, hostname, now }: ServeDemoOptions): Promise<RunningDemo> {
  await assertFree(sitePort, hostname);
  const { demo, created } = await prepareDemo(api, dataFolder, `http://localhost:${sitePort}`, now);
  const snippets = Object.fromEntries(
    demo.sites.map(({ pageUrl, snippet, contact = '' }) => [new URL(pageUrl).pathname, { snippet, contact }]),
  );
  const site = createDemoSite({ apiOrigin: api.url, snippets, builders: demo.sites[0]?.builders });
  const server = serve({ fetch: site.fetch, port: sitePort, hostname });
  console.log(describeDemo(demo, created));
  return {
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** Throws with what to do where something else listens on the port. */
async function assertFree(port: number, hostname: string): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', () =>
      reject(
        new Error(`Port ${port} is taken. Set SITE_PORT to another one for the demo's websites, or INLAY_DEMO=0.`),
      ),
    );
    probe.listen(port, hostname, resolve);
  });
  await new Promise(resolve => probe.close(resolve));
}

/** What a person reads on the terminal; the password is printed once. */
function describeDemo(demo: Demo, created: boolean): string {
  return [
    '',
    `  Dashboard      ${demo.dashboardUrl}`,
    `  Sign in        ${demo.email}   ${created ? demo.password : '(the password is in demo.json)'}`,
    `  Mail           ${demo.dashboardUrl}/dev/mail`,
    ...demo.sites.map(site => `  ${site.client.padEnd(15)}${site.pageUrl}`),
    '',
  ].join('\n');
}
