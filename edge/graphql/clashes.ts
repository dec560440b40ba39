/** Names of GraphQL that the manifests of one client would share: refused when a module is published or installed. */
import { type FieldJson, type ManifestJson, moduleName } from '../../schemas/module/index.ts';
import { addedFields } from '../engine/compile/extension.ts';
import { actionName, idName, mutationNames, queryNames, readName, reverseName } from './names.ts';

/** Something that has a name in the schema. */
export interface GraphClaim {
  readonly module: string;
  /** Where the name must be the only one: `query`, `mutation`, or an entity's fields. */
  readonly within: string;
  readonly name: string;
  /** `the action hold`; the same for what is the same. */
  readonly of: string;
}

/** Every name at the roots and among the fields of entities, whoever may see it. */
export function graphClaims(manifests: readonly ManifestJson[]): GraphClaim[] {
  return manifests.flatMap(manifest => {
    const module = moduleName(manifest);
    const claim = (within: string, name: string, of: string): GraphClaim => ({ module, within, name, of });
    const entities = Object.entries(manifest.entities).flatMap(([entity, json]) => {
      const one = `${module}.${entity}`;
      const mutations = mutationNames(module, entity);
      const { step, ...verbs } = mutations;
      return [
        ...Object.values(queryNames(module, entity)).map((name, i) => claim('query', name, `${one}#${i}`)),
        ...Object.entries(verbs).map(([verb, name]) => claim('mutation', name, `${one}, ${verb}`)),
        ...Object.keys(json.states?.transitions ?? {}).map(name =>
          claim('mutation', step(name), `${one}, step ${name}`),
        ),
        ...Object.entries(json.fields).flatMap(([name, node]) => fieldClaims(claim, one, name, node)),
      ];
    });
    const added = [...addedFields(manifest)].flatMap(([target, fields]) =>
      fields.flatMap(field => fieldClaims(claim, target, field.name, field.json)),
    );
    const actions = Object.entries(manifest.actions).map(([name, { effect }]) => {
      const of = `the action ${module}.${name}`;
      return effect === 'read'
        ? claim('query', readName(module, name, Object.keys(manifest.entities)), of)
        : claim('mutation', actionName(module, name), of);
    });
    return [...entities, ...added, ...actions];
  });
}

/** A field's own name, its id's, and what the records are called on the other side. */
function fieldClaims(
  claim: (within: string, name: string, of: string) => GraphClaim,
  on: string,
  name: string,
  node: FieldJson,
): GraphClaim[] {
  const ref = node.kind === 'list' ? node.of : node;
  const own = claim(on, name, `${on}.${name}`);
  if (ref.kind !== 'ref') return [own];
  const [module, entity] = on.split('.') as [string, string];
  const target = ref.to.includes('.') ? ref.to : `${module}.${ref.to}`;
  const id = claim(on, idName({ kind: node.kind === 'list' ? 'list' : 'one', name }), `the id of ${on}.${name}`);
  if (node.kind === 'list') return [own, id];
  const to = { module: target.split('.')[0]! };
  return [
    own,
    id,
    claim(target, reverseName({ module, entity }, to), `records of ${on}`),
    claim(target, reverseName({ module, entity }, to, name), `records of ${on} by ${name}`),
  ];
}

/** One sentence for each name that two things would have; empty where every name is one thing's. */
export function graphClashes(manifests: readonly ManifestJson[]): string[] {
  const owners = new Map<string, GraphClaim>();
  return graphClaims(manifests).flatMap(claim => {
    const key = `${claim.within} ${claim.name}`;
    const other = owners.get(key);
    if (!other) owners.set(key, claim);
    if (!other || other.of === claim.of) return [];
    const things = [other, claim].map(({ of }) => of.replace(/#\d$/, '')).join(' and ');
    const where = claim.within === 'query' || claim.within === 'mutation' ? `the ${claim.within}` : claim.within;
    return [`${things} would both be "${claim.name}" in GraphQL, among the fields of ${where}.`];
  });
}
