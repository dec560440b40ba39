import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { CertificatesError } from '../../schemas/ports/index.ts';
import { type HostnameServer, startHostnameServer } from '../../tests/support/hostname-server.ts';
import { createCloudflareHostnames } from './cloudflare-hostnames.ts';

const host = 'book.rosa.test-salon.cz';

describe('createCloudflareHostnames', () => {
  let server: HostnameServer;
  const hostnames = (token = server.token) =>
    createCloudflareHostnames({ zone: server.zone, token, apiUrl: server.apiUrl });
  before(async () => {
    server = await startHostnameServer();
  });
  after(() => server.stop());
  beforeEach(() => server.reset());

  it('creates a name once, and says which record would spare the wait', async () => {
    const first = await hostnames().ensure(host);
    assert.deepEqual(first, {
      state: 'pending',
      records: [
        { type: 'TXT', name: `_cf-custom-hostname.${host}`, value: server.named(host)!.ownership_verification.value },
      ],
      reason: null,
    });
    const [request] = server.requests;
    assert.equal(request!.line, `POST /client/v4/zones/${server.zone}/custom_hostnames`);
    assert.deepEqual(request!.body, {
      hostname: host,
      ssl: { method: 'http', type: 'dv', settings: { min_tls_version: '1.2' } },
    });
    assert.deepEqual(await hostnames().ensure(host), first);
    assert.equal(server.names.size, 1);
  });

  it('is ready when the name and its certificate both are', async () => {
    await hostnames().ensure(host);
    const name = server.named(host)!;
    name.status = 'active';
    name.ssl.status = 'pending_deployment';
    assert.deepEqual(await hostnames().find(host), { state: 'pending', records: [], reason: null });
    name.ssl.status = 'active';
    assert.equal((await hostnames().find(host))!.state, 'ready');
  });

  it('tells what keeps it waiting, and what ended it; asking again starts anew', async () => {
    await hostnames().ensure(host);
    const name = server.named(host)!;
    name.verification_errors = ['custom hostname does not CNAME to this zone.'];
    assert.equal((await hostnames().find(host))!.reason, 'custom hostname does not CNAME to this zone.');
    name.ssl.status = 'validation_timed_out';
    name.ssl.validation_errors = [{ message: 'SERVFAIL looking up CAA' }];
    const found = await hostnames().find(host);
    assert.equal(found!.state, 'failed');
    assert.match(found!.reason!, /does not CNAME.*SERVFAIL/);
    assert.equal((await hostnames().ensure(host)).state, 'pending');
    assert.match(server.requests.at(-1)!.line, /^PATCH .*\/custom_hostnames\/\w+$/);
  });

  it('finds the name itself, not one that holds it, and deletes no other', async () => {
    await hostnames().ensure(`my-${host}`);
    assert.equal(await hostnames().find(host), undefined);
    await hostnames().release(host);
    assert.equal(server.names.size, 1);
    await hostnames().release(`my-${host}`);
    assert.equal(server.names.size, 0);
    await hostnames().release(`my-${host}`);
  });

  it('a name that cannot be, or that another account has, has failed', async () => {
    server.answer(400, [{ code: 1409, message: 'Reserved top domain custom hostnames are not supported.' }]);
    assert.deepEqual(await hostnames().ensure('a.example'), {
      state: 'failed',
      records: [],
      reason: 'Reserved top domain custom hostnames are not supported.',
    });
    server.answer(409, [{ code: 1406, message: 'Duplicate custom hostname found.' }]);
    assert.match((await hostnames().ensure(host)).reason!, /Another account/);
  });

  it('an issuer that says nothing of the name throws: limits with their wait, refused tokens, broken answers', async () => {
    const rejects = (work: Promise<unknown>, told: RegExp, retryAfter?: number) =>
      assert.rejects(
        work,
        (error: unknown) =>
          error instanceof CertificatesError && told.test(error.message) && error.retryAfter === retryAfter,
      );
    const limited = [{ code: 971, message: 'Please wait and consider throttling your request speed' }];
    server.answer(429, limited, { 'retry-after': '42' });
    await rejects(hostnames().ensure(host), /429: 971 Please wait/, 42);
    server.answer(429, limited);
    await rejects(hostnames().find(host), /429/, 300);
    await rejects(hostnames('wrong').ensure(host), /403: 10000 Authentication error/);
    server.answer(500, [{ code: 1500, message: 'Internal Server Error' }]);
    await rejects(hostnames().release(host), /500: 1500/);
    server.answer(502, '<html>Bad gateway</html>');
    await rejects(hostnames().find(host), /answered 502/);
    server.answer(200, { success: true, errors: [], result: { id: 1 } });
    await rejects(hostnames().ensure(host), /not known/);
    const nowhere = createCloudflareHostnames({ zone: 'z', token: 't', apiUrl: 'http://127.0.0.1:9' });
    await rejects(nowhere.find(host), /cannot be reached/);
  });
});
