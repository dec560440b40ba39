import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ApiClient } from '../../edge/demo/api-client.ts';
import { search } from '../../schemas/proof-of-work/index.ts';
import type { WorkChallenge } from '../../schemas/protocol/captcha.ts';
import type { ApiKey, Client, EmbedSession, Site } from '../../schemas/protocol/index.ts';
import { staleRegistries } from '../../tools/generate-registries.ts';
import { openWorkshop, type Workshop } from '../support/workshop.ts';
import { startHost, type TestHost } from './host.ts';

const testing = '../../edge/engine/testing-wall.ts';
const files: Readonly<Record<string, string>> = {
  'wall/module.ts': `export { wall } from '${testing}';\n`,
  'wall/edge/index.ts': `export { wallCode } from '../${testing}';\n`,
};
const origin = 'https://wall.example';
const elsewhere = 'https://www.wall.example';

describe('an action that asks visitors for a proof, over HTTP', () => {
  let workshop: Workshop;
  let host: TestHost;
  let key: string;
  let page: Visitor;
  let otherPage: Visitor;
  let otherSite: Visitor;

  type Visitor = Awaited<ReturnType<typeof visit>>;
  async function visit(siteKey: string, from: string) {
    const session = await fetch(`${host.url}/embed/${siteKey}/session?m=wall`, { headers: { origin: from } });
    assert.equal(session.status, 200);
    const { token } = (await session.json()) as EmbedSession;
    const send = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      fetch(`${host.url}/api/m/wall/v1/actions/${path}`, {
        method: 'POST',
        headers: { origin: from, authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    return {
      send,
      async proof(action = 'write') {
        const reply = await send(`${action}/challenge`, {});
        assert.equal(reply.status, 200, await reply.clone().text());
        const { data } = (await reply.json()) as { data: WorkChallenge };
        assert.equal(data.kind, 'work');
        const steps = search(data);
        for (;;) {
          const { done, value } = steps.next();
          if (done) return `${data.challenge}~${value}`;
        }
      },
    };
  }

  before(async () => {
    workshop = openWorkshop();
    for (const [path, text] of Object.entries(files)) {
      const to = join(workshop.folder, 'widgets', path);
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, text);
    }
    for (const { path, text } of staleRegistries(workshop.folder)) writeFileSync(join(workshop.folder, path), text);
    host = await startHost({ checkout: workshop.folder });
    const api = new ApiClient(request => fetch(request), host.url);
    const owner = { agencyName: 'Walls', name: 'Wim', email: 'wim@wall.example', password: 'correct horse battery' };
    await api.send('/api/signup', { body: owner });
    const { id } = await api.send<Client>('/api/clients', { body: { name: 'Walls', zone: 'Europe/Prague' } });
    await api.send(`/api/clients/${id}/installations`, { body: { module: 'wall' } });
    const site = async () => {
      const made = await api.send<Site>(`/api/clients/${id}/sites`, { body: { name: 'Wall' } });
      for (const allowed of [origin, elsewhere])
        await api.send(`/api/sites/${made.id}/origins`, { body: { origin: allowed } });
      await api.send(`/api/sites/${made.id}/modules/wall`, { method: 'PUT', body: { enabled: true } });
      return made.siteKey;
    };
    const [one, two] = [await site(), await site()];
    ({ key } = (await api.send<ApiKey>(`/api/clients/${id}/keys`, { body: { name: 'Test', scopes: ['*'] } })) as {
      key: string;
    });
    page = await visit(one, origin);
    otherPage = await visit(one, elsewhere);
    otherSite = await visit(two, origin);
  });
  after(async () => {
    await host?.stop();
    workshop?.remove();
  });

  const codeOf = async (reply: Response) => `${reply.status} ${((await reply.json()) as { code?: string }).code}`;
  const write = (visitor: Visitor, text: string, proof?: string, headers: Readonly<Record<string, string>> = {}) =>
    visitor.send('write', { text }, proof ? { ...headers, 'inlay-proof': proof } : headers);

  it('is refused without one, with a wrong one, and with one for another site, page or action', async () => {
    assert.equal(await codeOf(await write(page, 'a')), '403 CAPTCHA_REQUIRED');
    const proof = await page.proof();
    const wrong = [
      'nonsense',
      `${proof.split('~')[0]}~${'A'.repeat(86)}`,
      await page.proof('scribble'),
      await otherPage.proof(),
      await otherSite.proof(),
    ];
    for (const one of wrong) assert.equal(await codeOf(await write(page, 'a', one)), '403 CAPTCHA_INVALID', one);
    assert.equal((await write(page, 'a', proof)).status, 200);
  });

  it('takes a proof once, also of fifty at the same time, and answers a repeated call as before', async () => {
    const proof = await page.proof();
    const replies = await Promise.all(Array.from({ length: 50 }, (_, i) => write(page, `b${i}`, proof)));
    const codes = await Promise.all(replies.map(async reply => (reply.ok ? 'ok' : codeOf(reply))));
    assert.equal(codes.filter(code => code === 'ok').length, 1);
    assert.equal(codes.filter(code => code === '409 CAPTCHA_USED').length, 49);

    const repeated = { 'idempotency-key': 'the-same' };
    const second = await page.proof();
    const first = await (await write(page, 'c', second, repeated)).text();
    const again = await write(page, 'c', second, repeated);
    assert.deepEqual(
      [again.status, await again.text(), again.headers.get('idempotent-replayed')],
      [200, first, 'true'],
    );
  });

  it('is open to keys without one, and hands out challenges to visitors alone, where there is something to prove', async () => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const post = (path: string) =>
      fetch(`${host.url}/api/m/wall/v1/actions/${path}`, { method: 'POST', headers, body: '{"text":"by key"}' });
    assert.equal((await post('write')).status, 200);
    assert.equal(await codeOf(await post('write/challenge')), '404 NOT_FOUND');
    assert.equal(await codeOf(await page.send('look/challenge', {})), '404 NOT_FOUND');
    assert.equal(await codeOf(await page.send('nothing/challenge', {})), '404 NOT_FOUND');
  });

  it('asks nothing of a quiet visitor where it is automatic, and then asks', async () => {
    const scribble = (proof?: string) => page.send('scribble', { text: 'x' }, proof ? { 'inlay-proof': proof } : {});
    const codes: string[] = [];
    for (let i = 0; i < 4; i++) {
      const reply = await scribble();
      codes.push(reply.ok ? 'ok' : await codeOf(reply));
    }
    assert.deepEqual(codes, ['ok', 'ok', 'ok', '403 CAPTCHA_REQUIRED']);
    assert.equal((await scribble(await page.proof('scribble'))).status, 200);
  });

  it('lets the proof through the preflight of a page, and stores nothing at the visitor', async () => {
    const preflight = await fetch(`${host.url}/api/m/wall/v1/actions/write`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'inlay-proof' },
    });
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /Inlay-Proof/);
    const reply = await page.send('write/challenge', {});
    assert.equal(reply.headers.get('set-cookie'), null);
    assert.equal(reply.headers.get('cache-control'), 'private, no-store');
  });
});
