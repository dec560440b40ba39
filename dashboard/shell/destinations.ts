/** Places that navigation and palette offer. */
import { entityPlural, type ManifestJson, moduleName, shownEntities } from '../api/manifest-reader.ts';

export interface Destination {
  readonly label: string;
  readonly path: string;
  readonly icon: string;
  /** Also the current one while a page below it is open. */
  readonly deep?: boolean;
}

/** Screens of a module, then its entities. */
export const moduleDestinations = (clientId: string, manifest: ManifestJson): Destination[] => {
  const base = `/clients/${clientId}/m/${moduleName(manifest)}`;
  const screens = Object.entries(manifest.screens ?? {}).map(([name, screen]) => ({
    label: screen.label,
    path: `${base}/s/${name}`,
    icon: manifest.icon,
  }));
  const entities = shownEntities(manifest).map(([name, entity]) => ({
    label: entityPlural(entity),
    path: `${base}/${name}`,
    icon: 'list',
    deep: true,
  }));
  return [...screens, ...entities];
};
