/**
 * GET /api/sites/:id/snippet: what the site's owner pastes into the page, for the builder that it is made with.
 * POST /api/sites/:id/pins: the same, with a script that never changes.
 */
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import { fieldProblems } from '../../schemas/errors/validate.ts';
import type { Snippet } from '../../schemas/protocol/index.ts';
import { siteBuilders } from '../../schemas/protocol/site-builders.ts';
import { onDemand, type WidgetMode, widgetModes } from '../../schemas/protocol/widget-mode.ts';
import type { AppContext, AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { moduleNameOf } from './module-settings.ts';
import { findSite } from './scope.ts';
import { modulesOf } from './site-modules.ts';
import { pasted, type SnippetSource, scriptElement, snippetForms, tagElements } from './snippet-forms.ts';
import { snippetHosts } from './snippet-hosts.ts';

const nothing = z.strictObject({});
const widgetsOf = z.object({
  widgets: z
    .record(
      z.string(),
      z.object({
        tag: z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/),
        label: z.string(),
        height: z.int().min(0),
        mode: z.enum(widgetModes).optional(),
        heights: z.record(z.string(), z.int().min(0)).default({}),
        surfaces: z.array(z.string()).default(['site']),
        props: z.record(z.string(), z.unknown()).default({}),
        chooses: z.record(z.string(), z.string()).default({}),
      }),
    )
    .default({}),
});
const queried = z.object({
  for: z.enum(siteBuilders).default('html'),
  mode: z.enum(widgetModes).optional(),
  fast: z.literal('1').optional(),
  widget: z.string().optional(),
  host: z.string().optional(),
});
/** Attributes that every widget has. */
const shared = ['label', 'locale', 'theme'];
/** Characters of an attribute. */
const maxText = 200;

/** Path of a site's script, and what it must be where it is pinned. */
type ScriptOf = (siteKey: string) => Promise<{ readonly path: string; readonly integrity: string | undefined }>;

export function snippetRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { anyone } = guards(deps);

  const snippetOf = async (c: AppContext, scriptOf: ScriptOf) => {
    const site = await findSite(deps, c.get('session'), c.req.param('id') ?? '');
    const query = c.req.query();
    const asked = query['module'];
    if (asked !== undefined && !deps.catalog.get(moduleNameOf(asked))) throw Problem.of('NOT_FOUND');
    const parsed = queried.safeParse(query);
    if (!parsed.success) throw Problem.of('VALIDATION_FAILED', { errors: fieldProblems(parsed.error) });
    const { for: builder, mode, fast, widget, host } = parsed.data;
    const { names, origin } = await snippetHosts(deps, site.id, host);
    const shown = asked === undefined ? await enabledOn(deps, site) : [asked];
    const given = { ...(fast ? { locale: site.locale } : {}), ...query };
    const spoken = given.locale ?? site.locale;
    const named = await Promise.all(
      shown.map(async module =>
        widgetsOn(deps, site.siteKey, module, given, mode, await deps.launcherWords(module, spoken)),
      ),
    );
    const widgets = named.flat().filter(({ tag }) => !widget || tag === widget);
    if (widget && !widgets[0]) throw Problem.of('NOT_FOUND');
    const locale = encodeURIComponent(spoken);
    const { path, integrity } = await scriptOf(site.siteKey);
    // What opens on demand is asked for when somebody is about to use it.
    const placed = widgets.filter(widget => !onDemand(widget.mode));
    const filesOf = (framed: boolean) => {
      const tags = placed.filter(widget => (widget.mode === 'frame') === framed).map(({ tag }) => tag);
      return tags[0] ? deps.firstFiles(site.siteKey, tags, framed) : [];
    };
    const source: SnippetSource = {
      src: origin + path,
      integrity,
      siteKey: site.siteKey,
      host: origin,
      widgets,
      ahead: fast && {
        session: placed[0]
          ? `${origin}/embed/${site.siteKey}/session?m=${[...new Set(placed.map(({ module }) => module))]}&locale=${locale}`
          : undefined,
        files: [...(await filesOf(false)), ...(await filesOf(true))],
      },
    };
    const data: Snippet = {
      script: scriptElement(source),
      tag: tagElements(source),
      html: pasted(source),
      parts: snippetForms[builder](source),
      hosts: names,
    };
    return c.json({ data });
  };

  return new Hono<AppEnv>()
    .get('/api/sites/:id/snippet', anyone, c =>
      snippetOf(c, async key => ({ path: `/embed/${key}.js`, integrity: undefined })),
    )
    .post('/api/sites/:id/pins', anyone, async c => {
      await readValid(c.req.raw, nothing);
      return snippetOf(c, async key => {
        const { hash, integrity } = await deps.pinScript(key);
        return { path: `/embed/pinned/${hash}.js`, integrity };
      });
    });
}

async function enabledOn(deps: ControlDeps, site: { id: string; clientId: string }): Promise<string[]> {
  return (await modulesOf(deps, site)).filter(({ enabled }) => enabled).map(({ module }) => module);
}

/** Widgets for websites, each with the attributes of `given` that it has, and as high as these make it, or what the site has to show. */
async function widgetsOn(
  { catalog, prefetchOf }: ControlDeps,
  siteKey: string,
  module: string,
  given: Readonly<Record<string, string>>,
  asked: WidgetMode | undefined,
  launcher: string | undefined,
) {
  const parsed = widgetsOf.safeParse(catalog.get(module)?.manifest);
  const widgets = Object.values(parsed.data?.widgets ?? {}).filter(({ surfaces }) => surfaces.includes('site'));
  const choosing = widgets.some(({ chooses }) => Object.keys(chooses).length > 0);
  const first = choosing ? await prefetchOf(siteKey, module) : null;
  return widgets.map(({ tag, label, mode: usual, height, heights, props, chooses }) => {
    const mode = asked ?? usual ?? 'inline';
    const named = [...Object.keys(props), ...shared].filter(name => given[name]);
    const attributes: Record<string, string> = {
      ...(mode === 'inline' ? {} : { mode }),
      ...Object.fromEntries(named.map(name => [name, given[name]!.slice(0, maxText)])),
    };
    // A module's own words follow the visitor's language; a label would stay in one.
    if (!launcher && label && onDemand(mode)) attributes['label'] ??= label;
    const trigger = attributes['label'] ?? launcher ?? '';
    const alone = Object.keys(chooses).filter(name => hasOne(first, chooses[name]!));
    const needed = [...named, ...alone].map(name => heights[name] ?? 0);
    return { module, tag, mode, usual: usual ?? 'inline', trigger, attributes, height: Math.max(height, ...needed) };
  });
}

const hasOne = (data: unknown, list: string): boolean => {
  const entries = (data as Readonly<Record<string, unknown>> | null)?.[list];
  return Array.isArray(entries) && entries.length === 1;
};
