/**
 * Our page with the script of the service that a site's visitors prove themselves to: shown in a frame, so that no page of a customer
 * runs that script. It has this origin, since the service wants one, and may do nothing with it.
 */
import { html } from 'hono/html';
import { TURNSTILE_ORIGIN } from '../adapters/turnstile.ts';
import type { TenantSite } from '../tenant/tenant.ts';
import type { Build } from './build-manifest.ts';

/** Undefined for a site that asks for work. */
export function captchaPage(build: Build, site: TenantSite, origin: string) {
  const [script, ...imports] = build.manifest.parts['captcha']?.files ?? [];
  if (!site.captcha || !script) return undefined;
  const { integrity } = build.manifest;
  const policy = [
    // No popup, no navigation of the page around; what it opens inherits all of this.
    'sandbox allow-scripts allow-same-origin allow-forms',
    "default-src 'none'",
    `script-src ${origin}/embed/c/ ${TURNSTILE_ORIGIN}`,
    `frame-src ${TURNSTILE_ORIGIN}`,
    // The service sizes its frame by style attributes.
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${[origin, ...site.origins].join(' ')}`,
  ].join('; ');
  return {
    html: html`<!doctype html>
<html lang="${site.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Turnstile</title>
<style>body{margin:0;background:transparent}</style>
${imports.map(file => html`<link rel="modulepreload" href="${origin}/${file}" integrity="${integrity[file]!}">`)}
<script type="module" src="${origin}/${script}" integrity="${integrity[script]!}" data-key="${site.captcha.serviceKey}"></script>
</head>
<body></body>
</html>`,
    headers: {
      'Cache-Control': 'public, max-age=60',
      'Content-Security-Policy': policy,
      'Referrer-Policy': 'strict-origin',
      'X-Robots-Tag': 'noindex',
    },
  };
}
