import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { root } from './root.ts';
import { zipPlugin } from './wordpress.ts';

describe('the archive of the WordPress plugin', () => {
  let zip: Uint8Array;
  let files: Record<string, Uint8Array>;
  before(async () => {
    zip = await zipPlugin();
    files = unzipSync(zip);
  });
  const text = (name: string) => new TextDecoder().decode(files[`inlay/${name}`]);

  it('has in its archive what is meant, and nothing else', () => {
    assert.deepEqual(
      Object.keys(files),
      [
        'LICENSE.txt',
        'block/block.json',
        'block/editor.asset.php',
        'block/editor.js',
        'includes/embed.php',
        'includes/settings.php',
        'includes/widgets.php',
        'inlay.php',
        'readme.txt',
        'uninstall.php',
      ].map(name => `inlay/${name}`),
    );
  });

  it('is the same to the byte, whatever the zone of the machine', async () => {
    const zone = process.env['TZ'];
    try {
      for (const other of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
        process.env['TZ'] = other;
        assert.deepEqual(await zipPlugin(), zip);
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('says one version everywhere', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    assert.ok(text('inlay.php').includes(`* Version: ${version}\n`));
    assert.ok(text('readme.txt').includes(`Stable tag: ${version}\n`));
    assert.ok(text('readme.txt').includes(`= ${version} =`));
    assert.ok(text('block/editor.asset.php').includes(`'${version}'`));
  });

  it('its readme has the parts that WordPress reads', () => {
    for (const part of [
      '=== Inlay ===',
      'Requires at least:',
      'Requires PHP:',
      'License:',
      '== Description ==',
      '== Changelog ==',
    ])
      assert.ok(text('readme.txt').includes(part), part);
  });
});
