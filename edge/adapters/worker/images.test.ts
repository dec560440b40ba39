import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { createTestHarness, type TestHarness } from 'wrangler';
import type { ImageRecipe } from '../../../schemas/module/index.ts';
import { readHeader } from '../../images/header.ts';
import { pngHeader, pngOf, pngSignature } from '../../images/testing.ts';

/** What a Worker's entry is exported as. */
const entry = 'default';

const probe = (adapter: string) => `import { createIsolateImages } from ${JSON.stringify(adapter)};
const images = createIsolateImages();
const worker = {
  async fetch(request) {
    try {
      const recipe = JSON.parse(request.headers.get('x-recipe'));
      const { bytes, mime } = await images.render(new Uint8Array(await request.arrayBuffer()), recipe);
      return new Response(bytes, { headers: { 'content-type': mime } });
    } catch (error) {
      return Response.json({ kind: error.kind, message: error.message }, { status: 422 });
    }
  },
};
export { worker as ${entry} };`;

let server: TestHarness;
let folder: string;

before(async () => {
  process.env['WRANGLER_SEND_METRICS'] = 'false';
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false';
  folder = mkdtempSync(join(tmpdir(), 'inlay-images-'));
  const main = join(folder, 'probe.js');
  writeFileSync(main, probe(join(import.meta.dirname, 'images.ts')));
  const compatibility = { compatibility_date: '2026-11-01', compatibility_flags: ['nodejs_compat'] };
  server = createTestHarness({ root: folder, workers: [{ config: { name: 'probe', main, ...compatibility } }] });
  await server.listen();
});

after(async () => {
  await server?.close();
  rmSync(folder, { recursive: true });
});

const render = (bytes: Buffer, recipe: ImageRecipe) =>
  server.fetch('http://probe.test/', {
    method: 'POST',
    headers: { 'x-recipe': JSON.stringify(recipe) },
    body: bytes,
  } as never);

it('a Worker makes one picture after another, and a bad one ends alone', async () => {
  const recipe = { width: 320, height: 240, fit: 'cover', format: 'jpeg' } as const;
  const photograph = pngOf(2400, 1800, (x, y) => [x % 256, y % 256, 90, 255]);
  for (let i = 0; i < 6; i++) {
    const [good, bad] = await Promise.all([render(photograph, recipe), render(photograph.subarray(0, 5000), recipe)]);
    assert.equal(good.status, 200);
    const { mime, width, height } = readHeader(new Uint8Array(await good.arrayBuffer()))!;
    assert.deepEqual([mime, width, height], ['image/jpeg', 320, 240]);
    assert.deepEqual([bad.status, ((await bad.json()) as { kind: string }).kind], [422, 'unreadable']);
  }
  const bomb = await render(Buffer.concat([pngSignature, pngHeader(9000, 9000)]), recipe);
  assert.equal(((await bomb.json()) as { kind: string }).kind, 'large');
});
