/** Names of GraphQL over hostile but valid ids: one name is never two things, or the manifests are refused together. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { type GraphQLSchema, isEnumType, isInputObjectType, isObjectType, validateSchema } from 'graphql';
import { type ManifestJson, parseManifest } from '../../schemas/module/index.ts';
import { linkModules } from '../engine/compile/link.ts';
import { compileModule } from '../engine/compile/module.ts';
import { createTestEngine } from '../engine/testing.ts';
import { surfaceOf } from '../openapi/surface.ts';
import { graphClashes } from './clashes.ts';
import {
  actionName,
  actionTypeName,
  entityTypeName,
  enumNames,
  memberTypeName,
  mutationNames,
  queryNames,
  readName,
} from './names.ts';
import { schemaOf } from './schema.ts';

const letters = (alphabet: string, max: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: 0, maxLength: max });
const tricky = [
  'constructor',
  'toString',
  'valueOf',
  'true',
  'null',
  'input',
  'connection',
  'result',
  'condition',
  'text',
];
const identifier = fc.oneof(
  fc.constantFrom(...tricky),
  fc.tuple(fc.constantFrom(...'abinx'), letters('aBbIs1X', 6)).map(([first, rest]) => first + rest),
);
const moduleName = fc.oneof(
  fc.constantFrom('text', 'int', 'history', 'a1', 'a-1', 'a-b', 'ab', 'a-1b', 'a1-b'),
  fc
    .array(
      letters('ab1', 3).filter(part => part.length > 0),
      { minLength: 1, maxLength: 3 },
    )
    .map(parts => `m${parts.join('-')}`),
);

test('100,000 names of types: what differs in module, kind, name or member has another name', () => {
  const seen = new Map<string, string>();
  const looked = new Set<string>();
  const look = (source: string, name: string) => {
    assert.match(name, /^[A-Z][A-Za-z0-9_]*$/);
    assert.equal(seen.get(name) ?? source, source, name);
    seen.set(name, source);
    looked.add(source);
  };
  const wide = fc.tuple(fc.constantFrom(...'abcdefgh'), letters('aBcDeF012', 12)).map(([first, rest]) => first + rest);
  const any = fc.oneof(identifier, wide);
  const suffixes = [
    '_Connection',
    '_Edge',
    '_Filter',
    '_Sort',
    '_Create',
    '_Update',
    '_Measure',
    '_Group',
    '_Step',
    '_Outcome',
  ];
  fc.assert(
    fc.property(moduleName, any, any, any, fc.boolean(), (module, name, member, inner, extended) => {
      const field = extended ? `${name}_${member}` : member;
      const entity = entityTypeName(module, name);
      const action = actionTypeName(module, name);
      look(`${module} entity ${name}`, entity);
      look(`${module} action ${name}`, action);
      for (const suffix of suffixes) look(`${module} entity ${name} ${suffix}`, entity + suffix);
      for (const suffix of ['_Input', '_Result']) look(`${module} action ${name} ${suffix}`, action + suffix);
      const nested = memberTypeName(entity, field);
      look(`${module} entity ${name}/${field}`, nested);
      for (const suffix of ['_Input', '_Condition', '_Elements', '_Members'])
        look(`${module} entity ${name}/${field} ${suffix}`, nested + suffix);
      look(`${module} entity ${name}/${field}/${inner}`, memberTypeName(nested, inner));
      look(`${module} action ${name}/${member}`, memberTypeName(action, member));
      look(`${module} action ${name} result/${member}`, memberTypeName(`${action}_Result`, member));
    }),
    { numRuns: 12_000 },
  );
  assert.ok(looked.size >= 100_000, `${looked.size} different things`);
});

test('values of an enum have names of their own, the same in any order', () => {
  const value = fc.oneof(
    fc.constantFrom('true', 'null', 'a-b', 'a_b', 'a b', '_a', '__a', '1', '_1', 'é', ''),
    fc.string({ maxLength: 6 }),
    letters('a-_1', 4),
  );
  fc.assert(
    fc.property(fc.uniqueArray(value, { minLength: 1, maxLength: 30 }), values => {
      const names = enumNames(values);
      assert.equal(new Set(names.values()).size, values.length);
      for (const name of names.values()) assert.match(name, /^(?!__)(?!(?:true|false|null)$)[A-Za-z_]\w*$/);
      const turned = enumNames(values.toReversed());
      for (const [from, name] of names) assert.equal(turned.get(from), name);
    }),
    { numRuns: 3_000 },
  );
});

const access = { admin: { read: true, create: true, update: true, delete: true } } as const;
const choice = (values: readonly string[]) => ({ kind: 'enum', values, required: true }) as const;

/** A module of two entities and an action, of such names. */
const moduleOf = fc
  .record({
    module: moduleName,
    entities: fc.uniqueArray(identifier, { minLength: 2, maxLength: 2 }),
    fields: fc.uniqueArray(identifier, { minLength: 3, maxLength: 3 }),
    action: identifier,
    step: fc.oneof(identifier, fc.constantFrom('create', 'delete', 'restore', 'bulk')),
  })
  .map(({ module, entities: [one, other], fields: [a, b, c], action, step }) => ({
    ...{ id: `acme.${module}`, version: '1.0.0', type: 'app', label: 'X', description: '', icon: 'x', categories: [] },
    settings: {},
    events: {},
    entities: {
      [one!]: {
        label: 'One',
        fields: {
          [a!]: choice(['on', 'off']),
          [b!]: { kind: 'object', required: true, fields: { [c!]: choice(['in']) } },
        },
        states: { field: a, initial: 'on', transitions: { [step]: { from: ['on'], to: 'off', roles: ['admin'] } } },
        access,
      },
      [other!]: {
        label: 'Other',
        fields: { [c!]: { kind: 'ref', to: one, required: true, onDelete: 'restrict' } },
        access,
      },
    },
    actions: {
      [action]: {
        input: { [a!]: choice(['x']) },
        output: { [a!]: choice(['y']) },
        access: ['admin'],
        effect: 'write',
      },
    },
  }));

const engine = createTestEngine({ modules: [], now: 0 });
const { tenant } = engine;
after(() => engine.close());
/** Schemas are kept by version, which never changes what it says. */
let versions = 0;

function schemaFor(manifests: readonly ManifestJson[]): GraphQLSchema {
  const modules = linkModules(
    manifests.map(json => {
      const actions = Object.fromEntries(Object.keys(json.actions).map(name => [name, async () => ({})]));
      const code = { actions } as unknown as NonNullable<Parameters<typeof compileModule>[1]>;
      return compileModule({ ...json, version: `1.0.${++versions}` }, code);
    }),
  );
  const here = { ...tenant, modules, byName: new Map(modules.map(module => [module.name, module])) };
  return schemaOf(surfaceOf({ tenant: here, actor: engine.actors.admin, site: undefined }));
}

/** Where a field's own values are, whatever type the schema gave it. */
const valuesOf = (schema: GraphQLSchema, type: string): string[] => {
  const found = schema.getType(type);
  return isEnumType(found) ? found.getValues().map(({ value }) => value as string) : [];
};

test('a schema of such modules is valid and gives every field its own type, or its modules are refused together', () => {
  let refused = 0;
  let made = 0;
  fc.assert(
    fc.property(fc.array(moduleOf, { minLength: 1, maxLength: 3 }), raw => {
      const distinct = [...new Map(raw.map(json => [json.id, json])).values()];
      const manifests: ManifestJson[] = [];
      for (const json of distinct) {
        try {
          manifests.push(parseManifest(JSON.parse(JSON.stringify(json))));
        } catch {
          // A name that the manifest's own rules refuse.
        }
      }
      if (manifests.length === 0) return;
      if (graphClashes(manifests).length > 0) {
        refused += 1;
        return;
      }
      made += 1;
      const schema = schemaFor(manifests);
      assert.deepEqual(validateSchema(schema), []);
      for (const manifest of manifests) {
        const module = manifest.id.slice('acme.'.length);
        const [[one, { fields }]] = Object.entries(manifest.entities) as [[string, ManifestJson['entities'][string]]];
        const type = entityTypeName(module, one);
        const object = schema.getType(type);
        assert.ok(isObjectType(object));
        const { one: root } = queryNames(module, one);
        assert.equal(schema.getQueryType()!.getFields()[root]!.type, object, root);
        const { create, step } = mutationNames(module, one);
        const [taken] = Object.keys(manifest.entities[one]!.states!.transitions);
        for (const name of [create, step(taken!), actionName(module, Object.keys(manifest.actions)[0]!)])
          assert.ok(schema.getMutationType()!.getFields()[name], name);
        for (const name of Object.keys(fields)) assert.ok(Object.hasOwn(object.getFields(), name), `${type}.${name}`);
        const [a, b] = Object.keys(fields);
        assert.deepEqual(valuesOf(schema, memberTypeName(type, a!)), ['on', 'off']);
        assert.ok(isObjectType(schema.getType(memberTypeName(type, b!))));
        const [action] = Object.keys(manifest.actions);
        const called = actionTypeName(module, action!);
        assert.ok(isInputObjectType(schema.getType(`${called}_Input`)));
        assert.deepEqual(valuesOf(schema, memberTypeName(called, a!)), ['x']);
        assert.deepEqual(valuesOf(schema, memberTypeName(`${called}_Result`, a!)), ['y']);
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(made > 100, `${made} made, ${refused} refused`);
});

test('what would have one name is refused in words', () => {
  const entity = (fields: object = {}) => ({ label: 'E', fields, access });
  const of = (id: string, entities: object, actions: object = {}) =>
    ({ id, version: '1.0.0', entities, actions, events: {}, settings: {} }) as unknown as ManifestJson;
  assert.deepEqual(graphClashes([of('acme.a-b', { c: entity() }), of('acme.a', { x: entity() })]), []);
  const across = graphClashes([of('acme.a-b', { c: entity() }), of('acme.a', { bC: entity() })]);
  assert.ok(
    across.includes('a-b.c and a.bC would both be "aBC" in GraphQL, among the fields of the query.'),
    across.join('\n'),
  );
  const within = graphClashes([of('acme.a', { box: entity(), boxe: entity() })]);
  assert.ok(
    within.some(line => line.includes('would both be "aBoxes"')),
    within.join('\n'),
  );
  const called = of('acme.a', { box: entity() }, { box: { effect: 'read' }, boxes: { effect: 'read' } });
  assert.deepEqual(graphClashes([called]), [], 'an action that is called as an entity has an underscore behind it');
  assert.deepEqual([readName('a', 'box', ['box']), readName('a', 'bo', ['box'])], ['aBox_', 'aBo']);
  const ref = { kind: 'ref', to: 'x', required: true, onDelete: 'restrict' };
  const ids = graphClashes([of('acme.a', { x: entity({ of: ref, ofId: { kind: 'int', required: true } }) })]);
  assert.deepEqual(ids, ['the id of a.x.of and a.x.ofId would both be "ofId" in GraphQL, among the fields of a.x.']);
});
