import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createFolderAssets } from './assets.ts';

describe('createFolderAssets', () => {
  let folder: string;
  let root: string;

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'inlay-assets-'));
    folder = join(root, 'public');
    mkdirSync(join(folder, 'embed'), { recursive: true });
    writeFileSync(join(folder, 'embed', 'loader.js'), 'one');
    writeFileSync(join(root, 'secret.txt'), 'secret');
    writeFileSync(join(folder, '.hidden'), 'secret');
  });

  after(() => rmSync(root, { recursive: true }));

  it('gives bytes, type and a tag that follows the content', async () => {
    const assets = createFolderAssets({ folder, cache: false });
    const first = await assets.get('embed/loader.js');
    assert.equal(first!.contentType, 'text/javascript; charset=utf-8');
    assert.equal(await assets.text('embed/loader.js'), 'one');
    writeFileSync(join(folder, 'embed', 'loader.js'), 'two');
    const second = await assets.get('embed/loader.js');
    assert.notEqual(second!.etag, first!.etag);
  });

  it('keeps a file in memory when told to', async () => {
    const assets = createFolderAssets({ folder, cache: true });
    const before = await assets.text('embed/loader.js');
    writeFileSync(join(folder, 'embed', 'loader.js'), 'three');
    assert.equal(await assets.text('embed/loader.js'), before);
  });

  it('finds nothing outside its folder, no folder and no hidden file', async () => {
    const assets = createFolderAssets({ folder, cache: false });
    const paths = ['../secret.txt', 'embed/../../secret.txt', '/etc/passwd', '..\\secret.txt', '.hidden', 'embed', ''];
    for (const path of [...paths, 'a\0.js', './x', 'embed//loader.js', '%2e%2e/secret.txt', 'none.js']) {
      assert.equal(await assets.get(path), undefined, path);
    }
  });
});
