import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { run } from '../tests/support/typescript-project.ts';
import { type ElementsManifest, elementsOf } from './elements/read-elements.ts';
import { type BuiltPackage, buildPackage } from './embed-package.ts';
import { houseModule, houseModules } from './house-modules.ts';
import { root } from './root.ts';

const consumer = `
import { createElement } from 'react';
import { type InlayFunction, loadInlay, mount, type Result } from '@inlay/embed';
import { InlayBooking, InlayWidget } from '@inlay/embed/react';
import { inlay } from '@inlay/embed/svelte';
import { InlayBooking as VueBooking, InlayChat, InlayShopOrder } from '@inlay/embed/vue';
import { h } from 'vue';
import type { SvelteHTMLElements } from 'svelte/elements';

const loaded: Promise<Result<InlayFunction>> = loadInlay({ siteKey: 'site_a', host: 'https://inlay.example' });
loaded.then(result => (result.ok ? result.value('consent', { storage: true }) : result.error.code));
mount('inlay-booking', { target: '#book', service: 'cut' }).then(one => one.ok && one.unmount());
// @ts-expect-error A tag of the house has the attributes that it has.
mount('inlay-booking', { target: '#book', servce: 'cut' });
mount('inlay-of-somebody', { target: '#book', anything: 'goes' });
document.body.addEventListener('inlay:booking-confirmed', event => event.detail.id.length);
// @ts-expect-error The detail of an event is that event's.
document.body.addEventListener('inlay:booking-cancelled', event => event.detail.start);
export const react = [
  <InlayBooking service="cut" onReady={() => {}} on={{ 'inlay:booking-confirmed': event => event.detail.staff?.name.length }} />,
  <InlayWidget tag="inlay-booking" service="cut" />,
  <InlayWidget tag="inlay-of-somebody" anything="goes" />,
  <inlay-booking service="cut" className="wide" />,
  // @ts-expect-error
  <inlay-booking servce="cut" />,
  // @ts-expect-error
  <InlayBooking servce="cut" />,
  // @ts-expect-error
  <InlayBooking on={{ 'inlay:nothing': () => {} }} />,
  createElement(InlayBooking, { service: 'cut' }),
];
export const vue = [
  h(VueBooking, { service: 'cut', 'onInlay:booking-held': event => event.detail.start.length, 'onInlay:bookingHeld': event => event.detail.end }),
  h(InlayChat, { mode: 'float', 'onInlay:chat-unread': ({ detail }) => detail.count.toFixed() }),
  h(InlayShopOrder, { token: 't' }),
  // @ts-expect-error The detail of an event is that event's.
  h(VueBooking, { 'onInlay:booking-held': event => event.detail.price }),
];
export const wide: import('vue').GlobalComponents['inlay-shop'] extends (props: infer P) => unknown ? P : never = {
  product: 'moss-mug',
  'onInlay:shop-ordered': event => event.detail,
};
export const action = inlay<'inlay-booking'>(document.body, { on: { 'inlay:booking-held': event => event.detail.start } });
export const svelte: SvelteHTMLElements['inlay-booking'] = {
  service: 'cut',
  class: 'wide',
  'oninlay:booking-held': event => event.detail.start.length,
};
// @ts-expect-error
export const late: SvelteHTMLElements['inlay-booking'] = { 'oninlay:booking-held': event => event.detail.price };
// @ts-expect-error
export const wrong: SvelteHTMLElements['inlay-booking'] = { servce: 'cut' };
`;

/** A page without a framework, checked with the libraries' own declarations as well. */
const plain = `
import { loadInlay, mount } from '@inlay/embed';

document.addEventListener('inlay:booking-confirmed', event => event.detail.id.length);
window.addEventListener('inlay:chat-unread', ({ detail }) => detail.count.toFixed());
const tag = document.querySelector('inlay-shop');
tag?.addEventListener('inlay:shop-added', event => event.detail);
document.createElement('inlay-chat').setAttribute('mode', 'float');
mount('inlay-chat', { target: document.body, mode: 'float', theme: 'dark' });
// @ts-expect-error A way to show is one of four.
mount('inlay-chat', { target: document.body, mode: 'sideways' });
// @ts-expect-error
mount('inlay-chat', { target: document.body, theme: 'sepia' });
// @ts-expect-error The detail of an event is that event's.
document.addEventListener('inlay:chat-unread', event => event.detail.id);
window.Inlay?.('prefill', { name: 'Ada' });
loadInlay({ siteKey: 'site_a', host: 'https://inlay.example', nonce: 'n' }).then(result => {
  if (result.ok) result.value('consent', { analytics: true });
  else result.error.code.trim();
});
`;

describe('the npm package', () => {
  let built: BuiltPackage;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'inlay-consumer-'));
    built = await buildPackage(join(folder, 'package'));
    const modules = join(folder, 'node_modules');
    mkdirSync(join(modules, '@inlay'), { recursive: true });
    symlinkSync(built.folder, join(modules, '@inlay/embed'));
    mkdirSync(join(modules, '@types'));
    for (const name of ['react', 'react-dom', 'vue', 'svelte', '@types/react', '@types/trusted-types'])
      symlinkSync(join(root, 'node_modules', name), join(modules, name));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has in its archive what is meant, and nothing else', async () => {
    const { code, output } = await run(built.folder, 'npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
    assert.equal(code, 0, output);
    const [{ files }] = JSON.parse(output.slice(output.indexOf('['))) as [{ files: { path: string }[] }];
    const names = ['index', 'page-types', 'react', 'svelte', 'tag-types', 'tags', 'vue'];
    const scripts = ['index', 'react', 'svelte', 'vue'];
    const meant = [...names.map(name => `${name}.d.ts`), ...scripts.map(name => `${name}.js`)];
    assert.deepEqual(
      files.map(({ path }) => path).sort(),
      ['LICENSE', 'README.md', 'custom-elements.json', 'package.json', ...meant].sort(),
    );
  });

  it('every file that it names is there, and no type leads outside', () => {
    const { exports } = JSON.parse(readFileSync(join(built.folder, 'package.json'), 'utf8')) as {
      exports: Record<string, { types: string; default: string }>;
    };
    assert.deepEqual(Object.keys(exports), ['.', './react', './vue', './svelte']);
    for (const { types, default: script } of Object.values(exports)) {
      assert.ok(existsSync(join(built.folder, script)));
      const text = readFileSync(join(built.folder, types), 'utf8');
      for (const [, name] of text.matchAll(/from '(\.[^']+)'/g)) {
        assert.match(name!, /^\.\/[\w-]+\.js$/);
        assert.ok(existsSync(join(built.folder, name!.replace(/\.js$/, '.d.ts'))), name);
      }
    }
  });

  it('names the custom elements manifest, which has every tag with its parts, properties and events', () => {
    const read = (name: string) => JSON.parse(readFileSync(join(built.folder, name), 'utf8'));
    const { customElements } = read('package.json') as { customElements: string };
    const { schemaVersion, modules } = read(customElements) as ElementsManifest;
    assert.equal(schemaVersion, '1.0.0');
    const tags = elementsOf({ modules });
    const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
    for (const tag of ['inlay-booking', 'inlay-booking-manage', 'inlay-contact']) {
      const { cssParts, cssProperties, attributes, events } = tags.find(({ tagName }) => tagName === tag)!;
      assert.ok(names(cssParts).includes('button') && names(cssProperties).includes('--inlay-z'), tag);
      assert.ok(names(attributes).includes('mode') && names(events).includes('inlay:ready'), tag);
    }
    assert.ok(names(tags.find(({ tagName }) => tagName === 'inlay-contact')!.events).includes('inlay:submitted'));
  });

  it('knows every tag of the house', async () => {
    const text = readFileSync(join(built.folder, 'tags.d.ts'), 'utf8');
    const tags = (await Promise.all(houseModules.map(houseModule))).flatMap(({ widgets }) =>
      Object.values(widgets ?? {}).map(({ tag }) => tag),
    );
    assert.ok(tags.length > 0);
    for (const tag of tags) assert.ok(text.includes(`'${tag}': {`), tag);
    for (const [wrapper, exported] of [
      ['react', 'InlayShopOrder'],
      ['vue', 'InlayChat'],
    ] as const) {
      const types = readFileSync(join(built.folder, `${wrapper}.d.ts`), 'utf8');
      const script = readFileSync(join(built.folder, `${wrapper}.js`), 'utf8');
      for (const tag of tags) assert.ok(types.includes(`'${tag}'`) && script.includes(`"${tag}"`), `${wrapper} ${tag}`);
      assert.match(script, new RegExp(`\\b${exported}\\b`));
    }
    const svelte = readFileSync(join(built.folder, 'svelte.d.ts'), 'utf8');
    for (const tag of tags) assert.ok(svelte.includes(`'${tag}': import('svelte/elements')`), tag);
  });

  for (const [resolution, module] of [
    ['bundler', 'esnext'],
    ['node16', 'node16'],
  ] as const)
    it(`its types hold for a consumer that resolves as ${resolution}`, async () => {
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
      writeFileSync(join(folder, 'consumer.tsx'), consumer);
      const compilerOptions = {
        noEmit: true,
        strict: true,
        exactOptionalPropertyTypes: true,
        target: 'ES2022',
        lib: ['ES2022', 'DOM', 'DOM.Iterable'],
        jsx: 'react-jsx',
        module,
        moduleResolution: resolution,
        skipLibCheck: true,
        types: [],
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.tsx'] }));
      const { code, output } = await run(folder, process.execPath, [join(root, 'node_modules/typescript/bin/tsc')]);
      assert.equal(code, 0, output);
    });

  it('its types hold on a page without a framework, whose compiler looks into declarations too', async () => {
    writeFileSync(join(folder, 'plain.ts'), plain);
    const compilerOptions = {
      noEmit: true,
      strict: true,
      target: 'ES2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      types: [],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['plain.ts'] }));
    const { code, output } = await run(folder, process.execPath, [join(root, 'node_modules/typescript/bin/tsc')]);
    assert.equal(code, 0, output);
  });

  it('can be imported and rendered on a server', async () => {
    const script = `
      import { loadInlay } from '@inlay/embed';
      import { InlayBooking } from '@inlay/embed/react';
      import * as vue from '@inlay/embed/vue';
      import '@inlay/embed/svelte';
      import { createElement } from 'react';
      import { renderToString } from 'react-dom/server';
      import { createSSRApp, h } from 'vue';
      import { renderToString as renderVue } from 'vue/server-renderer';
      const { ok, error } = await loadInlay({ siteKey: 'site_a', host: 'https://inlay.example' });
      console.log(JSON.stringify([
        ok || error.code,
        renderToString(createElement(InlayBooking, { service: 'cut', open: false })),
        await renderVue(createSSRApp({ render: () => h(vue.InlayBooking, { service: 'cut' }) })),
      ]));`;
    writeFileSync(join(folder, 'server.mjs'), script);
    const { output } = await run(folder, process.execPath, [join(folder, 'server.mjs')]);
    const element =
      '<inlay-booking service="cut"><svg width="1" height="500" display="block" aria-hidden="true"></svg>';
    const [code, react, vue] = JSON.parse(output) as string[];
    assert.equal(code, 'NO_DOCUMENT');
    assert.equal(react, `${element}</inlay-booking>`);
    assert.ok(vue!.startsWith(element), vue);
  });

  it('is within its budgets', () => {
    assert.deepEqual(Object.keys(built.sizes), ['index', 'react', 'vue', 'svelte']);
    for (const [name, bytes] of Object.entries(built.sizes)) {
      assert.ok(bytes > 0 && bytes <= (name === 'index' ? 1024 : 614), `${name}.js: ${bytes} bytes`);
    }
  });
});
