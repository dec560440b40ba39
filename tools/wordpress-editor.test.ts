import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { compileFunction } from 'node:vm';
import { unzipSync } from 'fflate';
import { createElement, type FunctionComponent, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { startWordPress, type WordPressSite } from '../tests/support/wordpress-site.ts';
import { zipPlugin } from './wordpress.ts';

interface BlockProps {
  readonly attributes: object;
  setAttributes(change: object): void;
}

interface Control {
  readonly label: string;
  readonly value: string | number;
  readonly help?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  onChange(value: string): void;
}

const Inside = ({ children }: { readonly children?: ReactNode }) => createElement('div', null, children);
const Link = ({ href, children }: { readonly href: string; readonly children: ReactNode }) =>
  createElement('a', { href }, children);
const Placeholder = ({ label, instructions, children }: Readonly<Record<string, ReactNode>>) =>
  createElement('section', null, label, ': ', instructions, children);

/** The block as its editor shows it: the plugin's script with React, and with controls that tell what they were given. */
function editorOf(code: string, data: string) {
  let edit: FunctionComponent<BlockProps> | undefined;
  let controls: Control[] = [];
  const control = (props: Control) => {
    controls.push(props);
    return null;
  };
  const wp = {
    element: { createElement },
    i18n: { __: (text: string) => text },
    blockEditor: { InspectorControls: Inside, useBlockProps: () => ({ className: 'block' }) },
    components: {
      ExternalLink: Link,
      PanelBody: Inside,
      Placeholder,
      SelectControl: control,
      TextControl: control,
    },
    blocks: { registerBlockType: (_name: string, block: { edit: typeof edit }) => (edit = block.edit) },
  };
  const window = { wp };
  compileFunction(`${data}\n${code}`, ['window'])(window);
  return (attributes: object) => {
    controls = [];
    let changed: object = {};
    const setAttributes = (change: object) => {
      changed = { ...attributes, ...change };
    };
    const html = renderToStaticMarkup(createElement(edit!, { attributes, setAttributes }));
    const named = (label: string) => controls.find(one => one.label === label);
    return {
      html,
      labels: controls.map(({ label }) => label),
      named,
      change(label: string, value: string): object {
        named(label)!.onChange(value);
        return changed;
      },
    };
  };
}

describe('the block in the editor of WordPress', () => {
  let site: WordPressSite;
  let code: string;
  before(async () => {
    site = await startWordPress();
    code = new TextDecoder().decode(unzipSync(await zipPlugin())['inlay/block/editor.js']);
  });
  after(() => site?.stop());
  const open = async (saved: string) => {
    const inline = await site.request<Record<string, string>>(
      `${saved} do_action( 'enqueue_block_editor_assets' ); return $wp['inline'];`,
    );
    return editorOf(code, inline['inlay-widget-editor-script']!);
  };
  const set = `$wp['options']['inlay'] = array( 'key' => 'site_abc', 'host' => 'https://inlay.example' );`;

  it('offers every widget, each in its usual way and with what it can be asked', async () => {
    const edit = await open(set);
    const booking = edit({});
    assert.deepEqual(
      booking.named('Widget')!.options!.map(({ value }) => value),
      ['booking', 'chat', 'contact', 'shop'],
    );
    assert.equal(booking.named('How it shows')!.value, 'inline');
    assert.deepEqual(booking.labels, ['Widget', 'How it shows', 'Service', 'Staff', 'Height kept free']);
    assert.match(booking.html, /Booking: Visitors see the widget here\./);
    const chat = edit({ widget: 'chat' });
    assert.equal(chat.named('How it shows')!.value, 'float');
    assert.deepEqual(chat.labels, ['Widget', 'How it shows', 'Words of the button']);
    assert.match(chat.html, /Chat: Visitors see a button in the corner/);
    assert.deepEqual(edit({ widget: 'shop' }).labels.slice(2), ['Product', 'Category', 'Height kept free']);
  });

  it('keeps what is chosen, and goes back to the usual way with another widget', async () => {
    const edit = await open(set);
    assert.deepEqual(edit({ widget: 'chat' }).change('How it shows', 'inline'), { widget: 'chat', mode: 'inline' });
    assert.equal(edit({ widget: 'chat', mode: 'inline' }).named('How it shows')!.value, 'inline');
    assert.deepEqual(edit({ mode: 'popup' }).change('Widget', 'chat'), { widget: 'chat', mode: '' });
    assert.deepEqual(edit({}).change('Service', 'cut'), { service: 'cut' });
    assert.deepEqual(edit({}).change('Height kept free', 'x'), { height: 0 });
  });

  it('leads to the settings while they are missing, and no longer', async () => {
    const missing = (await open(''))({});
    assert.match(missing.html, /address and the site key first\.<a href="[^"]+options-general\.php\?page=inlay">/);
    assert.doesNotMatch((await open(set))({}).html, /<a /);
  });
});
