/** What the house's own modules owe beside what every published module does. */
import { canonicalJson } from '../edge/versions/canonical.ts';
import type { ManifestJson } from '../schemas/module/index.ts';
import { compareVersions } from '../schemas/semver/index.ts';

export interface Line {
  readonly level: 'error' | 'warning';
  readonly code: string;
  readonly pointer: string;
  readonly message: string;
}

/** A version for each change, and ids before they are published again. */
export function houseRules(before: ManifestJson | undefined, after: ManifestJson): Line[] {
  if (!before || canonicalJson(before) === canonicalJson(after)) return [];
  const lines: Line[] = [];
  if (compareVersions(after.version, before.version) <= 0) {
    const message = `${before.version} is published with other content: raise the version.`;
    lines.push({ level: 'error', code: 'version_not_raised', pointer: '/version', message });
  }
  const fields = Object.entries(after.entities).flatMap(([entity, { id, fields }]) => [
    [`/entities/${entity}`, id] as const,
    ...Object.entries(fields).map(([name, node]) => [`/entities/${entity}/fields/${name}`, node.id] as const),
  ]);
  for (const [pointer, id] of fields) {
    if (!id) lines.push({ level: 'error', code: 'id_missing', pointer, message: 'Run npm run ids.' });
  }
  return lines;
}
