/** Pages that put the snippet in as the builders of websites do: filtered, late, by script, in a frame, under their usual resets. */

/** What a builder does with pasted HTML: it comes in as text, and its scripts are made anew so that they run. */
const insert = `function insert(html, into) {
  var template = document.createElement('template');
  template.innerHTML = html;
  template.content.querySelectorAll('script').forEach(function (old) {
    var script = document.createElement('script');
    for (var attribute of old.attributes) script.setAttribute(attribute.name, attribute.value);
    old.replaceWith(script);
  });
  into.append(template.content);
}`;

const normalize =
  'html{line-height:1.15}*,*::before,*::after{box-sizing:border-box}body,h1,p{margin:0}button,input,select{font:inherit;margin:0}button{appearance:none;background:none;border:0}svg:not(:root){overflow:hidden}img,svg,video{display:block;vertical-align:middle;max-width:100%}a{background:transparent}table{border-collapse:collapse}';

/** JSON that cannot close a script element. */
const json = (text: string) => JSON.stringify(text).replaceAll('<', '\\u003c');

const page = (title: string, css: string, body: string, head = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="/icon.svg"><style>body{font:17px/1.6 Georgia,serif;color:#222;background:#fff}main{max-width:680px;margin:0 auto;padding:24px}${css}</style>${head}</head><body>${body}</body></html>`;

/** HTML by path below `/builders/`, of a snippet as the dashboard gives it: the script's line, then the tag. */
export function builderPages(snippet: string): Readonly<Record<string, string>> {
  const [script = '', tag = ''] = snippet.split('\n');
  return {
    html: page('HTML', '', `<main><h1>Book</h1>${snippet}<p>Below</p></main>`),
    // The editor's filter makes paragraphs of lines and breaks of line ends.
    wordpress: page(
      'WordPress',
      '.entry-content p{margin:0 0 1.75em}.entry-content>*{max-width:650px;margin-inline:auto}',
      `<main class="entry-content"><h1>Book</h1><p>${script}<br />\n${tag}</p>\n<p></p><p>Below</p></main>`,
    ),
    wix: page(
      'Wix',
      normalize,
      '<main><h1>Book</h1><wix-iframe><iframe title="Embedded content" src="/builders/wix-component" style="border:0;width:100%;height:560px"></iframe></wix-iframe><p>Below</p></main>',
    ),
    'wix-component': page('Component', '', snippet),
    // Pages are fetched and put in by a script after the load; what is pasted is the last of its block.
    squarespace: page(
      'Squarespace',
      `${normalize}.sqs-block-content{outline:none}`,
      `<main><h1>Book</h1><p>Above</p><div class="sqs-block code-block"><div class="sqs-block-content"></div></div></main><script>${insert}
addEventListener('load', function () { setTimeout(function () { insert(${json(snippet)}, document.querySelector('.sqs-block-content')); }, 150); });</script>`,
    ),
    webflow: page(
      'Webflow',
      `${normalize}.w-embed::before,.w-embed::after{content:' ';display:table}`,
      `<main><h1>Book</h1><div class="w-embed w-script">${snippet}</div><p>Below</p></main>`,
    ),
    shopify: page(
      'Shopify',
      '.shopify-section{display:grid;grid-template-columns:100%}*{box-sizing:inherit}:empty:not(svg,path,inlay-booking){display:none}',
      `<main><div class="shopify-section"><h1>Book</h1>${tag}</div><p>Below</p></main>`,
      script.replace(' async ', ' defer '),
    ),
    // The container is a script that puts in a script that puts in the tag's HTML.
    gtm: page(
      'Google Tag Manager',
      '',
      `<main><h1>Book</h1>${tag}<p>Below</p></main>`,
      `<script>${insert}
(function (w, d, l) { w[l] = w[l] || []; w[l].push({ event: 'gtm.js' }); addEventListener('DOMContentLoaded', function () { insert(${json(script)}, d.body); }); })(window, document, 'dataLayer');</script>`,
    ),
  };
}
