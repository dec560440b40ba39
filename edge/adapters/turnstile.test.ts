import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createTurnstile } from './turnstile.ts';

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

const token = { secret: '0x4AAA-secret', token: '0.abc', id: '018f2f6a-7a7b-7c7c-8d8d-9e9e9e9e9e9e' };

describe('createTurnstile', () => {
  let server: Server;
  let apiUrl: string;
  let answers: Answer[];
  let seen: { url: string | undefined; method: string | undefined; headers: IncomingHttpHeaders; body: unknown }[];

  before(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { url, method, headers } = request;
      seen.push({ url, method, headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
      const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
      response
        .writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
        .end(answer.body);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    seen = [];
  });
  after(() => server.close());

  const verdict = async (...given: Answer[]) => {
    answers = given;
    return createTurnstile({ apiUrl }).verify(token);
  };
  const refusal = (...codes: string[]) => ({ body: JSON.stringify({ success: false, 'error-codes': codes }) });

  it('asks as the service wants it, and gives back what the page had proved', async () => {
    const passed = await verdict({
      body: JSON.stringify({
        success: true,
        challenge_ts: '2026-02-28T15:14:30.096Z',
        hostname: 'app.inlay.test',
        'error-codes': [],
        action: 'contact_send',
        cdata: 'seed',
        metadata: { interactive: false },
      }),
    });
    assert.deepEqual(passed, {
      verdict: 'passed',
      hostname: 'app.inlay.test',
      action: 'contact_send',
      data: 'seed',
    });
    assert.equal(seen.length, 1);
    const [{ url, method, headers, body }] = seen as [(typeof seen)[0]];
    assert.deepEqual([method, url, headers['content-type']], ['POST', '/turnstile/v0/siteverify', 'application/json']);
    assert.deepEqual(body, { secret: token.secret, response: token.token, idempotency_key: token.id });
  });

  it('tells what it refuses', async () => {
    assert.deepEqual(await verdict(refusal('invalid-input-response')), { verdict: 'refused' });
    assert.deepEqual(await verdict(refusal('timeout-or-duplicate')), { verdict: 'spent' });
    assert.deepEqual(await verdict({ status: 400, ...refusal('invalid-input-secret') }), { verdict: 'unknown-secret' });
    assert.deepEqual(await verdict(refusal('missing-input-secret')), { verdict: 'unknown-secret' });
    assert.deepEqual(await verdict(refusal('something-new')), { verdict: 'refused' });
    assert.equal(seen.length, 5);
  });

  it('asks a second time with the same key where there was no answer', async () => {
    const passed = await verdict(refusal('internal-error'), { body: '{"success":true,"hostname":"h"}' });
    assert.deepEqual(passed, { verdict: 'passed', hostname: 'h', action: '', data: '' });
    assert.equal(seen.length, 2);
    assert.deepEqual(seen[0]!.body, seen[1]!.body);
  });

  it('knows nothing where the service is away, says something else, or sends it elsewhere', async () => {
    for (const answer of [
      { status: 503, body: '{"success":true}' },
      { body: '<html>' },
      { body: '{"success":"yes"}' },
      { body: `{"success":true,"cdata":"${'a'.repeat(20_000)}"}` },
      { status: 302, headers: { location: `${apiUrl}/elsewhere` }, body: '' },
    ]) {
      seen = [];
      assert.equal((await verdict(answer)).verdict, 'no-answer', answer.body.slice(0, 40));
      assert.deepEqual([...new Set(seen.map(({ url }) => url))], ['/turnstile/v0/siteverify']);
      assert.equal(seen.length, 2);
    }
    const closed = await createTurnstile({ apiUrl: 'http://127.0.0.1:1' }).verify(token);
    assert.equal(closed.verdict, 'no-answer');
  });
});
