/** What the browser build left for the edge: the loader's text and where each widget's files are. */
import type { WidgetJson } from '../../schemas/module/index.ts';
import type { Assets } from '../../schemas/ports/index.ts';

/** `dist/public/embed/manifest.json`; paths are relative to the public folder. */
export interface BuildManifest {
  readonly loader: string;
  readonly widgets: Readonly<Record<string, BuiltChunks>>;
  /** What the loader asks for on some pages only, by name. */
  readonly parts: Readonly<Record<string, BuiltChunks>>;
  /** Subresource integrity by path. */
  readonly integrity: Readonly<Record<string, string>>;
}

/** An entry, and every chunk that it imports. */
export interface BuiltChunks {
  readonly files: readonly string[];
}

/** The chunks of a widget: those of its own element, or of the kit's for its kind. */
export const chunksOf = ({ widgets, parts }: BuildManifest, { tag, kind }: WidgetJson): BuiltChunks | undefined =>
  kind === undefined ? widgets[tag] : parts[`generic-${kind}`];

export interface Build {
  readonly manifest: BuildManifest;
  /** Has `MANIFEST_SLOT` once. */
  readonly loader: string;
}

/** The string literal in the loader that the site's manifest takes the place of. */
export const MANIFEST_SLOT = '"__INLAY_MANIFEST__"';

export type BuildReader = () => Build | undefined | Promise<Build | undefined>;

/** Read once a build, or on each call where files are being rebuilt. */
export function createBuildReader(assets: Assets, cache: boolean): BuildReader {
  let kept: Build | undefined;
  const read = async () => {
    const text = await assets.text('embed/manifest.json');
    const manifest = text ? (JSON.parse(text) as BuildManifest) : undefined;
    const loader = manifest && (await assets.text(manifest.loader));
    if (!manifest || !loader) return undefined;
    const build = { manifest, loader };
    if (cache) kept = build;
    return build;
  };
  return () => kept ?? read();
}
