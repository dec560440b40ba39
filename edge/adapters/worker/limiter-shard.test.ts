import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createTestHarness, type TestHarness } from 'wrangler';
import type { LimitVerdict } from '../../../schemas/ports/index.ts';

/** What a Worker's entry is exported as. */
const entry = 'default';

/** A Worker that does nothing but take from one shard, so that nothing else holds on to the object. */
const probe = (shard: string) => `export { LimiterShard } from ${JSON.stringify(shard)};
const worker = {
  async fetch(request, env) {
    const windowSeconds = Number(new URL(request.url).searchParams.get('window'));
    return Response.json(await env.LIMITER.getByName('shard').take('login:jana', 10, windowSeconds, 1));
  },
};
export { worker as ${entry} };`;

describe('LimiterShard in workerd', () => {
  let server: TestHarness;
  let folder: string;

  before(async () => {
    process.env['WRANGLER_SEND_METRICS'] = 'false';
    process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false';
    folder = mkdtempSync(join(tmpdir(), 'inlay-shard-'));
    const main = join(folder, 'probe.js');
    writeFileSync(main, probe(join(import.meta.dirname, 'limiter-shard.ts')));
    const bindings = [{ name: 'LIMITER', class_name: 'LimiterShard' }];
    const migrations = [{ tag: 'v1', new_sqlite_classes: ['LimiterShard'] }];
    const config = { name: 'probe', main, compatibility_date: '2026-11-01', durable_objects: { bindings }, migrations };
    server = createTestHarness({ root: folder, workers: [{ config }] });
    await server.listen();
  });

  after(async () => {
    await server?.close();
    rmSync(folder, { recursive: true });
  });

  const take = async (windowSeconds: number): Promise<LimitVerdict> => {
    const response = await server.fetch(`http://probe.test/?window=${windowSeconds}`);
    return (await response.json()) as LimitVerdict;
  };

  it('counts across callers, and keeps the count of a long window when the object is put away', async () => {
    const verdicts = await Promise.all(Array.from({ length: 12 }, () => take(900)));
    assert.equal(verdicts.filter(({ allowed }) => allowed).length, 10);
    await server.getWorker().evictDurableObject('LIMITER', { name: 'shard' });
    const after = await take(900);
    assert.deepEqual([after.allowed, after.remaining], [false, 0]);
  });
});
