/** The page in a sandboxed frame: one script, no origin of its own, and nobody to talk to but the page around it. */
import { html } from 'hono/html';
import type { Tenant, TenantSite } from '../tenant/tenant.ts';
import { type Build, chunksOf } from './build-manifest.ts';

interface FramePage {
  readonly html: ReturnType<typeof html>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Undefined for a tag that the site does not have. `origin` is where this page and its scripts come from. */
export function framePage(
  build: Build,
  { tenant, site }: { readonly tenant: Tenant; readonly site: TenantSite },
  tag: string,
  origin: string,
): FramePage | undefined {
  const shown = [...site.modules.keys()]
    .map(name => tenant.byName.get(name)!)
    .flatMap(module => Object.values(module.manifest.widgets ?? {}).map(widget => ({ module, widget })))
    .find(({ widget }) => widget.tag === tag);
  const widget = shown && chunksOf(build.manifest, shown.widget);
  const guest = build.manifest.parts['guest'];
  if (!shown || !widget || !guest) return undefined;
  const { module } = shown;
  const { integrity } = build.manifest;
  const preloads = [...guest.files.slice(1), ...widget.files].map(
    file => html`<link rel="modulepreload" href="${origin}/${file}" integrity="${integrity[file]!}">`,
  );
  const egress = (module.manifest.egress ?? []).map(host => `https://${host}`).join(' ');
  const policy = [
    'sandbox allow-scripts allow-forms allow-popups',
    "default-src 'none'",
    // The page has no origin, so 'self' would be nobody.
    `script-src ${origin}/embed/c/`,
    // The address of a picture or a font can carry away what is in the page, as a request can.
    `img-src ${origin} ${egress} data: blob:`,
    `font-src ${egress} data:`,
    `connect-src ${egress || "'none'"}`,
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
<title>${tag}</title>
${preloads}
<script type="module" src="${origin}/${guest.files[0]!}" data-tag="${tag}" data-src="${origin}/${widget.files[0]!}"></script>
</head>
<body></body>
</html>`,
    headers: {
      'Cache-Control': 'public, max-age=60',
      'Content-Security-Policy': policy,
      'Referrer-Policy': 'no-referrer',
    },
  };
}
