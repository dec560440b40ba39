import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { createTestHarness, type TestHarness } from 'wrangler';
import { BlobPartsError, BlobSizeError, type Blobs } from '../../../schemas/ports/blobs.ts';
import { blobsContract } from '../blobs.contract.ts';

/** What a Worker's entry is exported as. */
const entry = 'default';

/** A Worker that hands each request to the adapter; a body ends with a byte that says whether it broke off. */
const probe = (adapter: string) => `import { createBucketBlobs } from ${JSON.stringify(adapter)};
async function* whole(body, broken) {
  for await (const chunk of body) yield chunk;
  if (broken) throw new Error('gone');
}
const worker = {
  async fetch(request, env) {
    const blobs = createBucketBlobs(env.FILES);
    const { searchParams: asked } = new URL(request.url);
    const [key, verb] = [asked.get('key'), asked.get('verb')];
    try {
      if (verb === 'put') {
        const body = request.body ?? new Response('').body;
        return Response.json(await blobs.put(key, whole(body, asked.has('broken')), Number(asked.get('size'))) ?? null);
      }
      const attempt = asked.get('attempt');
      if (verb === 'start') return Response.json(await blobs.startParts(key));
      if (verb === 'part') {
        const body = request.body ?? new Response('').body;
        const number = Number(asked.get('number'));
        return Response.json(await blobs.putPart(key, attempt, number, whole(body, asked.has('broken')), Number(asked.get('size'))));
      }
      if (verb === 'join') return Response.json((await blobs.joinParts(key, attempt, await request.json())) ?? null);
      if (verb === 'drop') return Response.json((await blobs.dropParts(key, attempt)) ?? null);
      if (verb === 'list') return Response.json(await blobs.list(key));
      if (verb === 'delete') return Response.json((await blobs.delete(await request.json())) ?? null);
      const range = asked.has('offset') ? { offset: Number(asked.get('offset')), length: Number(asked.get('length')) } : undefined;
      const found = await blobs.get(key, range);
      return found ? new Response(found.body, { headers: { 'x-size': String(found.size) } }) : new Response(null, { status: 404 });
    } catch (error) {
      return Response.json({ name: error.name, message: error.message }, { status: 500 });
    }
  },
};
export { worker as ${entry} };`;

let server: TestHarness;
let folder: string;

before(async () => {
  process.env['WRANGLER_SEND_METRICS'] = 'false';
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false';
  folder = mkdtempSync(join(tmpdir(), 'inlay-bucket-'));
  const main = join(folder, 'probe.js');
  writeFileSync(main, probe(join(import.meta.dirname, 'blobs.ts')));
  const r2_buckets = [{ binding: 'FILES', bucket_name: 'files' }];
  const config = { name: 'probe', main, compatibility_date: '2026-11-01', r2_buckets };
  server = createTestHarness({ root: folder, workers: [{ config }] });
  await server.listen();
});

after(async () => {
  await server?.close();
  rmSync(folder, { recursive: true });
});

async function call(query: Record<string, string>, body?: Buffer | string) {
  const search = new URLSearchParams(query);
  const init = body === undefined ? {} : { method: 'POST', body };
  const response = await server.fetch(`http://probe.test/?${search}`, init as never);
  if (response.status !== 500) return response;
  const { name, message } = (await response.json()) as { name: string; message: string };
  const kinds = { BlobSizeError, BlobPartsError, TypeError } as const;
  throw new (kinds[name as keyof typeof kinds] ?? Error)(message);
}

/** A body and whether it broke off. */
async function gathered(body: AsyncIterable<Uint8Array>): Promise<[Buffer, Record<string, string>]> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of body) parts.push(part);
  } catch {
    return [Buffer.concat(parts), { broken: '1' }];
  }
  return [Buffer.concat(parts), {}];
}

/** The adapter in workerd, seen from here. */
const remote: Blobs = {
  async put(key, body, size) {
    const [bytes, broken] = await gathered(body);
    await call({ verb: 'put', key, size: `${size}`, ...broken }, bytes);
  },
  async get(key, range) {
    const part: Record<string, string> = range ? { offset: `${range.offset}`, length: `${range.length}` } : {};
    const response = await call({ verb: 'get', key, ...part });
    if (response.status === 404) return undefined;
    return {
      size: Number(response.headers.get('x-size')),
      body: [new Uint8Array(await response.arrayBuffer())] as never,
    };
  },
  async delete(keys) {
    await call({ verb: 'delete' }, JSON.stringify(keys));
  },
  startParts: async key => (await call({ verb: 'start', key })).json() as Promise<string>,
  async putPart(key, attempt, number, body, size) {
    const [bytes, broken] = await gathered(body);
    const query = { verb: 'part', key, attempt, number: `${number}`, size: `${size}`, ...broken };
    return (await call(query, bytes)).json() as Promise<string>;
  },
  async joinParts(key, attempt, parts) {
    await call({ verb: 'join', key, attempt }, JSON.stringify(parts));
  },
  async dropParts(key, attempt) {
    await call({ verb: 'drop', key, attempt });
  },
  list: async client => (await call({ verb: 'list', key: client })).json() as Promise<string[]>,
};

blobsContract('bucket', () => remote);
