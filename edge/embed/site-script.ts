/** The script of a site: the built loader with what that site shows baked in. */
import { createHash } from 'node:crypto';
import { Problem } from '../../schemas/errors/index.ts';
import { elementEvents } from '../../schemas/module/index.ts';
import type { BeaconSettings, EmbedManifest } from '../../schemas/protocol/index.ts';
import { widgetsOf } from '../analytics/widgets.ts';
import type { SiteOfTenant, Tenant, TenantSite, Tenants } from '../tenant/tenant.ts';
import { type Build, type BuildReader, chunksOf, MANIFEST_SLOT } from './build-manifest.ts';
import { fallbackWords } from './fallback-words.ts';
import { frameFiles, pathOf, runsInPage } from './first-files.ts';

export interface SiteScript {
  /** UTF-8: a text would be encoded anew for every reply. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

interface Kept extends SiteScript {
  /** What it was made from; another tenant object means that something changed. */
  readonly tenant: Tenant | undefined;
  readonly build: Build;
}

/** Scripts kept, one for each site and state of it. */
const capacity = 5_000;

export interface SiteScriptDeps {
  readonly tenants: Tenants;
  readonly build: BuildReader;
  /** Origin of the API, for pages that run the script's text by another way than its URL. */
  readonly publicUrl: string;
}

/** The script of a site key. An unknown key has one too: it tells a visitor that something is wrong. */
export type SiteScripts = (siteKey: string) => SiteScript | Promise<SiteScript>;

export function createSiteScripts(deps: SiteScriptDeps): SiteScripts {
  const scripts = new Map<string, Kept>();
  const scriptFrom = (siteKey: string, found: SiteOfTenant | undefined, build: Build | undefined): SiteScript => {
    if (!build) throw Problem.of('UNAVAILABLE', { detail: 'The browser files have not been built.' });
    const id = found ? siteKey : '';
    const kept = scripts.get(id);
    if (kept && kept.tenant === found?.tenant && kept.build === build) return kept;
    const manifest = found
      ? embedManifest(deps.publicUrl, build, found.tenant, found.site)
      : { ...emptyManifest(deps.publicUrl, 'en'), missing: { code: 'UNKNOWN_SITE', detail: unknownSite } };
    const json = safeJson(manifest);
    const baked = found ? forOrigins(json, [deps.publicUrl, ...found.site.origins]) : json;
    const bytes = new Uint8Array(new TextEncoder().encode(build.loader.replace(MANIFEST_SLOT, () => baked)));
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    const script = { tenant: found?.tenant, build, bytes, etag };
    scripts.delete(id);
    scripts.set(id, script);
    if (scripts.size > capacity) scripts.delete(scripts.keys().next().value!);
    return script;
  };
  return siteKey => {
    const found = deps.tenants.bySiteKey(siteKey);
    const build = deps.build();
    if (!(found instanceof Promise) && !(build instanceof Promise)) return scriptFrom(siteKey, found, build);
    return Promise.all([found, build]).then(([site, files]) => scriptFrom(siteKey, site, files));
  };
}

const unknownSite = 'There is no site with this key. Copy the snippet from the dashboard again.';

/**
 * The manifest as an expression that tells a page it is not on the list: the browser hides the refusal itself from such a page.
 * The list is there as hashes, since what else a site has, such as its drafts, is nobody's business.
 */
const forOrigins = (json: string, origins: readonly string[]): string =>
  `((m,o)=>(${JSON.stringify(origins.map(hashOf).sort((a, b) => a - b))}.includes([...o].reduce((h,c)=>Math.imul(h,31)+c.charCodeAt()|0,7))||(m.failure[1]={code:"ORIGIN_NOT_ALLOWED",detail:o+" is not among the addresses that this site may run on. Add it in the dashboard."}),m))(${json},location.origin)`;

const hashOf = (origin: string): number =>
  [...origin].reduce((hash, character) => (Math.imul(hash, 31) + character.charCodeAt(0)) | 0, 7);

const emptyManifest = (api: string, locale: string): EmbedManifest => ({
  key: '',
  api,
  locale,
  theme: {},
  words: fallbackWords(locale),
  integrity: {},
  files: [],
  failure: [
    { code: 'OFFLINE', detail: 'The browser is offline.' },
    { code: 'UNREACHABLE', detail: `${api} gave no answer, or none that can be used.` },
    { code: 'TIMEOUT', detail: `Not all that the widget needs has come from ${api} within four seconds.` },
  ],
  missing: { code: 'NOT_ENABLED', detail: 'The module of this tag is not switched on for this site.' },
  widgets: {},
});

function embedManifest(api: string, build: Build, tenant: Tenant, site: TenantSite): EmbedManifest {
  const { manifest } = build;
  const frame = frameFiles(manifest).map(pathOf);
  const widgets: Record<string, EmbedManifest['widgets'][string]> = {};
  for (const name of site.modules.keys()) {
    const module = tenant.byName.get(name)!;
    for (const widget of Object.values(module.manifest.widgets ?? {})) {
      const built = chunksOf(manifest, widget);
      if (!built) continue;
      const files = runsInPage(module, widget) ? built.files.map(pathOf) : frame;
      widgets[widget.tag] = { m: name, v: module.major, files, events: elementEvents(widget), height: widget.height };
    }
  }
  const beacon = beaconFiles(build, { tenant, site });
  const named = [...frame, ...beacon, ...Object.values(widgets).flatMap(({ files }) => files)];
  const integrity = Object.fromEntries(
    named.map(file => [file, manifest.integrity[file.slice(1).replace(/#.*/, '')]!]),
  );
  const counting = beacon.length > 0 ? { beacon } : {};
  return {
    ...emptyManifest(api, site.locale),
    key: site.key,
    theme: site.theme,
    integrity,
    files: frame,
    ...counting,
    widgets,
  };
}

/** What counts visits, where the site wants it; its settings travel in the fragment, so that one cached file serves all sites. */
function beaconFiles({ manifest }: Build, found: SiteOfTenant): string[] {
  const { site } = found;
  const [entry, ...imports] = manifest.parts['beacon']?.files ?? [];
  if (!entry || site.analytics === 'off') return [];
  const settings: BeaconSettings = {
    key: site.key,
    consent: site.analytics === 'consent',
    widgets: Object.fromEntries(
      [...widgetsOf(found)].map(([tag, { steps, completes }]) => {
        const kinds = [steps.map(event => [event, 'step']), completes.map(event => [event, 'complete'])];
        return [tag, Object.fromEntries(kinds.flat())];
      }),
    ),
  };
  return [`/${entry}#${encodeURIComponent(JSON.stringify(settings))}`, ...imports.map(file => `/${file}`)];
}

/** JSON that is also a JavaScript expression and cannot close a script element. */
const safeJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
