import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { phpVersions, startWordPress, type WordPressSite } from '../tests/support/wordpress-site.ts';

const room = (height: number) => `<svg width="1" height="${height}" display="block" aria-hidden="true"></svg>`;
const hostile = `"><script>alert('1')</script>&quot; onload=x`;
const harmless = '&quot;&gt;&lt;script&gt;alert(&#039;1&#039;)&lt;/script&gt;&quot; onload=x';
/** A site whose settings have been made. */
const set = `$wp['options']['inlay'] = array( 'key' => 'site_abc', 'host' => 'https://inlay.example' );`;

for (const version of phpVersions)
  describe(`the WordPress plugin on PHP ${version}`, () => {
    let site: WordPressSite;
    before(async () => {
      site = await startWordPress(version);
    });
    after(() => site?.stop());

    it('runs on the PHP that this says', async () => {
      assert.match(await site.request('return phpversion();'), new RegExp(`^${version.replace('.', '\\.')}\\.`));
    });

    it('a shortcode is the tag with its placeholder, and asks for the script once', async () => {
      const page = await site.request<{ content: string; scripts: string }>(
        `${set} return array( 'content' => do_shortcode( $given ), 'scripts' => print_scripts() );`,
        `[inlay widget="booking" service="cut"]|[inlay]|[inlay widget="booking" mode="popup" label="Tom & Ann's" height="90"]|[inlay service='x' height="640"]`,
      );
      assert.deepEqual(page.content.split('|'), [
        `<inlay-booking service="cut">${room(500)}</inlay-booking>`,
        `<inlay-booking>${room(500)}</inlay-booking>`,
        '<inlay-booking mode="popup" label="Tom &amp; Ann&#039;s"><button type="button">Tom &amp; Ann&#039;s</button></inlay-booking>',
        `<inlay-booking service="x">${room(640)}</inlay-booking>`,
      ]);
      assert.equal(
        page.scripts,
        '<script src="https://inlay.example/embed/site_abc.js" id="inlay-js" async data-wp-strategy="async"></script>',
      );
    });

    it('a page without a widget asks for nothing', async () => {
      assert.equal(await site.request(`${set} do_shortcode( '<p>Hello</p>' ); return print_scripts();`), '');
    });

    it('whatever a value is, it stays a value', async () => {
      const { value, name, height, more } = await site.request<Record<string, string>>(
        `${set} $tag = $wp['shortcodes']['inlay']; return array(
          'value' => $tag( array( 'service' => $given ) ),
          'name' => $tag( array( 'widget' => $given ) ),
          'height' => $tag( array( 'height' => '12' . $given ) ),
          'more' => $tag( array( 'onclick' => 'x()', 'style' => $given, 'service' => array( $given ) ) ) );`,
        hostile,
      );
      assert.equal(value, `<inlay-booking service="${harmless}">${room(500)}</inlay-booking>`);
      assert.equal(name, '');
      assert.equal(height, `<inlay-booking>${room(12)}</inlay-booking>`);
      assert.equal(more, `<inlay-booking>${room(500)}</inlay-booking>`);
    });

    it('what is missing is told to those who can mend it, and to nobody else', async () => {
      const told = (statements: string) =>
        site.request<string[]>(
          `${statements} $seen = array(); foreach ( array( array(), array( 'edit_posts' ) ) as $can ) { $wp['can'] = $can; $seen[] = $wp['shortcodes']['inlay']( $given ); } $seen[] = print_scripts(); return $seen;`,
          { widget: hostile },
        );
      assert.deepEqual(await told(set), ['', `<p>There is no Inlay widget &quot;${harmless}&quot;.</p>`, '']);
      const unset = await told(`$given = array();`);
      assert.deepEqual(unset, ['', '<p>Inlay needs its address and the site key: see Settings, Inlay.</p>', '']);
    });

    it('a block is the same tag, by its own attributes', async () => {
      const block = (given: object) =>
        site.request<string>(`${set} return render_block( 'inlay/widget', $given );`, given);
      const around = (tag: string) => `<div class="wp-block-inlay-widget">${tag}</div>`;
      assert.equal(await block({}), around(`<inlay-booking>${room(500)}</inlay-booking>`));
      assert.equal(
        await block({ widget: 'booking', service: hostile, mode: 'frame', height: 300 }),
        around(`<inlay-booking service="${harmless}" mode="frame">${room(300)}</inlay-booking>`),
      );
      assert.equal(
        await block({ mode: 'float', label: 'Book', height: '1"><b>', onclick: 'x()' }),
        around('<inlay-booking mode="float" label="Book"></inlay-booking>'),
      );
      assert.equal(await block({ widget: 'none' }), '');
    });

    it('a widget shows as it usually does, unless its owner says another way', async () => {
      const content = await site.request<string>(
        `${set} return do_shortcode( $given );`,
        `[inlay widget="chat"]|[inlay widget="chat" mode="inline"]|[inlay widget="chat" mode="popup" label="Ask"]|[inlay widget="shop" product="moss-mug"]`,
      );
      assert.deepEqual(content.split('|'), [
        '<inlay-chat mode="float"></inlay-chat>',
        `<inlay-chat>${room(560)}</inlay-chat>`,
        '<inlay-chat mode="popup" label="Ask"><button type="button">Ask</button></inlay-chat>',
        `<inlay-shop product="moss-mug">${room(780)}</inlay-shop>`,
      ]);
      const block = (given: object) =>
        site.request<string>(`${set} return render_block( 'inlay/widget', $given );`, given);
      const around = (tag: string) => `<div class="wp-block-inlay-widget">${tag}</div>`;
      assert.equal(await block({ widget: 'chat' }), around('<inlay-chat mode="float"></inlay-chat>'));
      assert.equal(await block({ widget: 'chat', mode: 'inline' }), around(`<inlay-chat>${room(560)}</inlay-chat>`));
      assert.equal(
        await block({ widget: 'shop', category: 'vases' }),
        around(`<inlay-shop category="vases">${room(780)}</inlay-shop>`),
      );
    });

    it('its words are looked up in its own languages', async () => {
      const { domains, settings, editor } = await site.request<Record<'domains' | 'settings' | 'editor', unknown>>(
        `$wp['translations'] = array( 'Site key' => 'Klíč webu', 'Open' => 'Otevřít' ); do_action( 'enqueue_block_editor_assets' ); return array( 'domains' => $wp['domains'], 'settings' => __( 'Site key', 'inlay' ), 'editor' => $wp['inline'] );`,
      );
      const languages = '/wordpress/wp-content/plugins/inlay/languages';
      assert.deepEqual(domains, { inlay: languages, 'inlay-widget-editor-script': languages });
      assert.equal(settings, 'Klíč webu');
      assert.ok(editor);
    });

    it('the list of plugins has the way to the settings first', async () => {
      const links = await site.request<string[]>(
        `return apply_filters( 'plugin_action_links_inlay/inlay.php', array( 'Deactivate' ) );`,
      );
      const href = 'https://wordpress.example/wp-admin/options-general.php?page=inlay';
      assert.deepEqual(links, [`<a href="${href}">Settings</a>`, 'Deactivate']);
    });

    it('the settings keep what is right, and say which is not', async () => {
      const save = (given: unknown) =>
        site.request<{ kept: object; errors: string[] }>(
          `${set} save_option( 'inlay', $given ); return array( 'kept' => get_option( 'inlay' ), 'errors' => $wp['errors'] );`,
          given,
        );
      const before = { key: 'site_abc', host: 'https://inlay.example' };
      assert.deepEqual(await save({ key: ' site_x1 ', host: 'https://book.example:8443/path?q=1#"><b>' }), {
        kept: { key: 'site_x1', host: 'https://book.example:8443' },
        errors: [],
      });
      assert.deepEqual(await save({ key: '', host: '' }), { kept: { key: '', host: '' }, errors: [] });
      for (const bad of [hostile, 'javascript:alert(1)', '//inlay.example', 'site_"onload', ['site_x']])
        assert.deepEqual(
          await save({ key: bad, host: bad }),
          Array.isArray(bad) ? { kept: { key: '', host: '' }, errors: [] } : { kept: before, errors: ['key', 'host'] },
          `${bad}`,
        );
    });

    it('the screen of the settings is for those who may manage options, and shows what is saved as text', async () => {
      const show = (can: string) =>
        site.request<string>(
          `$wp['options']['inlay'] = array( 'key' => $given[0], 'host' => 'https://inlay.example' ); $wp['can'] = array( $given[1] ); ob_start(); $wp['pages']['inlay']['show'](); return ob_get_clean();`,
          [hostile, can],
        );
      assert.equal(await show('edit_posts'), '');
      const page = await show('manage_options');
      assert.ok(page.includes(`name="inlay[key]" value="${harmless}"`), page);
      assert.ok(page.includes('name="inlay[host]" value="https://inlay.example"'));
      assert.ok(!page.includes('<script'));
      assert.equal(await site.request(`return $wp['pages']['inlay']['can'];`), 'manage_options');
    });

    it('no file does anything where WordPress is not running', async () => {
      assert.ok(site.files.length > 4);
      for (const file of site.files) assert.equal(await site.alone(file), '', file);
    });

    it('its option goes with it', async () => {
      const left = await site.request(
        `${set} define( 'WP_UNINSTALL_PLUGIN', 'inlay' ); require '/wordpress/wp-content/plugins/inlay/uninstall.php'; return (object) $wp['options'];`,
      );
      assert.deepEqual(left, {});
      const network = await site.request(
        `$wp['network'] = array( 1 => array( 'inlay' => 1, 'other' => 2 ), 7 => array( 'inlay' => 3, 'other' => 4 ) ); define( 'WP_UNINSTALL_PLUGIN', 'inlay' ); require '/wordpress/wp-content/plugins/inlay/uninstall.php'; return $wp['network'];`,
      );
      assert.deepEqual(network, { 1: { other: 2 }, 7: { other: 4 } });
    });
  });
