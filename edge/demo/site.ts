/** The businesses' own websites, at an origin that is not ours: their fonts, their CSS, a strict Content-Security-Policy. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { type BuilderPagesOptions, builderPages } from './builder-pages.ts';

export interface DemoSiteOptions {
  /** Origin of the app that the pages embed. */
  readonly apiOrigin: string;
  /** What each page's site has of ours, exactly as the dashboard gives it, by path (`/`, `/hudson/`). */
  readonly snippets: Readonly<Record<string, { readonly snippet: string; readonly contact: string }>>;
  /** Of the site at `/`, for the pages in the manner of builders. */
  readonly builders?: BuilderPagesOptions['parts'];
}

const page = (name: string) => readFileSync(new URL(`./pages/${name}`, import.meta.url), 'utf8');
const font = (name: string) =>
  new Uint8Array(
    readFileSync(
      fileURLToPath(import.meta.resolve(`@fontsource-variable/${name}/files/${name}-latin-wght-normal.woff2`)),
    ),
  );

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8" fill="#9c3d2e"/></svg>';

/** No `unsafe-*`, and of ours only the origin that serves the script and answers the calls. */
export const demoPolicy = (apiOrigin: string): string =>
  [
    "default-src 'none'",
    `script-src ${apiOrigin}`,
    `connect-src ${apiOrigin}`,
    "style-src 'self'",
    "font-src 'self'",
    // Pictures of products are the app's too.
    `img-src 'self' ${apiOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export function createDemoSite({ apiOrigin, snippets, builders = {} }: DemoSiteOptions): Hono {
  const app = new Hono();
  const pages = { '/': page('salon.html'), '/hudson/': page('dental.html'), '/kiln/': page('kiln.html') };
  for (const [path, text] of Object.entries(pages)) {
    const { snippet = '', contact = '' } = snippets[path] ?? {};
    const body = text.replace('<!--snippet-->', () => snippet).replace('<!--contact-->', () => contact);
    app.get(path, c => c.html(body, 200, { 'Content-Security-Policy': demoPolicy(apiOrigin) }));
  }
  for (const [name, { html, policy }] of Object.entries(builderPages({ api: apiOrigin, parts: builders }))) {
    app.get(`/builders/${name}`, c => c.html(html, 200, policy ? { 'Content-Security-Policy': policy } : {}));
  }
  for (const name of ['salon.css', 'dental.css', 'kiln.css']) {
    const body = page(name);
    app.get(`/${name}`, c => c.body(body, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  }
  for (const name of ['newsreader', 'figtree']) {
    const body = font(name);
    app.get(`/fonts/${name}.woff2`, c =>
      c.body(body, 200, { 'Content-Type': 'font/woff2', 'Cache-Control': 'max-age=86400' }),
    );
  }
  app.get('/icon.svg', c => c.body(icon, 200, { 'Content-Type': 'image/svg+xml' }));
  return app;
}
