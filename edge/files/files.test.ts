import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { Hono } from 'hono';
import type { Actor } from '../../schemas/protocol/index.ts';
import { createMemoryLimiter } from '../adapters/node/limiter.ts';
import type { Runtime } from '../engine/runtime.ts';
import { start } from '../engine/testing-room.ts';
import type { AppEnv } from '../http/env.ts';
import { notFoundHandler, problemHandler } from '../http/problems.ts';
import { receive } from '../http/reception.ts';
import type { Tenants } from '../tenant/tenant.ts';
import { fileRoutes } from './routes.ts';
import { sweepFiles } from './sweep.ts';
import { GRACE_MS } from './sweep-job.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const png = latin('\x89PNG\r\n\x1a\n and pixels');
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

interface Made {
  readonly id: string;
  readonly upload: { readonly url: string; readonly headers: Record<string, string> };
}

function world(t: TestContext, quotaBytes = 10_000) {
  const engine = start();
  t.after(() => engine.close());
  const { tenant, actors } = engine;
  const runtime: Runtime = {
    ...engine.runtime,
    ports: { ...engine.runtime.ports, limiter: createMemoryLimiter(engine.runtime.ports.clock) },
    config: { ...engine.runtime.config, files: { quotaBytes, maxBytes: 5000, maxArchiveBytes: 0 } },
  };
  const other = { ...tenant, store: 'c-other', client: { ...tenant.client, id: 'client-2' } };
  const callers: Record<string, Actor> = {
    admin: actors.admin,
    visitor: actors.visitor,
    other: { ...actors.admin, clientId: 'client-2' },
    key: { ...actors.admin, kind: 'key', role: null, scopes: ['booking:write'] },
  };
  const tenants = {
    byClient: async (id: string) => [tenant, other].find(entry => entry.client.id === id),
  } as unknown as Tenants;
  const app = receive(new Hono<AppEnv>());
  app.onError(problemHandler());
  app.notFound(notFoundHandler());
  const authenticate = (headers: Headers) => callers[headers.get('authorization') ?? '']!;
  app.route('/', fileRoutes({ runtime, tenants, authenticate, clientIp: () => '10.0.0.1' }));

  const call = (method: string, path: string, { as = 'admin', body, headers = {} }: CallOptions = {}) =>
    app.request(path, {
      method,
      headers: { authorization: as, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const reserve = (size: number, more: Record<string, unknown> = {}, as?: string) =>
    call('POST', '/api/files', {
      as,
      body: { name: 'Foto žába.png', size, contentType: 'image/png', purpose: 'gallery', ...more },
    });
  const made = async (response: Response): Promise<Made> => {
    const text = await response.text();
    assert.equal(response.status, 201, text);
    return JSON.parse(text).data;
  };
  const put = (
    file: Made,
    bytes: Buffer,
    headers: Record<string, string> = file.upload.headers,
    url = file.upload.url,
  ) => app.request(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  const complete = (id: string, as?: string) => call('POST', `/api/files/${id}/complete`, { as });
  /** A file from first call to last. */
  const keep = async (bytes: Buffer, more: Record<string, unknown> = {}, as?: string) => {
    const file = await made(await reserve(bytes.length, more, as));
    assert.equal((await put(file, bytes)).status, 204);
    const done = await complete(file.id, as);
    const text = await done.text();
    assert.equal(done.status, 200, text);
    return JSON.parse(text).data as { id: string; type: string; size: number; sha256: string };
  };
  const fetchFile = async (id: string, as?: string, headers: Record<string, string> = {}) => {
    const to = await call('GET', `/api/files/${id}`, { as });
    return to.status === 302 ? app.request(to.headers.get('location')!, { headers }) : to;
  };
  const blobs = (client = 'client-1') => runtime.ports.blobs.list(client);
  return { engine, runtime, tenant, call, reserve, made, put, complete, keep, fetchFile, blobs, app };
}

interface CallOptions {
  readonly as?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

describe('files', () => {
  it('a file goes in by a signed address and comes out by another', async t => {
    const { keep, fetchFile, call } = world(t);
    const file = await keep(png, { sha256: sha256(png), owner: 'room.room:abc' });
    assert.deepEqual([file.type, file.size, file.sha256], ['image/png', png.length, sha256(png)]);
    const reply = await fetchFile(file.id);
    assert.equal(reply.status, 200);
    assert.deepEqual(Buffer.from(await reply.arrayBuffer()), png);
    assert.equal(reply.headers.get('cache-control'), 'private, no-store');
    assert.equal(
      reply.headers.get('content-disposition'),
      `inline; filename="Foto __ba.png"; filename*=UTF-8''Foto%20%C5%BE%C3%A1ba.png`,
    );
    const part = await fetchFile(file.id, undefined, { range: 'bytes=1-3' });
    assert.deepEqual([part.status, await part.text()], [206, 'PNG']);
    assert.equal(part.headers.get('content-range'), `bytes 1-3/${png.length}`);
    assert.equal((await fetchFile(file.id, undefined, { range: 'bytes=900-' })).status, 416);
    assert.equal((await fetchFile(file.id, undefined, { 'if-none-match': `"${sha256(png)}"` })).status, 304);
    const list = (await (await call('GET', '/api/files')).json()) as { data: { id: string }[]; meta: object };
    assert.deepEqual(
      list.data.map(row => row.id),
      [file.id],
    );
    assert.deepEqual(list.meta, { usedBytes: png.length, quotaBytes: 10_000 });
  });

  it('FI-01 an upload one byte short, one byte long or of another hash is refused and nothing is kept', async t => {
    const { reserve, made, put, complete, blobs } = world(t);
    const file = await made(await reserve(png.length, { sha256: sha256(png) }));
    for (const bytes of [png.subarray(0, -1), Buffer.concat([png, latin('!')])]) {
      const refused = await put(file, bytes);
      assert.equal(refused.status, 422);
      assert.equal(((await refused.json()) as { errors: { code: string }[] }).errors[0]!.code, 'LENGTH_MISMATCH');
    }
    const altered = Buffer.from(png);
    altered[12] = altered[12]! ^ 1;
    const refused = await put(file, altered);
    assert.equal(refused.status, 422);
    assert.equal(((await refused.json()) as { errors: { code: string }[] }).errors[0]!.code, 'HASH_MISMATCH');
    assert.deepEqual(await blobs(), []);
    assert.equal((await complete(file.id)).status, 409);
    assert.equal((await put(file, png)).status, 204);
    assert.equal((await put(file, png)).status, 409);
    assert.equal((await complete(file.id)).status, 200);
    assert.equal((await complete(file.id)).status, 200);
    assert.equal((await blobs()).length, 1);
  });

  it('FI-02 a .jpg that holds HTML is an octet-stream, attached, in a sandbox', async t => {
    const { keep, fetchFile } = world(t);
    const html = latin('<html><script>alert(document.cookie)</script></html>');
    for (const acl of ['private', 'public']) {
      const file = await keep(Buffer.concat([html, latin(acl)]), { name: 'me.jpg', contentType: 'image/jpeg', acl });
      assert.equal(file.type, 'application/octet-stream');
      const reply = await fetchFile(file.id);
      assert.equal(reply.headers.get('content-type'), 'application/octet-stream');
      assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
      assert.match(reply.headers.get('content-security-policy')!, /default-src 'none'; sandbox/);
      assert.match(reply.headers.get('content-disposition')!, /^attachment;/);
    }
  });

  it('FI-03 the same content is kept once for a client, and never shared between clients', async t => {
    const { keep, blobs } = world(t);
    await keep(png);
    await keep(png);
    assert.equal((await blobs()).length, 1);
    await keep(png, {}, 'other');
    assert.deepEqual([(await blobs()).length, (await blobs('client-2')).length], [1, 1]);
  });

  it('FI-04 content with two references goes 30 days after the second is deleted', async t => {
    const { engine, runtime, tenant, keep, call, fetchFile, blobs } = world(t);
    const [one, two] = [await keep(png), await keep(png)];
    const remove = async (id: string) => assert.equal((await call('DELETE', `/api/files/${id}`)).status, 204);
    await remove(one.id);
    assert.equal((await fetchFile(one.id)).status, 404);
    assert.equal((await fetchFile(two.id)).status, 200);
    engine.now += GRACE_MS + 1;
    assert.equal(await sweepFiles(runtime, tenant), 1);
    assert.equal((await fetchFile(two.id)).status, 200);
    await remove(two.id);
    engine.now += GRACE_MS - 1;
    assert.equal(await sweepFiles(runtime, tenant), 0);
    assert.equal((await blobs()).length, 1);
    engine.now += 1;
    assert.equal(await sweepFiles(runtime, tenant), 1);
    assert.deepEqual(await blobs(), []);
  });

  it('FI-05 an address ends, and is good for one method, one file and one content type', async t => {
    const { engine, reserve, made, put, app, keep, call, complete } = world(t);
    const [file, second] = [await made(await reserve(png.length)), await made(await reserve(png.length))];
    const refused = async (response: Response | Promise<Response>, what: string) =>
      assert.equal((await response).status, 403, what);
    await refused(put(file, png, { 'content-type': 'text/html' }), 'another type');
    await refused(app.request(file.upload.url), 'GET');
    await refused(put(file, png, undefined, file.upload.url.replace(file.id, second.id)), 'another file');
    for (const [name, value] of [
      ['type', 'text/html'],
      ['size', '1'],
      ['expires', '9999999999'],
      ['client', 'client-2'],
      ['signature', 'A'.repeat(22)],
    ] as const) {
      const url = new URL(file.upload.url);
      url.searchParams.set(name, value);
      await refused(put(file, png, name === 'type' ? { 'content-type': value } : undefined, url.href), name);
    }
    engine.now += 901_000;
    await refused(put(file, png), 'late');
    const kept = await keep(png);
    const to = (await call('GET', `/api/files/${kept.id}`)).headers.get('location')!;
    await refused(app.request(to, { method: 'PUT', headers: { 'content-type': '' }, body: 'x' }), 'PUT');
    assert.equal((await app.request(to)).status, 200);
    engine.now += 301_000;
    await refused(app.request(to), 'a late download');
    assert.equal((await complete(file.id)).status, 409);
  });

  it('FI-06 a public image loses its place and time, a private one keeps them', async t => {
    const { keep, fetchFile, blobs } = world(t);
    const gps = latin('GPSLatitude 50.0755');
    const chunk = (type: string, body: Buffer) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(body.length, 0);
      head.write(type, 4);
      return Buffer.concat([head, body, Buffer.alloc(4)]);
    };
    const image = Buffer.concat([
      png.subarray(0, 8),
      chunk('eXIf', gps),
      chunk('IDAT', gps.subarray(0, 3)),
      chunk('IEND', latin('')),
    ]);
    const open = await keep(image, { acl: 'public' });
    const shown = Buffer.from(await (await fetchFile(open.id)).arrayBuffer());
    assert.ok(!shown.includes(gps) && shown.includes('IDAT'));
    assert.deepEqual([open.size, open.sha256], [shown.length, sha256(shown)]);
    assert.equal((await blobs()).length, 1);
    const closed = await keep(image);
    assert.ok(Buffer.from(await (await fetchFile(closed.id)).arrayBuffer()).includes(gps));
  });

  it('FI-07 of ten who ask at once for 100 with 500 left, five get it', async t => {
    const { engine, reserve, keep, runtime, tenant } = world(t, 1000);
    await keep(Buffer.alloc(500, 'a'));
    const replies = await Promise.all(Array.from({ length: 10 }, () => reserve(100)));
    assert.deepEqual(replies.map(({ status }) => status).sort(), [201, 201, 201, 201, 201, 409, 409, 409, 409, 409]);
    assert.equal((await reserve(1)).status, 409);
    assert.equal((await reserve(5001)).status, 413);
    // What was reserved and never came is given back.
    engine.now += 4_501_000;
    assert.equal((await reserve(500)).status, 201);
    engine.now += 3_600_000;
    assert.equal(await sweepFiles(runtime, tenant), 5);
  });

  it("another client's file answers as an unknown one, and visitors and keys without the scope are refused", async t => {
    const { keep, call, complete, app } = world(t);
    const file = await keep(png);
    const unknown = '019a0000-0000-7000-8000-000000000000';
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/complete'],
    ] as const) {
      const answer = async (id: string) => {
        const reply = await call(method, `/api/files/${id}${path}`, { as: 'other' });
        return [reply.status, await reply.text()];
      };
      assert.deepEqual(await answer(file.id), await answer(unknown), method);
      assert.equal((await answer(file.id))[0], 404);
      assert.equal((await call(method, `/api/files/${file.id}${path}`, { as: 'key' })).status, 403);
      // A visitor may complete what it brought itself; any other file is unknown to it.
      const refusal = path === '/complete' ? 404 : 403;
      assert.equal((await call(method, `/api/files/${file.id}${path}`, { as: 'visitor' })).status, refusal);
    }
    for (const client of ['client-1', 'client-2', 'nobody']) {
      assert.equal((await app.request(`/api/files/${file.id}/content?client=${client}`)).status, 404);
    }
    assert.equal((await complete(file.id)).status, 200);
  });

  it('a reservation with the same Idempotency-Key is the same one; odd names and types are refused', async t => {
    const { call, reserve } = world(t);
    const body = { name: 'a.png', size: 3, contentType: 'image/png', purpose: 'gallery' };
    const headers = { 'idempotency-key': 'k1' };
    const [one, two] = [
      await call('POST', '/api/files', { body, headers }),
      await call('POST', '/api/files', { body, headers }),
    ];
    assert.deepEqual(await one.json(), await two.json());
    assert.equal(two.headers.get('idempotent-replayed'), 'true');
    for (const more of [
      { name: '../a' },
      { name: 'a\nb' },
      { contentType: 'image/png; x=1' },
      { size: -1 },
      { acl: 'all' },
      { clientId: 'x' },
    ]) {
      assert.equal((await reserve(3, more)).status, 422, JSON.stringify(more));
    }
  });
});
