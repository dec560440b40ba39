/** What a page asks for first: the loader with its site's manifest, and the session of its widgets. */
import { type Handler, Hono } from 'hono';
import { Problem } from '../../schemas/errors/index.ts';
import type { EmbedModuleData, EmbedSession } from '../../schemas/protocol/index.ts';
import type { Auth } from '../auth/auth.ts';
import { EMBED_SECONDS } from '../auth/tokens.ts';
import { localeFor } from '../data/text-locale.ts';
import type { HostIndex } from '../domains/host-index.ts';
import { normalHost } from '../domains/host-name.ts';
import { originOf } from '../domains/verify-host.ts';
import type { Call } from '../engine/call.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { ClientIp } from '../http/client-ip.ts';
import type { AppContext, AppEnv } from '../http/env.ts';
import { rateLimit } from '../http/rate-limit.ts';
import type { Tenants } from '../tenant/tenant.ts';
import { genericWidgets, moduleViews } from '../widgets/views.ts';
import { kitWords } from '../widgets/words.ts';
import type { BuildReader } from './build-manifest.ts';
import { captchaPage } from './captcha-page.ts';
import { firstTexts } from './first-texts.ts';
import { framePage } from './frame-page.ts';
import { canonicalLocale, chooseLocale } from './locale.ts';
import type { OriginNotes } from './origin-notes.ts';
import type { Pins } from './pins.ts';
import { prefetch, prefetchAction, visitorOf } from './prefetch.ts';
import type { SiteScript, SiteScripts } from './site-script.ts';
import { firstPage, surfacePage } from './surface-page.ts';

export interface EmbedDeps {
  readonly runtime: Runtime;
  readonly tenants: Tenants;
  readonly auth: Auth;
  readonly clientIp: ClientIp;
  readonly build: BuildReader;
  readonly scripts: SiteScripts;
  readonly pins: Pins;
  readonly hosts: HostIndex;
  readonly refused: OriginNotes;
  readonly seen: OriginNotes;
}

const maxModules = 20;

export function embedRoutes(deps: EmbedDeps): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const sendScript = (c: AppContext, { bytes, etag }: SiteScript): Response => {
    const headers = {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=60, stale-while-revalidate=86400',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      ETag: etag,
    };
    const unchanged = c.req.raw.headers.get('if-none-match') === etag;
    return unchanged ? c.env.head.reply(null, 304, headers) : c.env.head.reply(bytes, 200, headers);
  };
  // Not `async`: a script that is at hand is a reply at once.
  const script: Handler<AppEnv, '/embed/:file'> = c => {
    const made = deps.scripts(c.req.param('file').slice(0, -3));
    return made instanceof Promise ? made.then(kept => sendScript(c, kept)) : sendScript(c, made);
  };
  routes.get('/embed/:file{site_[a-z0-9]+\\.js}', script);
  routes.get('/embed/pinned/:file{[0-9a-f]{64}\\.js}', async c => {
    const text = await deps.pins.script(c.req.param('file').slice(0, -3));
    if (!text) throw Problem.of('NOT_FOUND');
    return c.body(text, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
      // A browser checks the integrity of a foreign script only when it may read it.
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
  });

  const limited = rateLimit({
    limiter: deps.runtime.ports.limiter,
    name: 'embed-session',
    limit: 300,
    windowSeconds: 60,
    key: c => deps.clientIp(c),
  });
  routes.get('/embed/:siteKey/session', limited, async c => {
    const session = await openSession(deps, c);
    return c.json(session, 200, { 'Cache-Control': 'no-store' });
  });

  routes.get('/embed/:siteKey/frame/:tag', async c => {
    const found = await deps.tenants.bySiteKey(c.req.param('siteKey'));
    const build = await deps.build();
    const page = found && build && framePage(build, found, c.req.param('tag'), deps.runtime.config.publicUrl);
    if (!page) throw Problem.of('NOT_FOUND');
    return c.html(page.html, 200, page.headers);
  });

  routes.get('/embed/:siteKey/captcha', async c => {
    const found = await deps.tenants.bySiteKey(c.req.param('siteKey'));
    const build = await deps.build();
    const page = found && build && captchaPage(build, found.site, deps.runtime.config.publicUrl);
    if (!page) throw Problem.of('NOT_FOUND');
    return c.html(page.html, 200, page.headers);
  });

  // A client's own name has its first page at the top.
  routes.get('/', async (c, next) => {
    const host = normalHost(new URL(c.req.url).hostname);
    const key = host && (await deps.hosts.siteKeyOf(host));
    const found = key ? await deps.tenants.bySiteKey(key) : undefined;
    if (!found) return next();
    const widget = firstPage(found.tenant, found.site);
    if (!widget) throw Problem.of('NOT_FOUND');
    return c.redirect(`/p/${key}/${widget}`);
  });

  routes.get('/p/:siteKey/:widget', async c => {
    const found = await deps.tenants.bySiteKey(c.req.param('siteKey'));
    const { publicUrl } = deps.runtime.config;
    const locale = canonicalLocale(c.req.query('locale'));
    const mode = c.req.query('mode');
    const page = found && surfacePage(found.tenant, found.site, c.req.param('widget'), publicUrl, locale, mode);
    if (!page) throw Problem.of('NOT_FOUND');
    return c.html(page.html, 200, page.headers);
  });
  return routes;
}

/** Where a page of ours is that asks for itself: under the installation's name, or a client's own, which the door has let in. */
function ownOrigin(url: string, publicUrl: string): string {
  const { hostname } = new URL(url);
  return normalHost(hostname) && hostname !== new URL(publicUrl).hostname ? originOf(hostname) : publicUrl;
}

/** Throws NOT_FOUND for an unknown key, ORIGIN_NOT_ALLOWED for a page that is not the site's. */
async function openSession(deps: EmbedDeps, c: AppContext): Promise<EmbedSession> {
  const found = await deps.tenants.bySiteKey(c.req.param('siteKey') ?? '');
  if (!found) throw Problem.of('NOT_FOUND');
  const { tenant, site } = found;
  // Our own page sends no Origin with a same-origin GET, and no other page can claim same-origin.
  const own = c.req.header('sec-fetch-site') === 'same-origin';
  const origin = c.req.header('origin') ?? (own ? ownOrigin(c.req.url, deps.runtime.config.publicUrl) : undefined);
  if (!origin || (origin !== deps.runtime.config.publicUrl && !site.origins.includes(origin))) {
    if (origin) deps.refused.note(site.id, origin);
    throw Problem.of('ORIGIN_NOT_ALLOWED', {
      detail: `Add ${origin && origin !== 'null' ? origin : "the page's origin"} to the allowed origins of this site.`,
    });
  }
  deps.seen.note(site.id, origin);
  const names = [...new Set((c.req.query('m') ?? '').split(',').filter(Boolean))].slice(0, maxModules);
  const { token } = await deps.auth.tokens.issueEmbed({
    siteId: site.id,
    clientId: tenant.client.id,
    agencyId: tenant.agencyId,
    origin,
  });
  const actor = visitorOf({ tenant, site }, origin);
  const call: Call = {
    actor,
    tenant,
    site,
    requestId: c.env.head.requestId,
    callerHash: deps.runtime.secrets.callerHash(deps.clientIp(c)),
    idempotencyKey: undefined,
    fingerprint: '',
  };
  const available = Object.fromEntries(
    names.flatMap(name => {
      const module = site.modules.has(name) ? tenant.byName.get(name) : undefined;
      const strings = module?.code?.strings ?? (module && genericWidgets(module).length > 0 ? kitWords : undefined);
      return strings ? [[name, strings] as const] : [];
    }),
  );
  const wanted = [c.req.query('locale'), site.locale];
  const locale = chooseLocale(
    wanted,
    Object.values(available).map(strings => Object.keys(strings)),
  );
  const modules = await Promise.all(
    names
      .filter(name => site.modules.has(name))
      .map(async name => {
        const strings: Readonly<Record<string, string>> = available[name]?.[locale.strings] ?? {};
        const module = tenant.byName.get(name)!;
        const spoken = { ...call, locale: localeFor(locale.tag, call) };
        const [data, drawn] = await Promise.all([
          prefetch(deps.runtime, spoken, module),
          moduleViews(deps.runtime, spoken, module, locale.tag, strings),
        ]);
        const action = prefetchAction(module);
        const texts = action && firstTexts(module.manifest.actions![action]!.output ?? {}, data, locale.tag);
        const words = { ...drawn?.strings, ...strings, ...texts };
        return [name, { strings: words, data, ...(drawn && { views: drawn.views }) }] as [string, EmbedModuleData];
      }),
  );
  return { token, expiresIn: EMBED_SECONDS, locale: locale.tag, modules: Object.fromEntries(modules) };
}
