/** The files that show a widget, as the loader will ask for them: what a page may fetch ahead. */
import { publisherOf, type WidgetJson } from '../../schemas/module/index.ts';
import type { WidgetFile } from '../../schemas/protocol/index.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import { house } from '../engine/compile/naming.ts';
import type { Tenants } from '../tenant/tenant.ts';
import { type BuildManifest, type BuildReader, chunksOf } from './build-manifest.ts';

/** Whether the page itself runs a widget, or a frame does: what the kit draws is code of ours, whoever wrote the manifest. */
export const runsInPage = (module: CompiledModule, widget: WidgetJson): boolean =>
  Boolean(widget.kind) || publisherOf(module.manifest) === house;

export const pathOf = (file: string): string => `/${file}`;

/** Of what shows a widget in a frame. */
export const frameFiles = ({ parts }: BuildManifest): readonly string[] => parts['frame']?.files ?? [];

/** Files of the first view of those of a site's widgets that `tags` names, the shared ones once; none of what the site does not show. */
export async function firstFiles(
  { tenants, build }: { readonly tenants: Tenants; readonly build: BuildReader },
  siteKey: string,
  tags: readonly string[],
  framed: boolean,
): Promise<readonly WidgetFile[]> {
  const [found, built] = await Promise.all([tenants.bySiteKey(siteKey), build()]);
  if (!found || !built) return [];
  const { manifest } = built;
  const files = [...found.site.modules.keys()].flatMap(name => {
    const module = found.tenant.byName.get(name)!;
    return Object.values(module.manifest.widgets ?? {})
      .filter(({ tag }) => tags.includes(tag))
      .flatMap(widget => {
        const chunks = chunksOf(manifest, widget);
        if (!chunks) return [];
        return framed || !runsInPage(module, widget) ? frameFiles(manifest) : chunks.files;
      });
  });
  return [...new Set(files)].map(file => ({ path: pathOf(file), integrity: manifest.integrity[file]! }));
}
