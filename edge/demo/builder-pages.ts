/** Pages that put the snippet in as the builders of websites do: filtered, late, by script, in a frame, under their usual resets and policies. */
import type { SnippetPart, SnippetPlace } from '../../schemas/protocol/index.ts';
import type { SiteBuilder } from '../../schemas/protocol/site-builders.ts';

/** Builders that take HTML; the others take a plugin's settings or a component. */
export const htmlBuilders = [
  'html',
  'wix',
  'squarespace',
  'webflow',
  'shopify',
  'gtm',
] as const satisfies readonly SiteBuilder[];
export type HtmlBuilder = (typeof htmlBuilders)[number];

export interface BuilderPage {
  readonly html: string;
  /** Content-Security-Policy of such a page. */
  readonly policy?: string;
}

export interface BuilderPagesOptions {
  /** Origin of the API. */
  readonly api: string;
  /** What the dashboard gives for each builder. */
  readonly parts: Readonly<Partial<Record<HtmlBuilder, readonly SnippetPart[]>>>;
  /** Where Wix keeps what is pasted; without it, at the page's own origin. */
  readonly componentOrigin?: string;
}

/** What a builder does with pasted HTML: it comes in as text, and its scripts are made anew so that they run. */
const insert = `function insert(html, into, nonce) {
  var template = document.createElement('template');
  template.innerHTML = html;
  template.content.querySelectorAll('script').forEach(function (old) {
    var script = document.createElement('script');
    for (var attribute of old.attributes) script.setAttribute(attribute.name, attribute.value);
    script.text = old.text;
    if (nonce) script.nonce = nonce;
    old.replaceWith(script);
  });
  into.append(template.content);
}`;

const normalize =
  'html{line-height:1.15}*,*::before,*::after{box-sizing:border-box}body,h1,p{margin:0}button,input,select{font:inherit;margin:0}button{appearance:none;background:none;border:0}svg:not(:root){overflow:hidden}img,svg,video{display:block;vertical-align:middle;max-width:100%}a{background:transparent}table{border-collapse:collapse}';

/** Of the tag manager's page; a real one has another at every visit. */
const nonce = 'Z3RtLW5vbmNl';

/** JSON that cannot close a script element. */
const json = (text: string) => JSON.stringify(text).replaceAll('<', '\\u003c');

export const builderPage = (title: string, css: string, body: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="/icon.svg"><style>body{font:17px/1.6 Georgia,serif;color:#222;background:#fff}main{max-width:680px;margin:0 auto;padding:24px}${css}</style>${head}</head><body>${body}</body></html>`;

/** Code of the parts that belong to a place. */
export const codeOf = (parts: readonly SnippetPart[], place: SnippetPlace): string =>
  parts
    .filter(part => part.place === place)
    .map(({ code }) => code)
    .join('\n');

/** Pages by path below `/builders/`, of the builders that there are parts for. */
export function builderPages({
  api,
  parts,
  componentOrigin = '',
}: BuilderPagesOptions): Readonly<Record<string, BuilderPage>> {
  const pages: Record<HtmlBuilder, (given: readonly SnippetPart[]) => Readonly<Record<string, BuilderPage>>> = {
    // With the policy that docs/embed.md asks for.
    html: given => ({
      html: {
        html: builderPage(
          'HTML',
          '',
          `<main><h1>Book</h1>${codeOf(given, 'page')}<p>Below</p></main>`,
          codeOf(given, 'head'),
        ),
        policy: `default-src 'none'; script-src ${api}; connect-src ${api}; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'`,
      },
    }),
    wix: given => ({
      wix: {
        html: builderPage(
          'Wix',
          normalize,
          `<main><h1>Book</h1><wix-iframe><iframe title="Embedded Content" name="htmlComp-iframe" sandbox="allow-same-origin allow-forms allow-popups allow-scripts allow-pointer-lock allow-modals" src="${componentOrigin}/builders/wix-component" style="border:0;width:100%;height:560px"></iframe></wix-iframe><p>Below</p></main>`,
        ),
      },
      'wix-component': { html: builderPage('Component', '', codeOf(given, 'page')) },
    }),
    // Pages are fetched and put in by a script after the load; what is pasted is the last of its block.
    squarespace: given => ({
      squarespace: {
        html: builderPage(
          'Squarespace',
          `${normalize}.sqs-block-content{outline:none}`,
          `<main><h1>Book</h1><p>Above</p><div class="sqs-block code-block"><div class="sqs-block-content"></div></div></main><script>${insert}
addEventListener('load', function () { setTimeout(function () { insert(${json(codeOf(given, 'page'))}, document.querySelector('.sqs-block-content')); }, 150); });</script>`,
          codeOf(given, 'head'),
        ),
      },
    }),
    webflow: given => ({
      webflow: {
        html: builderPage(
          'Webflow',
          `${normalize}.w-embed::before,.w-embed::after{content:' ';display:table}`,
          `<main><h1>Book</h1><div class="w-embed w-script">${codeOf(given, 'page')}</div><p>Below</p></main>`,
          codeOf(given, 'head'),
        ),
        policy: "frame-ancestors 'self' https://*.webflow.com",
      },
    }),
    shopify: given => ({
      shopify: {
        html: builderPage(
          'Shopify',
          '.shopify-section{display:grid;grid-template-columns:100%}*{box-sizing:inherit}:empty:not(svg,path,inlay-booking){display:none}',
          `<main><h1>Book</h1><div class="shopify-section">${codeOf(given, 'page')}</div><p>Below</p></main>`,
          codeOf(given, 'head'),
        ),
        policy: "block-all-mixed-content; frame-ancestors 'none'; upgrade-insecure-requests",
      },
    }),
    // The container is a script that puts in the HTML of its tags, which carry the page's nonce.
    gtm: given => ({
      gtm: {
        html: builderPage(
          'Google Tag Manager',
          '',
          `<main><h1>Book</h1>${codeOf(given, 'page')}<p>Below</p></main>`,
          `<script nonce="${nonce}">${insert}
(function (w, d, l) { w[l] = w[l] || []; w[l].push({ event: 'gtm.js' }); addEventListener('DOMContentLoaded', function () { insert(${json(codeOf(given, 'tag'))}, d.body, '${nonce}'); }); })(window, document, 'dataLayer');</script>`,
        ),
        policy: `script-src 'nonce-${nonce}' ${api}; object-src 'none'; base-uri 'none'; connect-src ${api}`,
      },
    }),
  };
  return Object.assign({}, ...htmlBuilders.map(name => parts[name] && pages[name](parts[name])));
}
