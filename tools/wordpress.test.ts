import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { root } from './root.ts';
import { zipPlugin } from './wordpress.ts';

/** As much of WordPress as the plugin calls to write a widget; its escaping as WordPress does it. */
const wordpress = `
define('ABSPATH', __DIR__);
function __($text) { return $text; }
function esc_html__($text) { return esc_html($text); }
function esc_attr($text) { return htmlspecialchars($text, ENT_QUOTES, 'UTF-8'); }
function esc_html($text) { return htmlspecialchars($text, ENT_QUOTES, 'UTF-8'); }
function esc_url_raw($text) { return $text; }
function tag_escape($text) { return strtolower(preg_replace('/[^a-zA-Z0-9_:\\-]/', '', $text)); }
function sanitize_text_field($text) { return trim(strip_tags($text)); }
function wp_parse_url($text) { return parse_url($text); }
function wp_parse_args($given, $else) { return array_merge($else, $given); }
function get_option() { return $GLOBALS['option']; }
function current_user_can() { return $GLOBALS['editor']; }
function add_action() {}
function add_shortcode($name, $callback) { $GLOBALS['shortcode'] = $callback; }
function add_settings_error($page, $code) { $GLOBALS['errors'][] = $code; }
function wp_enqueue_script($name, $src, $needs, $version, $args) { $GLOBALS['scripts'][] = $src . ' ' . $args['strategy']; }
`;

const script = `<?php ${wordpress}
$GLOBALS['option'] = array('key' => 'site_abc', 'host' => 'https://inlay.example');
$GLOBALS['editor'] = false;
require __DIR__ . '/inlay/inlay.php';
$out = array();
$out['plain'] = $GLOBALS['shortcode'](array('widget' => 'booking', 'service' => 'cut'));
$out['hostile'] = $GLOBALS['shortcode'](array('widget' => 'booking', 'service' => '"><script>alert(1)</script>', 'onclick' => 'x()', 'height' => '12"><'));
$out['popup'] = $GLOBALS['shortcode'](array('widget' => 'booking', 'mode' => 'popup', 'label' => "Tom & Ann's"));
$out['unknown'] = $GLOBALS['shortcode'](array('widget' => '<b>'));
$GLOBALS['editor'] = true;
$out['hint'] = $GLOBALS['shortcode'](array('widget' => '<b>'));
$out['scripts'] = $GLOBALS['scripts'];
$out['kept'] = inlay_sanitize_settings(array('key' => ' site_x1 ', 'host' => 'https://book.example:8443/path?q=1'));
$out['refused'] = inlay_sanitize_settings(array('key' => '"><script>', 'host' => 'javascript:alert(1)'));
$out['errors'] = $GLOBALS['errors'];
echo json_encode($out);
`;

const php = spawnSync('php', ['--version']).status === 0;
const skip = php ? false : 'PHP is not on this machine';

describe('the WordPress plugin', () => {
  let zip: Uint8Array;
  let files: Record<string, Uint8Array>;
  let folder: string;
  before(async () => {
    zip = await zipPlugin();
    files = unzipSync(zip);
    folder = mkdtempSync(join(tmpdir(), 'inlay-wordpress-'));
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
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

  it('every file but the list that is asked for ends where WordPress is not running', () => {
    for (const name of Object.keys(files).filter(name => name.endsWith('.php') && !name.endsWith('asset.php')))
      assert.match(
        new TextDecoder().decode(files[name]),
        /defined\( '(?:ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;/,
        name,
      );
  });

  it('its PHP is well formed', { skip }, () => {
    for (const name of Object.keys(files).filter(name => name.endsWith('.php'))) {
      const { status, stdout } = spawnSync('php', ['-l', join(folder, name)], { encoding: 'utf8' });
      assert.equal(status, 0, stdout);
    }
  });

  it('writes the tag with its placeholder, and escapes whatever it is given', { skip }, () => {
    writeFileSync(join(folder, 'run.php'), script);
    const { stdout, stderr } = spawnSync('php', [join(folder, 'run.php')], { encoding: 'utf8' });
    const out = JSON.parse(stdout || `"${stderr}"`);
    const room = (height: number) => `<svg width="1" height="${height}" display="block" aria-hidden="true"></svg>`;
    assert.equal(out.plain, `<inlay-booking service="cut">${room(500)}</inlay-booking>`);
    assert.equal(
      out.hostile,
      `<inlay-booking service="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">${room(12)}</inlay-booking>`,
    );
    assert.equal(out.popup, '<inlay-booking mode="popup" label="Tom &amp; Ann&#039;s"></inlay-booking>');
    assert.equal(out.unknown, '');
    assert.equal(out.hint, '<p>There is no Inlay widget &quot;&lt;b&gt;&quot;.</p>');
    assert.deepEqual([...new Set(out.scripts)], ['https://inlay.example/embed/site_abc.js async']);
    assert.deepEqual(out.kept, { key: 'site_x1', host: 'https://book.example:8443' });
    assert.deepEqual(out.refused, { key: 'site_abc', host: 'https://inlay.example' });
    assert.deepEqual(out.errors, ['key', 'host']);
  });
});
