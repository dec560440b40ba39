import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { Site, SiteHost, Snippet } from '../../schemas/protocol/index.ts';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';
import { type DnsServer, startDnsServer } from '../support/dns-server.ts';
import { type HostnameServer, startHostnameServer } from '../support/hostname-server.ts';

const host = 'book.rosa.example';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

describe('a name of the client’s own', () => {
  let dns: DnsServer;
  let issuer: HostnameServer;
  let world: DemoWorld;
  let site: Site;
  before(async () => {
    dns = await startDnsServer();
    issuer = await startHostnameServer();
    const env = { DNS_SERVERS: dns.server, DNS_URL: dns.url };
    const account = { HOSTNAMES_ZONE: issuer.zone, HOSTNAMES_TOKEN: issuer.token, HOSTNAMES_API_URL: issuer.apiUrl };
    world = await startDemoWorld({ env: { ...env, ...account } });
    const clients = await world.api.get<{ id: string; name: string }[]>('/api/clients');
    const rosa = clients.find(client => client.name.startsWith('Rosa'))!;
    [site] = (await world.api.get<Site[]>(`/api/clients/${rosa.id}/sites`)) as [Site];
  });
  after(async () => {
    await world?.host.stop();
    await dns?.stop();
    await issuer?.stop();
  });

  /** As a browser that looked the name up would ask. */
  const ask = (path: string, { body, headers }: { body?: unknown; headers?: Record<string, string> } = {}) =>
    new Promise<Reply>((resolve, reject) => {
      const { hostname, port } = new URL(world.host.url);
      const method = body === undefined ? 'GET' : 'POST';
      // With the port, as otherwise the proxy of `wrangler dev` takes the name in `Origin` for its own and rewrites it.
      const named = { host: `${host}:${port}`, ...headers };
      const sent = request({ hostname, port, path, method, headers: named }, reply => {
        let text = '';
        reply.setEncoding('utf8').on('data', part => {
          text += part;
        });
        reply.on('end', () => resolve({ status: reply.statusCode!, headers: reply.headers, text }));
      });
      sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });

  it('is turned away until its owner has published the token; then widgets work under it, first party', async () => {
    assert.equal((await ask(`/embed/${site.siteKey}.js`)).status, 421);
    const added = await world.api.send<SiteHost>(`/api/sites/${site.id}/hosts`, { body: { host } });
    const record = added.records.find(({ type }) => type === 'TXT')!;
    const verify = () => world.api.send<SiteHost>(`/api/sites/${site.id}/hosts/${added.id}/verify`, { body: {} });
    assert.equal((await verify()).state, 'pending');
    dns.records.set(record.name, ['v=spf1 -all', record.value]);
    const verified = await verify();
    assert.equal(verified.state, 'verified');
    assert.equal(verified.certificate!.state, 'pending');
    const offered = async () => (await world.api.get<Snippet>(`/api/sites/${site.id}/snippet`)).hosts;
    const own = new URL(world.host.url).hostname;
    assert.deepEqual(await offered(), [own], 'browsers would refuse a name without a certificate');
    const named = issuer.named(host)!;
    named.status = named.ssl.status = 'active';
    assert.equal((await verify()).certificate!.state, 'ready');
    assert.deepEqual(await offered(), [host, own]);
    // Another process may have it in mind that the name is unknown, for 5 s.
    for (let tries = 0; tries < 40 && (await ask('/healthz')).status !== 200; tries++)
      await new Promise(resume => setTimeout(resume, 250));

    assert.equal((await ask(`/embed/${site.siteKey}.js`)).status, 200);
    const home = await ask('/');
    assert.equal(home.status, 302);
    const page = await ask(String(home.headers['location']));
    assert.equal(page.status, 200);
    assert.match(page.text, /<inlay-booking>/);
    const session = await ask(`/embed/${site.siteKey}/session?m=booking&locale=en`, {
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    assert.equal(session.status, 200, session.text);
    const { token, modules } = JSON.parse(session.text);
    const [service] = modules.booking.data.services as { id: string }[];
    const input = { service: service!.id, from: '2026-12-01', to: '2026-12-03', zone: 'Europe/Prague' };
    const act = (origin: string) =>
      ask('/api/m/booking/v1/actions/availability', {
        body: input,
        headers: { origin, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      });
    const free = await act(`https://${host}`);
    assert.equal(free.status, 200, free.text);
    assert.equal((await act('https://evil.example')).status, 403);
    for (const path of ['/sign-in', '/api/clients', '/api/openapi.json'])
      assert.equal((await ask(path)).status, 421, path);
    const dental = await ask(`/embed/${world.dental.siteKey}/session?m=booking&locale=en`, {
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    assert.equal(dental.status, 403);

    await world.api.send(`/api/sites/${site.id}/hosts/${added.id}`, { method: 'DELETE' });
    for (let tries = 0; tries < 40 && issuer.names.size > 0; tries++)
      await new Promise(resume => setTimeout(resume, 250));
    assert.equal(issuer.names.size, 0);
  });
});
