/** GET /docs: a page that shows the API as a credential meets it, with lines to try it. GET /docs/elements: the kit's elements, alive. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { Problem } from '../../schemas/errors/index.ts';
import type { Assets } from '../../schemas/ports/index.ts';
import type { AppEnv } from '../http/env.ts';
import { elementsScript } from './elements-script.ts';
import { elementsStyles } from './elements-styles.ts';
import { pageScript } from './page-script.ts';
import { pageStyles } from './page-styles.ts';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Inlay API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/page.css">
<script defer src="/docs/page.js"></script>
</head>
<body>
<div class="frame">
<nav aria-label="Modules"><strong>Inlay API</strong> <span class="quiet" id="count"></span><ul id="modules"></ul></nav>
<main>
<h1>What your key can do</h1>
<p class="quiet">The page asks the API as you and shows exactly the modules, records and actions that you may use. A key stays in this tab and is gone when you close it.</p>
<form id="key-form">
<label>API key <input id="key" type="password" autocomplete="off" spellcheck="false" required placeholder="inlay_sk_…"></label>
<button class="main">Show</button>
<button id="desk" type="button">Use my dashboard sign-in</button>
</form>
<form id="client-form" hidden>
<label>Client <select id="client"></select></label>
<button class="main">Show</button>
</form>
<p id="problem" role="alert"></p>
<div id="content"></div>
</main>
</div>
</body>
</html>`;

const kept = { 'Cache-Control': 'public, max-age=300' };

/** `/docs/elements` is a page that the build has drawn; without it, it is not found. */
export function docsRoutes(assets: Assets): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/docs', c => {
      c.header('Content-Security-Policy', policy);
      c.header('X-Frame-Options', 'DENY');
      return c.html(page, 200, { 'Cache-Control': 'no-cache' });
    })
    .get('/docs/elements', async c => {
      const built = await assets.text('docs/elements.json');
      if (!built) throw Problem.of('NOT_FOUND');
      c.header('Content-Security-Policy', policy.replace("connect-src 'self'", "connect-src 'none'"));
      return c.html((JSON.parse(built) as { page: string }).page, 200, { 'Cache-Control': 'no-cache' });
    })
    .get('/docs/custom-elements.json', async c => {
      const built = await assets.text('docs/custom-elements.json');
      if (!built) throw Problem.of('NOT_FOUND');
      // Editors read it from where they are, and there is nothing in it that is not public.
      const open = { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/json; charset=utf-8' };
      return c.body(built, 200, { ...kept, ...open });
    })
    .get('/docs/elements-examples.js', async c => {
      const built = await assets.text('docs/elements-examples.js');
      if (!built) throw Problem.of('NOT_FOUND');
      return c.body(built, 200, { ...kept, 'Content-Type': 'text/javascript; charset=utf-8' });
    })
    .get('/docs/elements.js', c =>
      c.body(elementsScript, 200, { ...kept, 'Content-Type': 'text/javascript; charset=utf-8' }),
    )
    .get('/docs/elements.css', c => c.body(elementsStyles, 200, { ...kept, 'Content-Type': 'text/css; charset=utf-8' }))
    .get('/docs/page.js', c => c.body(pageScript, 200, { ...kept, 'Content-Type': 'text/javascript; charset=utf-8' }))
    .get('/docs/page.css', c => c.body(pageStyles, 200, { ...kept, 'Content-Type': 'text/css; charset=utf-8' }));
}
