/** The mutation root: the verbs of REST under names of their own, one commit each. */
import { type GraphQLFieldConfigArgumentMap, GraphQLID, GraphQLInt, GraphQLNonNull, GraphQLString } from 'graphql';
import { type FieldsJson, type TransitionJson, whileText } from '../../schemas/module/index.ts';
import type { Call, Reply } from '../engine/call.ts';
import * as records from '../engine/records/index.ts';
import type { Names } from '../openapi/naming.ts';
import { type EntitySurface, keyOf, type Surface } from '../openapi/surface.ts';
import { bulkField } from './bulk.ts';
import { type FieldMap, type GraphContext, type GraphResolver, guarded } from './context.ts';
import type { EntityTypes } from './entity-types.ts';
import { globalId, recordId, withRecordIds } from './global-id.ts';
import { actionName, mutationNames } from './names.ts';
import { actionField } from './queries.ts';
import type { TypeBuilder } from './type-builder.ts';

interface Args {
  readonly id: string;
  readonly input?: unknown;
  readonly reason?: string | null;
  readonly ifMatch?: number | null;
}

const id = { type: new GraphQLNonNull(GraphQLID), description: "Global, or the record's own." };
const ifMatch = {
  type: GraphQLInt,
  description: 'The `rev` the change was decided on; PRECONDITION_FAILED when it moved on.',
};

/** Why a step is taken, where it asks for it. */
function reasonArgument(askReason: TransitionJson['askReason']): GraphQLFieldConfigArgumentMap {
  if (!askReason) return {};
  return { reason: { type: askReason === 'required' ? new GraphQLNonNull(GraphQLString) : GraphQLString } };
}

export function mutationFields(surface: Surface, types: EntityTypes, build: TypeBuilder, names: Names): FieldMap {
  const fields: FieldMap = {};
  for (const { entities, actions, module } of surface.modules) {
    for (const entity of entities) Object.assign(fields, entityMutations(entity, types, build, names));
    for (const action of actions.filter(({ action: { json } }) => json.effect === 'write')) {
      fields[names.take(actionName(module.name, action.action.name))] = actionField(action, build);
    }
  }
  return fields;
}

function entityMutations(entity: EntitySurface, types: EntityTypes, build: TypeBuilder, names: Names): FieldMap {
  const { type } = types.byKey.get(keyOf(entity))!;
  const key = keyOf(entity);
  const called = mutationNames(entity.module.name, entity.entity.name);
  const { creatable, updatable } = entity;
  const fields: FieldMap = {};
  const inputType = (of: FieldsJson, suffix: string, partial: boolean) =>
    build.inputObject(of, `${type.name}_${suffix}`, type.name, partial);
  const given = (of: FieldsJson, input: unknown) => withRecordIds(of, entity.module.name, input ?? {});

  const draft = creatable && Object.keys(creatable).length > 0 ? inputType(creatable, 'Create', false) : undefined;
  if (draft) {
    fields[names.take(called.create)] = {
      type: new GraphQLNonNull(type),
      args: { input: { type: new GraphQLNonNull(draft) } },
      resolve: writing((context, call, args) =>
        records.createRecord(context.runtime, call, entity, given(creatable!, args.input)),
      ),
    };
  }
  const patch = updatable && Object.keys(updatable).length > 0 ? inputType(updatable, 'Update', true) : undefined;
  if (patch) {
    fields[names.take(called.update)] = {
      type: new GraphQLNonNull(type),
      args: { id, input: { type: new GraphQLNonNull(patch) }, ifMatch },
      resolve: writing((context, call, args) =>
        records.updateRecord(
          context.runtime,
          call,
          entity,
          recordId(args.id, key),
          given(updatable!, args.input),
          args.ifMatch ?? undefined,
        ),
      ),
    };
  }
  if (entity.deletable) {
    fields[names.take(called.delete)] = {
      type: new GraphQLNonNull(GraphQLID),
      description: 'Gives back the global id.',
      args: { id, ifMatch },
      resolve: guarded(async (_source, args, context, info) => {
        const own = recordId(args['id'], key);
        const call = context.callFor(String(info.path.key), info.fieldName, args);
        await records.deleteRecord(context.runtime, call, entity, own, args['ifMatch'] ?? undefined);
        context.forget();
        return globalId(key, own);
      }),
    };
  }
  if (entity.restorable) {
    fields[names.take(called.restore)] = {
      type: new GraphQLNonNull(type),
      args: { id },
      resolve: writing((context, call, args) =>
        records.restoreRecord(context.runtime, call, entity, recordId(args.id, key)),
      ),
    };
  }
  const bulk = bulkField(entity, types, build, { create: draft, update: patch });
  if (bulk) fields[names.take(called.bulk)] = bulk;
  for (const [name, transition] of Object.entries(entity.transitions)) {
    fields[names.take(called.step(name))] = {
      type: new GraphQLNonNull(type),
      description: `From ${transition.from.join(', ')} to ${transition.to}${whileText(transition, entity.shown)}.`,
      args: { id, ...(patch ? { input: { type: patch } } : {}), ...reasonArgument(transition.askReason), ifMatch },
      resolve: writing((context, call, args) =>
        records.transitionRecord(
          context.runtime,
          call,
          entity,
          recordId(args.id, key),
          name,
          {
            ...(given(updatable ?? {}, args.input) as object),
            ...(args.reason == null ? {} : { reason: args.reason }),
          },
          args.ifMatch ?? undefined,
        ),
      ),
    };
  }
  return fields;
}

/** A verb that answers with the record as it now is. */
const writing = (run: (context: GraphContext, call: Call, args: Args) => Promise<Reply>): GraphResolver =>
  guarded(async (_source, args, context, info) => {
    const call = context.callFor(String(info.path.key), info.fieldName, args);
    const { body } = await run(context, call, args as Args);
    context.forget();
    return (JSON.parse(body) as { data: unknown }).data;
  });
