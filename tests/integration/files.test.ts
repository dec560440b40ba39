import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { type DemoClient, type DemoWorld, embedOrigin, startDemoWorld } from '../support/demo-world.ts';

const env = { FILE_QUOTA_BYTES: '7000000', FILE_MAX_BYTES: '4000000' };
/** The least part that is joined to others. */
const PART = 5 * 1024 * 1024;

interface Made {
  readonly id: string;
  readonly upload: { readonly url: string; readonly headers: Record<string, string> };
}

describe('files over HTTP', () => {
  let world: DemoWorld;
  before(async () => {
    world = await startDemoWorld({ env });
  });
  after(() => world?.host.stop());

  const call = (client: DemoClient, method: string, path: string, body?: unknown) =>
    fetch(`${world.host.url}/api/files${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization: `Bearer ${client.key}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const reserve = (client: DemoClient, size: number, contentType = 'image/jpeg') =>
    call(client, 'POST', '', { name: 'x.jpg', size, contentType, purpose: 'gallery' });
  const made = async (response: Response) => ((await response.json()) as { data: Made }).data;
  const put = ({ upload }: Made, body: Buffer | ReadableStream<Uint8Array>, headers = upload.headers) =>
    fetch(upload.url, { method: 'PUT', headers, body, duplex: 'half' } as RequestInit);
  /** Without a length, as a stream is sent. */
  const streamed = (bytes: Buffer) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 60_000) controller.enqueue(bytes.subarray(at, at + 60_000));
        controller.close();
      },
    });

  it('three megabytes go in as a stream and come out the same, whole and in part', async () => {
    const bytes = randomBytes(3_000_000);
    const file = await made(await reserve(world.salon, bytes.length));
    assert.equal((await put(file, streamed(bytes))).status, 204);
    assert.equal((await call(world.salon, 'POST', `/${file.id}/complete`, {})).status, 200);
    const to = await call(world.salon, 'GET', `/${file.id}`);
    assert.equal(to.status, 302);
    const address = to.headers.get('location')!;
    const whole = await fetch(address);
    assert.equal(whole.status, 200);
    assert.ok(Buffer.from(await whole.arrayBuffer()).equals(bytes));
    assert.match(whole.headers.get('content-security-policy')!, /sandbox/);
    assert.equal(whole.headers.get('content-type'), 'application/octet-stream');
    const part = await fetch(address, { headers: { range: 'bytes=2999990-' } });
    assert.equal(part.status, 206);
    assert.ok(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(2_999_990)));
    assert.equal((await call(world.dental, 'GET', `/${file.id}`)).status, 404);
    assert.equal((await call(world.salon, 'DELETE', `/${file.id}`)).status, 204);
    assert.equal((await fetch(address)).status, 404);
  });

  it('FI-01 FI-05 a body of another length or type is refused, of known and of unknown length', async () => {
    const bytes = randomBytes(200_000);
    const file = await made(await reserve(world.salon, bytes.length));
    assert.equal((await put(file, bytes.subarray(1))).status, 422);
    assert.equal((await put(file, streamed(bytes.subarray(1)))).status, 422);
    assert.equal((await put(file, streamed(Buffer.concat([bytes, bytes])))).status, 422);
    assert.equal((await put(file, bytes, { 'content-type': 'text/html' })).status, 403);
    assert.equal((await fetch(file.upload.url)).status, 403);
    assert.equal((await put(file, bytes)).status, 204);
    assert.equal((await call(world.salon, 'POST', `/${file.id}/complete`, {})).status, 200);
  });

  it("a visitor's token opens the files' door from its own page alone, and no more than an action asks for", async () => {
    const origin = embedOrigin.replace('http:', 'https:');
    const session = await fetch(`${world.host.url}/embed/${world.salon.siteKey}/session`, { headers: { origin } });
    const { token } = (await session.json()) as { token: string };
    const file = { name: 'x.png', size: 3, contentType: 'image/png', for: 'booking.book.name' };
    const bring = (headers: Record<string, string>, authorization = `Bearer ${token}`) =>
      fetch(`${world.host.url}/api/files`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(file),
      });
    const own = await bring({ origin });
    assert.deepEqual([own.status, own.headers.get('access-control-allow-origin')], [404, origin]);
    const elsewhere: Record<string, string>[] = [
      {},
      { origin: 'null' },
      { origin: 'https://evil.test' },
      { origin: `${origin}.evil.test` },
    ];
    for (const headers of elsewhere) {
      const refused = await bring(headers);
      assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [403, null]);
    }
    const altered = `Bearer ${token.slice(0, -6)}AAAAAA`;
    assert.equal((await bring({ origin }, altered)).status, 401);
    const asks = { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' };
    const preflight = await fetch(`${world.host.url}/api/files/x/content`, { method: 'OPTIONS', headers: asks });
    assert.deepEqual([preflight.status, preflight.headers.get('access-control-allow-origin')], [204, origin]);
  });

  it('FI-07 of ten who ask at once for a megabyte with five left, five get it', async () => {
    const million = 1_000_000;
    assert.equal((await reserve(world.dental, 2 * million)).status, 201);
    const replies = await Promise.all(Array.from({ length: 10 }, () => reserve(world.dental, million)));
    assert.deepEqual(replies.map(({ status }) => status).sort(), [...Array(5).fill(201), ...Array(5).fill(409)]);
  });
});

interface Parts {
  readonly id: string;
  readonly stored: number;
  readonly missing: readonly {
    readonly number: number;
    readonly offset: number;
    readonly size: number;
    readonly url: string;
    readonly headers: Record<string, string>;
  }[];
}

describe('files over a bad line', () => {
  let world: DemoWorld;
  before(async () => {
    world = await startDemoWorld({ env: { FILE_QUOTA_BYTES: '100000000', FILE_MAX_BYTES: '50000000' } });
  });
  after(() => world?.host.stop());

  /** Sends `size` bytes of what was announced as more, then cuts the connection. */
  const cut = (url: string, headers: Record<string, string>, bytes: Buffer, size: number) =>
    new Promise<void>(resolve => {
      const sending = request(url, { method: 'PUT', headers: { ...headers, 'content-length': `${bytes.length}` } });
      sending.on('error', () => resolve());
      sending.write(bytes.subarray(0, size), () => setTimeout(() => sending.destroy(new Error('cut')), 50));
    });

  it('an upload in parts whose connection is cut goes on where it was', async () => {
    const bytes = randomBytes(2 * PART + 12_345);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const call = async <T>(method: string, path: string, body?: unknown) => {
      const response = await fetch(`${world.host.url}/api/files${path}`, {
        method,
        headers: { authorization: `Bearer ${world.salon.key}`, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return { status: response.status, data: ((await response.json()) as { data: T }).data };
    };
    const file = { name: 'x.bin', size: bytes.length, contentType: 'application/octet-stream', purpose: 'plan' };
    const { data: started } = await call<Parts>('POST', '', { ...file, resumable: true });
    const [first, second] = started.missing as [Parts['missing'][number], Parts['missing'][number]];
    const of = ({ offset, size }: Parts['missing'][number]) => bytes.subarray(offset, offset + size);
    const put = (place: Parts['missing'][number]) =>
      fetch(place.url, { method: 'PUT', headers: place.headers, body: new Uint8Array(of(place)) });
    assert.equal((await put(first)).status, 204);
    await cut(second.url, second.headers, of(second), 1_000_000);
    assert.equal((await call('POST', `/${started.id}/complete`, { sha256 })).status, 409);
    const { data: left } = await call<Parts>('GET', `/${started.id}/parts`);
    assert.deepEqual([left.stored, left.missing.map(({ number }) => number)], [1, [2, 3]]);
    for (const place of left.missing) assert.equal((await put(place)).status, 204);
    const wrong = await call('POST', `/${started.id}/complete`, { sha256: '0'.repeat(64) });
    assert.equal(wrong.status, 422);

    const { data: again } = await call<Parts>('POST', '', { ...file, sha256, resumable: true });
    for (const place of again.missing) assert.equal((await put(place)).status, 204);
    const done = await call<{ size: number; sha256: string }>('POST', `/${again.id}/complete`, {});
    assert.deepEqual([done.status, done.data.size, done.data.sha256], [200, bytes.length, sha256]);
    const whole = await fetch(`${world.host.url}/api/files/${again.id}`, {
      headers: { authorization: `Bearer ${world.salon.key}` },
    });
    assert.ok(Buffer.from(await whole.arrayBuffer()).equals(bytes));
  });
});
