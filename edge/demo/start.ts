/** The demo of a first start: seeds once, keeps the credentials, serves the businesses' own pages at another origin. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient, type Fetch } from './api-client.ts';
import { type Demo, seedDemo } from './seed.ts';

export interface DemoOptions {
  readonly fetch: Fetch;
  /** Origin of the app. */
  readonly publicUrl: string;
  /** Origin of the businesses' pages. */
  readonly embedOrigin: string;
  readonly dataDir: string;
  readonly now: number;
}

/** The demo's addresses and credentials; `created` on the first start alone. */
export async function prepareDemo(options: DemoOptions): Promise<{ readonly demo: Demo; readonly created: boolean }> {
  const file = join(options.dataDir, 'demo.json');
  if (existsSync(file)) return { demo: JSON.parse(readFileSync(file, 'utf8')) as Demo, created: false };
  const demo = await seedDemo(new ApiClient(options.fetch, options.publicUrl), options.embedOrigin, options.now);
  writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  return { demo, created: true };
}

/** What a person reads on the terminal. */
export function describeDemo(demo: Demo, created: boolean): string {
  const lines = [
    '',
    `  Dashboard   ${demo.dashboardUrl}`,
    `  Sign in     ${demo.email}${created ? `  ${demo.password}` : '  (the password is in demo.json)'}`,
    `  Mail        ${demo.dashboardUrl}/dev/mail`,
    ...demo.sites.map(site => `  ${site.client.padEnd(12)}${site.pageUrl}`),
    '',
  ];
  return lines.join('\n');
}
