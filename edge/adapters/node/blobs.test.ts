import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { blobsContract } from '../blobs.contract.ts';
import { createFolderBlobs } from './blobs.ts';

const folder = mkdtempSync(join(tmpdir(), 'inlay-blobs-'));
after(() => rmSync(folder, { recursive: true, force: true }));

blobsContract('folder', () => createFolderBlobs({ folder }));

it('leaves nothing aside after a body that broke off', async () => {
  const broken = (async function* () {
    yield Buffer.from('half');
    throw new Error('gone');
  })();
  const own = join(folder, 'own');
  await assert.rejects(createFolderBlobs({ folder: own }).put('client/a', broken, 8), /gone/);
  assert.deepEqual(readdirSync(join(own, '.incoming')), []);
});
