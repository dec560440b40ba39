import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limitBody } from './body-limit.ts';

describe('limitBody', () => {
  const fetch = limitBody(async (request: Request) => new Response(await request.text()), 10);
  const post = (body: string | ReadableStream<Uint8Array>, headers: Record<string, string> = {}) =>
    fetch(new Request('http://app.test/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit));
  const stream = (...parts: string[]) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
        controller.close();
      },
    });

  it('passes a body within the limit, of known and of unknown length', async () => {
    assert.equal(await (await post('0123456789', { 'content-length': '10' })).text(), '0123456789');
    assert.equal(await (await post(stream('01234', '56789'))).text(), '0123456789');
  });

  it('answers 413 to a body past the limit, of known and of unknown length', async () => {
    for (const response of [
      await post('01234567890', { 'content-length': '11' }),
      await post(stream('01234', '567890')),
    ]) {
      assert.equal(response.status, 413);
      assert.equal(response.headers.get('content-type'), 'application/problem+json');
      assert.match(await response.text(), /"code":"PAYLOAD_TOO_LARGE"/);
    }
  });

  it('leaves the bodies of files and archives to the routes that count them', async () => {
    const to = (path: string) =>
      fetch(new Request(`http://app.test${path}`, { method: 'PUT', body: '0123456789+', headers: {} }));
    for (const path of ['/api/files/x/content', '/api/clients/x/import']) assert.equal((await to(path)).status, 200);
    for (const path of ['/api/files/x', '/api/files/x/content/y', '/api/clients/x/imports']) {
      assert.equal((await to(path)).status, 413, path);
    }
  });
});
