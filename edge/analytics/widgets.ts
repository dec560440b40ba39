/** The widgets that a site shows, by tag, and which of their events count as what. */
import type { ManifestJson } from '../../schemas/module/index.ts';
import type { SiteOfTenant, TenantSite } from '../tenant/tenant.ts';

export interface KnownWidget {
  readonly module: string;
  readonly label: string;
  readonly steps: readonly string[];
  readonly completes: readonly string[];
}

export type KnownWidgets = ReadonlyMap<string, KnownWidget>;

/** Without the prefix that all of them have. */
const bare = (events: readonly string[] = []): readonly string[] => events.map(event => event.replace('inlay:', ''));

export const knownWidgets = (
  modules: readonly { readonly name: string; readonly manifest: Pick<ManifestJson, 'widgets'> }[],
): KnownWidgets =>
  new Map(
    modules.flatMap(({ name, manifest }) =>
      Object.values(manifest.widgets ?? {})
        .filter(({ surfaces }) => surfaces.includes('site') || surfaces.includes('page'))
        .map(({ tag, label, funnel }) => [
          tag,
          { module: name, label, steps: bare(funnel?.steps), completes: bare(funnel?.completes) },
        ]),
    ),
  );

const known = new WeakMap<TenantSite, KnownWidgets>();

export function widgetsOf({ tenant, site }: SiteOfTenant): KnownWidgets {
  let widgets = known.get(site);
  if (!widgets) {
    widgets = knownWidgets([...site.modules.keys()].map(name => tenant.byName.get(name)!));
    known.set(site, widgets);
  }
  return widgets;
}
