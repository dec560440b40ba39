import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startHost, type TestHost } from './host.ts';

describe('host', () => {
  let host: TestHost;
  before(async () => {
    host = await startHost();
  });
  after(() => host?.stop());

  it('answers its health and says what it is', async () => {
    const response = await fetch(`${host.url}/healthz`);
    assert.equal(response.status, 200);
    const health = (await response.json()) as { status: string; host: string };
    assert.deepEqual([health.status, health.host], ['ok', host.kind]);
  });

  it('answers an unknown path with a problem', async () => {
    const response = await fetch(`${host.url}/api/none`);
    assert.equal(response.status, 404);
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
  });

  it('refuses a body past the limit, of known and of unknown length', async () => {
    const body = 'x'.repeat(1_100_000);
    const known = await fetch(`${host.url}/api/none`, { method: 'POST', body });
    assert.equal(known.status, 413);
    await known.body?.cancel();
    const stream = new Blob([body]).stream();
    const unknown = await fetch(`${host.url}/api/none`, {
      method: 'POST',
      body: stream,
      duplex: 'half',
    } as RequestInit);
    assert.equal(unknown.status, 413);
    await unknown.body?.cancel();
  });
});
