/** What a visitor looks at before the page with the widget: a page of the same website, with scripts such as websites have, and nothing of ours. */
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { Hono } from 'hono';
import { root } from '../../tools/root.ts';

/** A shelf of products out of Lit, drawn from data that it fetches, with prices, and with a part that comes later. */
const script = `import { css, html, LitElement } from 'lit';
class ProductShelf extends LitElement {
  static properties = { products: { state: true } };
  static styles = css\`
    :host { display: block; font: inherit; }
    li button { all: unset; display: flex; gap: 8px; padding: 12px; border: 1px solid #ccc; border-radius: 8px; }
    @media (prefers-color-scheme: dark) { li button { color: #fff; } }
  \`;
  async connectedCallback() {
    super.connectedCallback();
    this.products = await (await fetch('/before/products.json')).json();
    const { count } = await import('/before/count.js');
    this.dataset.count = count(this.products.length);
  }
  render() {
    if (!this.products) return html\`<p>One moment</p>\`;
    const price = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
    return html\`<ul>\${this.products.map(({ name, cost }) => html\`<li><button><b>\${name}</b><span>\${price.format(cost)}</span></button></li>\`)}</ul>\`;
  }
}
customElements.define('product-shelf', ProductShelf);`;

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Before</title></head>
<body><main><h1>Shelf</h1><product-shelf></product-shelf></main><script type="module" src="/before/shelf.js"></script></body></html>`;

const products = ['Bowl', 'Cup', 'Plate', 'Vase'].map((name, index) => ({ name, cost: 12 + index * 3 }));

/** At `/before/`. */
export function pageBefore(): Hono {
  const { outputFiles } = buildSync({
    stdin: { contents: script, resolveDir: join(root, 'bench') },
    bundle: true,
    minify: true,
    format: 'esm',
    external: ['/before/*'],
    write: false,
  });
  const shelf = outputFiles[0]!.text;
  const javascript = { 'Content-Type': 'text/javascript' };
  return new Hono()
    .get('/before/', c => c.html(page))
    .get('/before/shelf.js', c => c.body(shelf, 200, javascript))
    .get('/before/count.js', c =>
      c.body(`export const count = n => new Intl.PluralRules('en').select(n)`, 200, javascript),
    )
    .get('/before/products.json', c => c.json(products));
}
