import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { createFolderBlobs } from '../adapters/node/blobs.ts';
import { createPins, withPinnedChunks } from './pins.ts';

it('a chunk of a pin is found after a build that has others', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-pins-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const blobs = createFolderBlobs({ folder });
  let files: Readonly<Record<string, string>> = { 'embed/c/a-1.js': 'first' };
  const assets = {
    get: async (path: string) =>
      path in files ? { body: files[path]!, contentType: 'text/javascript; charset=utf-8' } : undefined,
    text: async (path: string) => files[path],
  };
  const build = () => ({
    loader: '',
    manifest: {
      loader: '',
      widgets: {},
      parts: {},
      integrity: Object.fromEntries(Object.keys(files).map(path => [path, ''])),
    },
  });
  const pins = createPins({
    assets,
    blobs,
    build,
    scripts: () => ({ bytes: new TextEncoder().encode('script'), etag: '' }),
  });
  const all = withPinnedChunks(assets, pins);
  const { hash } = await pins.keep('site_a');
  files = { 'embed/c/a-2.js': 'second' };
  assert.equal(new TextDecoder().decode((await all.get('embed/c/a-1.js'))!.body as Uint8Array), 'first');
  assert.equal((await all.get('embed/c/a-2.js'))!.body, 'second');
  assert.equal(await all.get('embed/c/a-3.js'), undefined);
  assert.equal(new TextDecoder().decode(await pins.script(hash)), 'script');
  assert.equal(await pins.script('../etc/passwd'), undefined);
});
