import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Demo } from '../../edge/demo/seed.ts';
import type { SiteHost } from '../../schemas/protocol/index.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { browserFlags, openContext, signInTo, startBrowser } from '../support/browser.ts';
import { type DnsServer, startDnsServer } from '../support/dns-server.ts';
import { type SignedInSite, signInToSite } from '../support/signed-in-site.ts';
import { startTlsFront, type TlsFront } from '../support/tls-front.ts';
import { inPage, steps } from './embed-proof/steps.ts';

const name = 'book.rosa.example';
/** Whoever says that it is headless is not counted. */
const person = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const origin = `https://${name}`;

describe('under a name of the client’s own', () => {
  let dns: DnsServer;
  let host: TestHost;
  let front: TlsFront;
  let browser: Browser;
  let demo: Demo;
  let salon: SignedInSite;
  before(async () => {
    dns = await startDnsServer();
    host = await startHost({ demo: true, env: { DNS_SERVERS: dns.server, DNS_URL: dns.url } });
    front = await startTlsFront(host.url);
    demo = JSON.parse(readFileSync(join(host.dataFolder!, 'demo.json'), 'utf8')) as Demo;
    salon = await signInToSite(demo);
    const hosts = `/api/sites/${salon.site.id}/hosts`;
    const added = await salon.api.send<SiteHost>(hosts, { body: { host: name } });
    const record = added.records.find(({ type }) => type === 'TXT')!;
    dns.records.set(record.name, [record.value]);
    const verified = await salon.api.send<SiteHost>(`${hosts}/${added.id}/verify`, { body: {} });
    assert.equal(verified.state, 'verified');
    browser = await startBrowser({
      args: [
        ...browserFlags,
        `--host-resolver-rules=MAP ${name}:443 127.0.0.1:${front.port}`,
        '--ignore-certificate-errors',
      ],
    });
  });
  after(async () => {
    await browser?.close();
    await front?.stop();
    await host?.stop();
    await dns?.stop();
  });

  /** Goes to `url`, through a booking to its last step; hands over, once the visit has been counted, what has been asked for, in order. */
  async function visit(url: string, prepare?: (page: Page) => Promise<unknown>) {
    const { context, complaints } = await openContext(browser, { userAgent: person });
    const asked: string[] = [];
    context.on('request', request => asked.push(`${request.method()} ${request.url()}`));
    const page = await context.newPage();
    await prepare?.(page);
    const event = page.waitForRequest(/\/embed\/[^/]+\/events$/);
    await page.goto(url);
    for (const step of steps.slice(0, 4)) await step.go(inPage(page));
    await event;
    await context.close();
    return { asked, complaints: complaints.found };
  }

  /** Each kind of what a widget asks for was asked for at the name. */
  const all = [
    /^GET \/embed\/site_\w+\.js$/,
    /^GET \/embed\/site_\w+\/session\?/,
    /^GET \/embed\/c\/inlay-booking-/,
    /^GET \/embed\/c\/runtime-/,
    /^GET \/embed\/c\/beacon-/,
    /^POST \/api\/m\/booking\/v1\/actions\/availability$/,
    /^POST \/api\/m\/booking\/v1\/actions\/hold$/,
    /^POST \/embed\/[^/]+\/events/,
  ];
  const atName = (asked: readonly string[]) =>
    asked.filter(line => line.includes(` ${origin}/`)).map(line => line.replace(origin, ''));

  it('our page: it, script, session, chunks, calls and events go to that name, and nothing to another', async () => {
    const { asked, complaints } = await visit(`${origin}/`);
    const own = atName(asked);
    assert.deepEqual(
      asked.filter(line => !/ (?:about|data):/.test(line)).map(line => line.replace(origin, '')),
      own,
    );
    assert.equal(own[0], 'GET /');
    for (const pattern of all)
      assert.ok(
        own.some(line => pattern.test(line)),
        `${pattern} of ${own.join('\n')}`,
      );
    assert.deepEqual(complaints, []);
  });

  it('the business’s page with the snippet as the dashboard gives it: nothing goes to the installation', async () => {
    const { html, hosts } = await salon.snippet();
    assert.deepEqual(hosts, [name, new URL(host.url).hostname]);
    const { asked, complaints } = await visit(`${demo.embedOrigin}/ours`, page =>
      page.route(`${demo.embedOrigin}/ours`, route =>
        route.fulfill({
          contentType: 'text/html',
          headers: {
            'Content-Security-Policy': `default-src 'none'; script-src ${origin}; connect-src ${origin}; img-src 'self'`,
          },
          body: `<!doctype html><html lang="en"><head><title>Salon</title></head><body><main>${html}</main></body></html>`,
        }),
      ),
    );
    const own = atName(asked);
    for (const pattern of all)
      assert.ok(
        own.some(line => pattern.test(line)),
        `${pattern} of ${own.join('\n')}`,
      );
    assert.deepEqual(
      asked.filter(line => line.includes(host.url)),
      [],
    );
    assert.deepEqual(complaints, []);
  });

  it('the desk offers the name, and every part of the snippet follows the choice', async () => {
    const { context, complaints } = await openContext(browser);
    const page = await context.newPage();
    await signInTo(page, host.url, demo, complaints);
    await page.goto(`${host.url}/clients/${salon.site.clientId}/sites/${salon.site.id}`);
    const desk = page.locator('desk-site-snippet');
    const from = desk.getByLabel('Where it comes from');
    await from.waitFor();
    assert.equal(await from.inputValue(), name);
    await desk.getByText(`src="${origin}/embed/`).waitFor();
    await desk.getByLabel('Fetch it ahead, so that it shows sooner').check();
    await desk.getByText('modulepreload').waitFor();
    const codes = async () => (await desk.locator('desk-copy code').allInnerTexts()).join('\n');
    assert.ok(!(await codes()).includes(host.url));
    await from.selectOption(new URL(host.url).hostname);
    await desk.getByText(`src="${host.url}/embed/`).waitFor();
    assert.ok(!(await codes()).includes(name));
    assert.deepEqual(complaints.found, []);
    await context.close();
  });
});
