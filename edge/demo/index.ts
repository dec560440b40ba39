/** The demo of a first start: an agency with two clients, and their websites at an origin that is not ours. */
import { serve } from '@hono/node-server';
import type { DemoContext } from '../node.ts';
import { ApiClient } from './api-client.ts';
import { prepareDemo } from './demo-file.ts';
import type { Demo } from './seed.ts';
import { createDemoSite } from './site.ts';

export async function startDemo(context: DemoContext): Promise<{ stop(): Promise<void> }> {
  const { app, config, ports } = context;
  const embedOrigin = `http://localhost:${context.sitePort}`;
  const api = new ApiClient(request => app.hono.fetch(request), config.publicUrl);
  const { demo, created } = await prepareDemo(api, context.dataFolder, embedOrigin, ports.clock.now());
  const snippets = Object.fromEntries(demo.sites.map(site => [new URL(site.pageUrl).pathname, site.snippet]));
  const site = createDemoSite({ apiOrigin: config.publicUrl, snippets });
  const server = serve({ fetch: site.fetch, port: context.sitePort, hostname: context.hostname });
  console.log(describeDemo(demo, created));
  return {
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
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
