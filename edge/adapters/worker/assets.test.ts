import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createBoundAssets } from './assets.ts';

it('createBoundAssets asks the binding for lawful paths alone', async () => {
  const asked: string[] = [];
  const assets = createBoundAssets({
    async fetch(url) {
      asked.push(url);
      if (url.endsWith('/loader.js')) return new Response('text', { headers: { etag: '"1"' } });
      return new Response(null, { status: url.endsWith('/folder') ? 307 : 404 });
    },
  });
  const asset = await assets.get('embed/loader.js');
  assert.equal(asset!.contentType, 'text/javascript; charset=utf-8');
  assert.equal(asset!.etag, '"1"');
  assert.equal(await assets.text('embed/loader.js'), 'text');
  assert.equal(await assets.get('none.js'), undefined);
  assert.equal(await assets.get('folder'), undefined);
  asked.length = 0;
  assert.equal(await assets.get('../wrangler.toml'), undefined);
  assert.deepEqual(asked, []);
});
