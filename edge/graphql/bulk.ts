/** Many writes of one entity in one mutation: as one commit, or each by itself. */
import {
  GraphQLEnumType,
  GraphQLID,
  type GraphQLInputFieldConfigMap,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import type { FieldsJson } from '../../schemas/module/index.ts';
import { bulkRecords } from '../engine/records/index.ts';
import { type EntitySurface, keyOf } from '../openapi/surface.ts';
import { type GraphField, guarded } from './context.ts';
import type { EntityTypes } from './entity-types.ts';
import { recordId, withRecordIds } from './global-id.ts';
import { saysItems } from './items.ts';
import { enumNames } from './names.ts';
import type { TypeBuilder } from './type-builder.ts';

const needed = (type: GraphQLInputType): GraphQLInputType => new GraphQLNonNull(type as GraphQLEnumType);
const id = { type: new GraphQLNonNull(GraphQLID) };
const ifMatch = { type: GraphQLInt };
const text = { type: new GraphQLNonNull(GraphQLString) };

const mode = new GraphQLEnumType({
  name: 'BulkMode',
  values: {
    ATOMIC: { value: 'atomic', description: 'All or nothing.' },
    EACH: { value: 'each', description: 'A commit for each operation.' },
  },
});
const fieldProblem = new GraphQLObjectType({
  name: 'FieldProblem',
  fields: { pointer: text, code: text, message: text },
});
const problem = new GraphQLObjectType({
  name: 'Problem',
  fields: {
    code: text,
    status: { type: new GraphQLNonNull(GraphQLInt) },
    title: text,
    detail: { type: GraphQLString },
    errors: { type: new GraphQLList(new GraphQLNonNull(fieldProblem)) },
  },
});

export interface BulkInputs {
  readonly create: GraphQLInputType | undefined;
  readonly update: GraphQLInputType | undefined;
}

type Member = Readonly<Record<string, unknown>> & { readonly id?: string; readonly ifMatch?: number | null };

/** Undefined where the credential writes nothing of the entity. */
export function bulkField(
  entity: EntitySurface,
  types: EntityTypes,
  build: TypeBuilder,
  inputs: BulkInputs,
): GraphField | undefined {
  const { type } = types.byKey.get(keyOf(entity))!;
  const members = memberTypes(entity, type.name, inputs);
  if (Object.keys(members).length === 0) return undefined;
  const operation = new GraphQLInputObjectType({ name: `${type.name}_Operation`, isOneOf: true, fields: members });
  const outcome = build.once(
    `${type.name}_Outcome`,
    () =>
      new GraphQLObjectType({
        name: `${type.name}_Outcome`,
        fields: {
          status: { type: new GraphQLNonNull(GraphQLInt), description: 'As of an HTTP reply.' },
          record: { type, resolve: source => (source as { data?: unknown }).data },
          error: { type: problem },
        },
      }),
  );
  return {
    type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(outcome))),
    description: 'At most 100 operations, one for each record.',
    ...saysItems(({ operations }) => (operations as readonly unknown[] | undefined)?.length ?? 1),
    args: {
      mode: { type: new GraphQLNonNull(mode) },
      operations: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(operation))) },
    },
    resolve: guarded(async (_source, args, context, info) => {
      const call = context.callFor(String(info.path.key), info.fieldName, args);
      const operations = (args['operations'] as Readonly<Record<string, Member>>[]).map(given => {
        const [op, member] = Object.entries(given)[0]!;
        return operationOf(entity, op, member);
      });
      const body = { mode: args['mode'], operations };
      const reply = await bulkRecords(context.runtime, call, entity, body);
      context.forget();
      return (JSON.parse(reply.body) as { data: unknown }).data;
    }),
  };
}

function memberTypes(entity: EntitySurface, stem: string, { create, update }: BulkInputs): GraphQLInputFieldConfigMap {
  const object = (name: string, fields: GraphQLInputFieldConfigMap) => ({
    type: new GraphQLInputObjectType({ name: `${stem}_Operation_${name}`, fields }),
  });
  const steps = Object.keys(entity.transitions);
  const asks = Object.values(entity.transitions).some(({ askReason }) => askReason);
  const step = new GraphQLEnumType({
    name: `${stem}_Step`,
    values: Object.fromEntries([...enumNames(steps)].map(([value, named]) => [named, { value }])),
  });
  return {
    ...(create ? { create: object('Create', { input: { type: needed(create) } }) } : {}),
    ...(update ? { update: object('Update', { id, ifMatch, input: { type: needed(update) } }) } : {}),
    ...(entity.deletable ? { delete: object('Delete', { id, ifMatch }) } : {}),
    ...(steps.length > 0
      ? {
          transition: object('Transition', {
            id,
            ifMatch,
            name: { type: new GraphQLNonNull(step) },
            ...(update ? { input: { type: update } } : {}),
            ...(asks ? { reason: { type: GraphQLString, description: 'Of a step that asks why.' } } : {}),
          }),
        }
      : {}),
  };
}

function operationOf(entity: EntitySurface, op: string, member: Member): unknown {
  const of: FieldsJson = (op === 'create' ? entity.creatable : entity.updatable) ?? {};
  const data = () => withRecordIds(of, entity.module.name, member['input'] ?? {});
  const own = { op, id: recordId(member.id ?? '', keyOf(entity)), rev: member.ifMatch ?? undefined };
  switch (op) {
    case 'create':
      return { op, data: data() };
    case 'update':
      return { ...own, data: data() };
    case 'transition':
      return {
        ...own,
        transition: member['name'],
        data: { ...(data() as object), ...(member['reason'] == null ? {} : { reason: member['reason'] }) },
      };
    default:
      return own;
  }
}
