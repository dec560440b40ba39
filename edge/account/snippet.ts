/** GET /api/sites/:id/snippet: what the site's owner pastes into the page. POST /api/sites/:id/pins: the same, with a script that never changes. */
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { Snippet } from '../../schemas/protocol/index.ts';
import type { AppContext, AppEnv } from '../http/env.ts';
import { readValid } from '../http/json-body.ts';
import type { ControlDeps } from './deps.ts';
import { guards } from './guards.ts';
import { moduleNameOf } from './module-settings.ts';
import { findSite } from './scope.ts';
import { modulesOf } from './site-modules.ts';

const nothing = z.strictObject({});
const widgetsOf = z.object({
  widgets: z
    .record(
      z.string(),
      z.object({
        tag: z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/),
        height: z.int().min(0),
        surfaces: z.array(z.string()).default(['site']),
      }),
    )
    .default({}),
});

export function snippetRoutes(deps: ControlDeps): Hono<AppEnv> {
  const { anyone } = guards(deps);

  const snippetOf = async (c: AppContext, scriptTag: (siteKey: string) => string | Promise<string>) => {
    const site = await findSite(deps, c.get('session'), c.req.param('id') ?? '');
    const asked = c.req.query('module');
    if (asked !== undefined && !deps.catalog.get(moduleNameOf(asked))) throw Problem.of('NOT_FOUND');
    const shown = asked === undefined ? await enabledOn(deps, site) : [asked];
    const script = await scriptTag(site.siteKey);
    const tag = shown.flatMap(name => tagsOf(deps, name)).join('\n');
    const html = tag === '' ? script : `${script}\n${tag}`;
    return c.json({ data: { script, tag, html } satisfies Snippet });
  };
  const { publicUrl } = deps.config;

  return new Hono<AppEnv>()
    .get('/api/sites/:id/snippet', anyone, c =>
      snippetOf(c, key => `<script async src="${publicUrl}/embed/${key}.js"></script>`),
    )
    .post('/api/sites/:id/pins', anyone, async c => {
      await readValid(c.req.raw, nothing);
      return snippetOf(c, async key => {
        const { hash, integrity } = await deps.pinScript(key);
        return `<script async src="${publicUrl}/embed/pinned/${hash}.js" integrity="${integrity}" crossorigin></script>`;
      });
    });
}

async function enabledOn(deps: ControlDeps, site: { id: string; clientId: string }): Promise<string[]> {
  return (await modulesOf(deps, site)).filter(({ enabled }) => enabled).map(({ module }) => module);
}

/** The placeholder child keeps the page from shifting, where a strict policy forbids inline styles too. */
function tagsOf({ catalog }: ControlDeps, module: string): string[] {
  const parsed = widgetsOf.safeParse(catalog.get(module)?.manifest);
  const widgets = Object.values(parsed.data?.widgets ?? {}).filter(({ surfaces }) => surfaces.includes('site'));
  return widgets.map(
    ({ tag, height }) => `<${tag}><svg width="1" height="${height}" aria-hidden="true"></svg></${tag}>`,
  );
}
