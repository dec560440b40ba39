/** What leads from one version's tables to another's, made when a version is published, and what two versions may not disagree on. */
import { type ManifestJson, moduleName } from '../../schemas/module/index.ts';
import { codecOf } from '../engine/compile/codec.ts';
import type { CompiledEntity, CompiledField } from '../engine/compile/entity.ts';
import { addedFields } from '../engine/compile/extension.ts';
import { compileModule } from '../engine/compile/module.ts';
import { expandSteps } from '../engine/store/expand.ts';
import { shapeOf } from '../engine/store/shape.ts';

export interface VersionSteps {
  /** The version these lead from; null for the first one. */
  readonly from: string | null;
  readonly expand: readonly string[];
  /** As `2.0.0#0`: rows filled in after the pointer has moved. */
  readonly backfill: readonly string[];
  /** `entity` or `entity.field`: dropped after a snapshot, once nothing older is in use. */
  readonly contract: readonly string[];
}

export function versionSteps(before: ManifestJson | undefined, after: ManifestJson): VersionSteps {
  const shape = shapeOf(before ? compileModule(before, undefined).entities.values() : []);
  const own = (after.migrations ?? []).filter(({ to }) => to === after.version);
  return {
    from: before?.version ?? null,
    expand: expandSteps([...compileModule(after, undefined).entities.values()], shape),
    backfill: own.flatMap(({ to, backfill = [] }) => backfill.map((_, index) => `${to}#${index}`)),
    contract: own.flatMap(({ contract = [] }) =>
      contract.map(({ entity, field }) => (field === undefined ? entity : `${entity}.${field}`)),
    ),
  };
}

/** Versions share their tables, so a column keeps its type and its reference for ever; empty where they do. */
export function disagreements(before: ManifestJson, after: ManifestJson): string[] {
  const [old, fresh] = [before, after].map(manifest => compileModule(manifest, undefined));
  const tables = new Map([...fresh!.entities.values()].map(entity => [entity.table, entity]));
  const own = [...old!.entities.values()].flatMap(entity => {
    const next = tables.get(entity.table);
    return next ? [...columnChanges(entity, next, before.version), ...checkChanges(entity, next, before.version)] : [];
  });
  return [...own, ...addedChanges(before, after)];
}

/** The same of columns in other modules' tables. */
function addedChanges(before: ManifestJson, after: ManifestJson): string[] {
  const fresh = addedFields(after);
  return [...addedFields(before)].flatMap(([target, fields]) =>
    fields.flatMap(field => {
      const other = fresh.get(target)?.find(({ column }) => column === field.column);
      const [was, is] = [field, other].map(known => known && stored({ json: known.json, codec: codecOf(known.json) }));
      return !other || was === is
        ? []
        : [`${target}: ${other.name} is stored as ${is}, in ${before.version} as ${was}.`];
    }),
  );
}

function columnChanges(entity: CompiledEntity, next: CompiledEntity, version: string): string[] {
  const columns = new Map(next.fields.map(field => [field.columns[0], field]));
  return entity.fields.flatMap(field => {
    const other = columns.get(field.columns[0]!);
    if (!other || stored(field) === stored(other)) return [];
    return [
      `${next.name}.${other.name} is stored as ${stored(other)}, in ${version} as ${stored(field)}: add a field with another name and a backfill that copies it.`,
    ];
  });
}

/** What the column of a field can never change. */
function stored({ json, codec }: Pick<CompiledField, 'json' | 'codec'>): string {
  const types = codec.columns.map(({ suffix, type }) => type + suffix).join('+');
  if (json.kind === 'decimal') return `${types} of scale ${json.scale}`;
  return json.kind === 'ref' ? `${types} to ${json.to} (${json.onDelete})` : types;
}

function checkChanges(entity: CompiledEntity, next: CompiledEntity, version: string): string[] {
  const checks = new Map((entity.json.constraints ?? []).map(constraint => [constraint.name, constraint.check]));
  return (next.json.constraints ?? []).flatMap(({ name, check }) => {
    const before = checks.get(name);
    const same = !before || JSON.stringify(before) === JSON.stringify(check);
    return same ? [] : [`${next.name}: the check "${name}" differs from that of ${version}: give it a new name.`];
  });
}

/** A cycle that a new version would close over the newest versions of the others, as `a > b > a`; else undefined. */
export function cycleThrough(
  manifest: ManifestJson,
  requiredBy: (module: string) => readonly string[],
): string | undefined {
  const start = moduleName(manifest);
  const seen = new Set<string>();
  const walk = (module: string, path: readonly string[]): string | undefined => {
    if (module === start) return [...path, start].join(' > ');
    if (seen.has(module)) return undefined;
    seen.add(module);
    for (const next of requiredBy(module)) {
      const found = walk(next, [...path, module]);
      if (found) return found;
    }
    return undefined;
  };
  for (const required of Object.keys(manifest.requires ?? {})) {
    const found = walk(required, [start]);
    if (found) return found;
  }
  return undefined;
}
