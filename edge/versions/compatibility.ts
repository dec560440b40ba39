/** What a change of version would bring: shown before anybody agrees to it. */
import type { ManifestJson } from '../../schemas/module/index.ts';
import type { VersionChange } from '../../schemas/protocol/index.ts';

/** `public may read seat` -> the fields, or true for all. */
type Grants = Readonly<Record<string, readonly string[] | true>>;

export function compareManifests(module: string, before: ManifestJson | undefined, after: ManifestJson): VersionChange {
  const [old, fresh] = [namesOf(before), namesOf(after)];
  const added = (part: keyof Names) => [...fresh[part]].filter(name => !old[part].has(name));
  const removed = (part: keyof Names) => [...old[part]].filter(name => !fresh[part].has(name));
  return {
    module,
    from: before?.version ?? null,
    to: after.version,
    added: { entities: added('entities'), fields: added('fields'), actions: added('actions') },
    removed: { entities: removed('entities'), fields: removed('fields'), actions: removed('actions') },
    permissions: grown(grantsOf(before), grantsOf(after)),
    scopes: added('scopes'),
  };
}

interface Names {
  readonly entities: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
  readonly actions: ReadonlySet<string>;
  /** What the module may do outside itself. */
  readonly scopes: ReadonlySet<string>;
}

function namesOf(manifest: ManifestJson | undefined): Names {
  const entities = Object.entries(manifest?.entities ?? {});
  const actions = Object.entries(manifest?.actions ?? {});
  return {
    entities: new Set(entities.map(([name]) => name)),
    fields: new Set(entities.flatMap(([name, { fields }]) => Object.keys(fields).map(field => `${name}.${field}`))),
    actions: new Set(actions.map(([name]) => name)),
    scopes: new Set([
      ...Object.entries(manifest?.requires ?? {}).flatMap(([name, { actions = [] }]) =>
        actions.map(action => `call ${name}.${action}`),
      ),
      ...(manifest?.egress ?? []).map(host => `reach ${host}`),
      ...Object.entries(manifest?.extends ?? {}).flatMap(([target, { fields }]) =>
        Object.keys(fields).map(field => `keep ${field} on ${target}`),
      ),
      ...actions.flatMap(([name, { system }]) => (system ? [`${name} acts as the system`] : [])),
    ]),
  };
}

/** A grant with another `where` is another grant. */
function grantsOf(manifest: ManifestJson | undefined): Grants {
  const grants: Record<string, readonly string[] | true> = {};
  for (const [entity, { access }] of Object.entries(manifest?.entities ?? {})) {
    for (const [role, verbs] of Object.entries(access)) {
      for (const [verb, grant] of Object.entries(verbs)) {
        if (!grant) continue;
        const limit = grant !== true && grant.where ? ` where ${JSON.stringify(grant.where)}` : '';
        grants[`${role} may ${verb} ${entity}${limit}`] = grant === true ? true : (grant.fields ?? true);
      }
    }
  }
  for (const [name, { access }] of Object.entries(manifest?.actions ?? {})) {
    for (const role of access) grants[`${role} may call ${name}`] = true;
  }
  return grants;
}

function grown(before: Grants, after: Grants): string[] {
  return Object.entries(after).flatMap(([grant, fields]) => {
    const known = before[grant];
    if (known === true) return [];
    if (known === undefined) return [fields === true ? grant : `${grant}: ${fields.join(', ')}`];
    if (fields === true) return [`${grant}: every field`];
    const more = fields.filter(field => !known.includes(field));
    return more.length > 0 ? [`${grant}: ${more.join(', ')}`] : [];
  });
}
