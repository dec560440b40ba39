/** A page of our own that shows one widget, for links in mails and for people without a website. */
import { html, raw } from 'hono/html';
import { onDemand, widgetModes } from '../../schemas/protocol/widget-mode.ts';
import type { Tenant, TenantSite } from '../tenant/tenant.ts';

interface SurfacePage {
  readonly html: ReturnType<typeof html>;
  readonly headers: Readonly<Record<string, string>>;
}

const styles = `:root{color-scheme:light dark;--accent:oklch(0.5 0.11 200)}@media(prefers-color-scheme:dark){:root{--accent:oklch(0.78 0.1 200)}}body{margin:0;font:16px/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}main{max-width:42rem;margin:0 auto;padding:clamp(1.25rem,5vw,3rem)}p{margin:0 0 1.5rem;font-size:.9375rem;color:color-mix(in oklab,CanvasText 65%,Canvas)}a{color:var(--accent)}`;

/** The widget to show where nobody has asked for one. */
export function firstPage(tenant: Tenant, site: TenantSite): string | undefined {
  for (const name of site.modules.keys()) {
    for (const [widget, { surfaces }] of Object.entries(tenant.byName.get(name)?.manifest.widgets ?? {}))
      if (surfaces.includes('page') && surfaces.includes('site')) return widget;
  }
  return undefined;
}

/** Undefined for a widget that the site does not have or that shows on no page; `origin` is where the page of a captcha and pictures are, `mode` how it is to show. */
export function surfacePage(
  tenant: Tenant,
  site: TenantSite,
  widgetName: string,
  origin: string,
  locale?: string,
  mode?: string,
): SurfacePage | undefined {
  for (const name of site.modules.keys()) {
    const widget = tenant.byName.get(name)?.manifest.widgets?.[widgetName];
    if (!widget?.surfaces.includes('page')) continue;
    // A tag comes from a checked manifest, but a template would escape the angle brackets around it.
    const { tag, height } = widget;
    const element = widgetModes.some(one => one === mode && onDemand(one))
      ? `<${tag} mode="${mode}"></${tag}>`
      : `<${tag}><svg width="1" height="${height}" display="block" aria-hidden="true"></svg></${tag}>`;
    return {
      html: html`<!doctype html>
<html lang="${locale ?? site.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${tenant.client.name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/p/page.css">
<script async src="/embed/${site.key}.js"></script>
</head>
<body><main><p>${tenant.client.name}</p>${raw(element)}</main></body>
</html>`,
      headers: {
        'Cache-Control': 'no-store',
        'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: ${origin};${site.captcha ? ` frame-src ${origin};` : ''} base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
        'Referrer-Policy': 'no-referrer',
      },
    };
  }
  return undefined;
}

export const surfaceStyles = styles;
