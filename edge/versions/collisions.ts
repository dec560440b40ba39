/** What cannot stand side by side for one client: tables, tags, pages, fields that extensions add, and names of GraphQL. */
import { type ManifestJson, moduleName } from '../../schemas/module/index.ts';
import { codecOf } from '../engine/compile/codec.ts';
import { addedColumns, addedFields } from '../engine/compile/extension.ts';
import { columnName, tableName } from '../engine/compile/naming.ts';
import { graphClashes } from '../graphql/clashes.ts';

interface Claim {
  /** What is claimed, in words. */
  readonly what: string;
  readonly module: string;
}

/** Why these manifests cannot be installed together, as sentences; empty where they can. */
export function collisions(manifests: readonly ManifestJson[]): string[] {
  const claims = manifests.flatMap(manifest =>
    claimsOf(manifest).map(what => ({ what, module: moduleName(manifest) })),
  );
  const clashes = twice([...claims, ...columnClaims(manifests)]);
  return [
    ...clashes,
    ...graphClashes(manifests),
    ...manifests.flatMap(manifest => missingTargets(manifest, manifests)),
  ];
}

/** A module may use its own tag in a widget and in a screen; two modules may not share one. */
function twice(claims: readonly Claim[]): string[] {
  const owners = new Map<string, string>();
  return claims.flatMap(({ what, module }) => {
    const other = owners.get(what);
    owners.set(what, module);
    return other === undefined || other === module ? [] : [`${other} and ${module} both have ${what}.`];
  });
}

function claimsOf(manifest: ManifestJson): string[] {
  const widgets = Object.entries(manifest.widgets ?? {});
  return [
    ...Object.entries(manifest.entities).map(
      ([name, { table }]) => `the table ${table ?? tableName(manifest.id, name)}`,
    ),
    ...widgets.map(([, { tag }]) => `the tag <${tag}>`),
    ...Object.values(manifest.screens ?? {}).map(({ tag }) => `the tag <${tag}>`),
    ...widgets.map(([name]) => `the page /p/SITE/${name}`),
    `the routes /api/m/${moduleName(manifest)}`,
  ];
}

/** Members and columns of the entities that some module extends. */
function columnClaims(manifests: readonly ManifestJson[]): Claim[] {
  const extended = new Set(manifests.flatMap(manifest => Object.keys(manifest.extends ?? {})));
  return manifests.flatMap(manifest => {
    const module = moduleName(manifest);
    const own = Object.entries(manifest.entities).flatMap(([entity, { fields }]) => {
      const target = `${module}.${entity}`;
      if (!extended.has(target)) return [];
      return Object.entries(fields).flatMap(([name, node]) => {
        const base = node.column ?? columnName(name);
        return codecOf(node).columns.map(({ suffix }) => `the column ${base + suffix} of ${target}`);
      });
    });
    const added = [...addedFields(manifest)].flatMap(([target, fields]) =>
      fields.flatMap(field => [
        `the field ${field.name} of ${target}`,
        ...addedColumns(field).map(column => `the column ${column} of ${target}`),
      ]),
    );
    return [...own, ...added].map(what => ({ what, module }));
  });
}

function missingTargets(manifest: ManifestJson, manifests: readonly ManifestJson[]): string[] {
  return Object.keys(manifest.extends ?? {}).flatMap(target => {
    const [module, entity] = target.split('.') as [string, string];
    const owner = manifests.find(other => moduleName(other) === module);
    if (!owner || Object.hasOwn(owner.entities, entity)) return [];
    const needs = `${moduleName(manifest)} ${manifest.version} adds fields to ${target}`;
    return [`${needs}, which ${module} ${owner.version} does not have.`];
  });
}
