/** Routes over all modules of a client at once: search, GraphQL, and the descriptions of the API. They show what the manifests grant, and nothing else. */
import assert from 'node:assert/strict';
import { mutationNames, queryNames } from '../../edge/graphql/names.ts';
import type { ManifestJson, Verb } from '../../schemas/module/index.ts';
import { type Entity, grantOf, inScope, type SuiteCaller, type SuiteRoute } from './access-suite.ts';

export type Modules = Readonly<Record<string, ManifestJson>>;

interface Listed {
  readonly module: string;
  readonly name: string;
  readonly entity: Entity;
}

const entitiesOf = (modules: Modules): Listed[] =>
  Object.entries(modules).flatMap(([module, manifest]) =>
    Object.entries(manifest.entities).map(([name, entity]) => ({ module, name, entity })),
  );

const may = (caller: SuiteCaller, { module, entity }: Listed, verb: Verb): boolean =>
  (!caller.modules || caller.modules.has(module)) && grantOf(caller, module, entity, verb) !== undefined;

const known = (answer: number) => (caller: SuiteCaller) => [caller.refused ?? answer];

export function wholeRoutes(modules: Modules, ids: { readonly own: (module: string, name: string) => string }) {
  const graph = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  const asks = (name: string, query: string, right: (caller: SuiteCaller) => boolean): SuiteRoute => ({
    name: `GraphQL ${name}`,
    method: 'POST',
    path: '/api/graphql',
    headers: graph,
    body: { query },
    expected: caller => [caller.refused ?? (right(caller) ? 200 : 400)],
  });
  const ofEntities = entitiesOf(modules).flatMap((listed): SuiteRoute[] => {
    const { module, name, entity } = listed;
    const id = JSON.stringify(ids.own(module, name));
    const { many } = queryNames(module, name);
    const verbs = mutationNames(module, name);
    const reads = (caller: SuiteCaller) => may(caller, listed, 'read');
    return [
      asks(many, `{ ${many}(first: 1) { nodes { recordId } } }`, reads),
      // A field that is not there is refused before anything runs, so the record is an unknown one's.
      asks(
        verbs.delete,
        `mutation { __typename ...on Mutation @skip(if: true) { ${verbs.delete}(id: ${id}) } }`,
        caller => reads(caller) && may(caller, listed, 'delete'),
      ),
      ...Object.entries(entity.states?.transitions ?? {}).map(([step, { roles }]) => {
        const field = verbs.step(step);
        return asks(
          field,
          `mutation { __typename ...on Mutation @skip(if: true) { ${field}(id: ${id}) { recordId } } }`,
          caller => reads(caller) && inScope(caller, module, true) && roles.some(role => caller.roles.includes(role)),
        );
      }),
    ];
  });
  return [
    { name: 'search', method: 'GET', path: '/api/search?q=an', expected: known(200) },
    { name: 'OpenAPI', method: 'GET', path: '/api/openapi.json', expected: known(200) },
    { name: 'SDK in TypeScript', method: 'GET', path: '/api/sdk/typescript', expected: known(200) },
    { name: 'SDK in Python', method: 'GET', path: '/api/sdk/python', expected: known(200) },
    {
      name: 'GraphQL by GET',
      method: 'GET',
      path: '/api/graphql?query=%7B__typename%7D',
      expected: known(200),
    },
    ...ofEntities,
  ] satisfies SuiteRoute[];
}

/** What the OpenAPI document and the search of a caller show is what it was granted. Resolves with how much it found. */
export async function checkShown(
  ask: (caller: SuiteCaller, path: string) => Promise<unknown>,
  modules: Modules,
  caller: SuiteCaller,
): Promise<number> {
  const { paths } = (await ask(caller, '/api/openapi.json')) as { paths: Record<string, Record<string, object>> };
  const shown = { read: 'get', create: 'post' } as const;
  for (const listed of entitiesOf(modules)) {
    const operations = paths[`/api/m/${listed.module}/v1/${listed.name}`] ?? {};
    for (const [verb, method] of Object.entries(shown)) {
      const is = method in operations;
      assert.equal(is, may(caller, listed, verb as Verb), `${caller.name}: ${listed.module}.${listed.name} ${verb}`);
    }
  }
  const { data } = (await ask(caller, '/api/search?q=an')) as { data: { entity: string }[] };
  for (const { entity: key } of data) {
    const listed = entitiesOf(modules).find(({ module, name }) => key === `${module}.${name}`);
    assert.ok(listed && may(caller, listed, 'read'), `${caller.name} found a ${key}`);
  }
  return data.length;
}
