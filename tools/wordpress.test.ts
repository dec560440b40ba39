import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { tagDocs } from './embed-package/element-types.ts';
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
        'languages/inlay.pot',
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

  it('has every widget of the build that a website may show, with its attributes, and a block that takes them all', async () => {
    const block = JSON.parse(text('block/block.json')) as { attributes: Record<string, object> };
    const docs = (await tagDocs()).filter(({ surfaces }) => surfaces.includes('site'));
    assert.ok(docs.some(({ tag }) => tag === 'inlay-chat') && docs.some(({ tag }) => tag === 'inlay-shop'));
    for (const { tag, mode, attributes } of docs) {
      const [, row] = new RegExp(`\\t'${tag.slice(6)}' => array\\(([^]+?)\\n\\t\\),`).exec(
        text('includes/widgets.php'),
      )!;
      assert.ok(row!.includes(`'mode'       => '${mode}'`), tag);
      for (const { name, type } of attributes) {
        const held = type !== 'boolean';
        assert.equal(row!.includes(`'${name}'`), held, `${tag} ${name}`);
        if (held) assert.deepEqual(block.attributes[name], { type: 'string', default: '', role: 'content' });
      }
    }
  });

  it('has each of its texts in the template for translators, those of the editor too', () => {
    const template = text('languages/inlay.pot');
    for (const one of [
      'Site key',
      'How it shows',
      'There is no Inlay widget \\"%s\\".',
      'Id or slug of the one service to book here.',
    ])
      assert.equal(template.split(`msgid "${one}"\nmsgstr ""`).length, 2, one);
    const calls = Object.keys(files)
      .filter(name => /\.(?:php|js)$/.test(name))
      .flatMap(name => [...text(name.slice(6)).matchAll(/\b\w*__\(\s*'/g)]);
    const places = [...template.matchAll(/^msgid "/gm)].length - 1;
    assert.ok(places > 20 && places <= calls.length, `${places} of ${calls.length}`);
    assert.ok(
      !Object.keys(files).some(name => /__\(\s*["$]/.test(text(name.slice(6)))),
      'a text that no tool can find',
    );
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
