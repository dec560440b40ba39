/** A snippet as each builder of websites takes it. */
import type { SiteBuilder, SnippetPart, WidgetFile, WidgetMode } from '../../schemas/protocol/index.ts';
import { onDemand } from '../../schemas/protocol/widget-mode.ts';

export interface SnippetSource {
  readonly siteKey: string;
  /** Origin that the page asks: the installation's, or the site's own name. */
  readonly host: string;
  /** URL of the script, and what it must be where it is pinned. */
  readonly src: string;
  readonly integrity: string | undefined;
  readonly widgets: readonly SnippetWidget[];
  /** What is to be fetched ahead; undefined for nothing. */
  readonly ahead: Ahead | undefined;
}

export interface Ahead {
  /** URL of the session that the page will ask for as soon as it has the script. */
  readonly session: string | undefined;
  /** Files that it will ask for then. */
  readonly files: readonly WidgetFile[];
}

export interface SnippetWidget {
  readonly tag: string;
  readonly mode: WidgetMode;
  /** Where nobody chooses. */
  readonly usual: WidgetMode;
  /** Words of its button, until the widget has its own. */
  readonly trigger: string;
  /** Pixels. */
  readonly height: number;
  /** Attributes by name, the mode among them. */
  readonly attributes: Readonly<Record<string, string>>;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const attributesOf = (attributes: Readonly<Record<string, string>>) =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');

/** JSON that cannot close a script element. */
const json = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

/** The script element; `when` is `async`, or `defer` where a theme wants its scripts in order. */
export const scriptElement = ({ src, integrity }: SnippetSource, when: 'async' | 'defer' = 'async'): string =>
  `<script ${when} src="${src}"${integrity ? ` integrity="${integrity}" crossorigin` : ''}></script>`;

/** What a tag shows before anything of ours has come: the room of an inline widget, the trigger of a popup. A floating one has its place. */
const childOf = ({ mode, height, trigger }: SnippetWidget): string => {
  if (mode === 'popup') return `<button type="button">${escaped(trigger)}</button>`;
  return onDemand(mode) ? '' : `<svg width="1" height="${height}" display="block" aria-hidden="true"></svg>`;
};

/**
 * The child keeps the page from shifting, where a strict policy forbids inline styles too. Tags side by side would stand on one line
 * until the loader has come, so each has a block of its own.
 */
export const tagElements = ({ widgets }: Pick<SnippetSource, 'widgets'>): string =>
  widgets
    .map(widget => {
      const { tag, mode, attributes } = widget;
      const element = `<${tag}${attributesOf(attributes)}>${childOf(widget)}</${tag}>`;
      return !onDemand(mode) && widgets[1] ? `<div>${element}</div>` : element;
    })
    .join('\n');

export const pasted = (source: SnippetSource, when?: 'defer'): string =>
  [scriptElement(source, when), tagElements(source)].filter(Boolean).join('\n');

/**
 * Fetches ahead what the page will ask for, in the same way, or the browser fetches it twice: with the same credentials mode, and the
 * widget's files as modules.
 */
const head = ({ host, src, integrity, ahead }: SnippetSource): SnippetPart[] => {
  if (!ahead) return [];
  const links = [
    `as="script" href="${src}"${integrity ? ` integrity="${integrity}" crossorigin` : ''}`,
    ...(ahead.session ? [`as="fetch" crossorigin href="${escaped(ahead.session)}"`] : []),
  ].map(link => `<link rel="preload" ${link}>`);
  const modules = ahead.files.map(
    file => `<link rel="modulepreload" href="${host}${file.path}" integrity="${file.integrity}" crossorigin>`,
  );
  return [{ place: 'head', code: [...links, ...modules].join('\n') }];
};

const html = (source: SnippetSource): SnippetPart[] => [...head(source), { place: 'page', code: pasted(source) }];

/** Only what the plugin cannot know: it has the script and the placeholders itself. */
const wordpress = (source: SnippetSource): SnippetPart[] => [
  { place: 'address', code: source.host },
  { place: 'key', code: source.siteKey },
  ...source.widgets.map(({ tag, mode, usual, height, attributes }): SnippetPart => {
    const options = {
      widget: tag.replace(/^inlay-/, ''),
      // Where a shortcode says no way, the plugin takes the usual one.
      ...(mode === usual ? {} : { mode }),
      ...attributes,
      ...(onDemand(mode) ? {} : { height }),
    };
    // A shortcode's values have no escapes, so what would end them is left out.
    const values = Object.entries(options).map(([name, value]) => ` ${name}="${`${value}`.replace(/["[\]<>]/g, '')}"`);
    return { place: 'shortcode', code: `[inlay${values.join('')}]` };
  }),
];

const componentOf = (tag: string) => tag.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const loading = ({ siteKey, host, integrity }: SnippetSource) =>
  `loadInlay({ siteKey: ${json(siteKey)}, host: ${json(host)}${integrity ? `, integrity: ${json(integrity)}` : ''} });`;

const install: SnippetPart = { place: 'install', code: 'npm install @inlay/embed' };

const framework = (source: SnippetSource, name: 'react' | 'vue'): SnippetPart[] => {
  const names = source.widgets.map(({ tag }) => componentOf(tag)).join(', ');
  const imports = `import { loadInlay } from '@inlay/embed';\nimport { ${names} } from '@inlay/embed/${name}';`;
  const elements = source.widgets.map(({ tag, mode, height, attributes }) => {
    const given = Object.entries(attributes).map(([key, value]) =>
      name === 'react' ? ` ${key}={${json(value)}}` : ` ${key}="${escaped(value)}"`,
    );
    const room = name === 'react' ? `height={${height}}` : `:height="${height}"`;
    return `<${componentOf(tag)}${given.join('')}${onDemand(mode) ? '' : ` ${room}`} />`;
  });
  const code =
    name === 'react'
      ? // Where a server renders, only such a file runs in the browser too.
        `'use client';\n\n${imports}\n\n${loading(source)}\n\nexport const Widget = () => <>${elements.join('')}</>;`
      : `<script setup>\n${imports}\n\n${loading(source)}\n</script>\n\n<template>${elements.join('')}</template>`;
  return [install, { place: 'component', code }];
};

const svelte = (source: SnippetSource): SnippetPart[] => [
  install,
  {
    place: 'component',
    code: `<script>\nimport { loadInlay } from '@inlay/embed';\n\n${loading(source)}\n</script>\n\n${tagElements(source)}`,
  },
];

/** A tag manager takes scripts alone: one that adds the script, and for a button in the page the tag as well. */
const gtm = (source: SnippetSource): SnippetPart[] => {
  const { src, integrity } = source;
  const added = source.widgets.filter(({ mode }) => onDemand(mode));
  const placed = source.widgets.filter(({ mode }) => !onDemand(mode));
  const pin = integrity ? `s.integrity=${json(integrity)};s.crossOrigin='';` : '';
  const elements = added.map(({ tag, attributes }) => {
    const set = Object.entries(attributes).map(([name, value]) => `e.setAttribute(${json(name)},${json(value)});`);
    return `e=d.createElement(${json(tag)});${set.join('')}d.body.appendChild(e);`;
  });
  const code = `<script>(function(d){var s=d.createElement('script'),e;s.async=true;${pin}s.src=${json(src)};d.head.appendChild(s);${elements.join('')}})(document)</script>`;
  return [
    { place: 'tag', code },
    ...(placed[0] ? [{ place: 'page' as const, code: tagElements({ widgets: placed }) }] : []),
  ];
};

/** The parts for each builder, in the order in which its owner needs them. */
export const snippetForms: Readonly<Record<SiteBuilder, (source: SnippetSource) => SnippetPart[]>> = {
  html,
  wordpress,
  // Its element is a page of its own in a frame.
  wix: source => [{ place: 'page', code: pasted(source) }],
  squarespace: html,
  webflow: html,
  shopify: source => [...head(source), { place: 'page', code: pasted(source, 'defer') }],
  react: source => framework(source, 'react'),
  vue: source => framework(source, 'vue'),
  svelte,
  gtm,
};
