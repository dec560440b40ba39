/** What most end-to-end tests begin with: a host that has the demo agency, and a browser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Demo } from '../../edge/demo/seed.ts';
import type { SentMail } from '../../schemas/ports/index.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { startBrowser } from '../support/browser.ts';

export interface DemoInBrowser {
  readonly host: TestHost;
  readonly browser: Browser;
  readonly demo: Demo;
  /** What was sent to an address, the oldest first. */
  mailsTo(address: string): Promise<SentMail[]>;
  stop(): Promise<void>;
}

export async function startDemoInBrowser(): Promise<DemoInBrowser> {
  const host = await startHost({ demo: true });
  const demo = JSON.parse(readFileSync(join(host.dataFolder!, 'demo.json'), 'utf8')) as Demo;
  const browser = await startBrowser();
  return {
    host,
    browser,
    demo,
    async mailsTo(address) {
      const { data } = (await (await fetch(`${host.url}/dev/mail.json`)).json()) as { data: SentMail[] };
      return data.filter(mail => mail.to.address === address);
    },
    async stop() {
      await browser.close();
      await host.stop();
    },
  };
}
