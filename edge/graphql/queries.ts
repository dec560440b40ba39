/** The query root: `node`, each entity by id and as a connection, and actions that only read. */
import { GraphQLBoolean, GraphQLID, GraphQLNonNull } from 'graphql';
import type { FieldsJson } from '../../schemas/module/index.ts';
import { runAction } from '../engine/actions.ts';
import { Names, plural } from '../openapi/naming.ts';
import { type ActionSurface, keyOf, type Surface } from '../openapi/surface.ts';
import { aggregateField } from './aggregates.ts';
import { type ConnectionArgs, connectionArgs, resolveConnection } from './connection.ts';
import { type FieldMap, type GraphField, guarded } from './context.ts';
import type { EntityTypes } from './entity-types.ts';
import type { FilterTypes } from './filter-types.ts';
import { parseGlobalId, recordId, withRecordIds } from './global-id.ts';
import { pageItems, saysItems } from './items.ts';
import { actionTypeName, queryNames, readName } from './names.ts';
import { searchField } from './search-field.ts';
import type { TypeBuilder } from './type-builder.ts';

const id = { type: new GraphQLNonNull(GraphQLID), description: "Global, or the record's own." };

export function queryFields(surface: Surface, types: EntityTypes, build: TypeBuilder, filters: FilterTypes): FieldMap {
  const names = new Names();
  const fields: FieldMap = { [names.take('node')]: nodeField(types) };
  const search = searchField(surface, types);
  if (search) fields[names.take('search')] = search;
  for (const module of surface.modules) {
    for (const entity of module.entities.filter(({ readable }) => readable)) {
      const { type } = types.byKey.get(keyOf(entity))!;
      const called = queryNames(entity.module.name, entity.entity.name);
      const to = { module: entity.module, entity: entity.entity };
      fields[names.take(called.one)] = {
        type,
        description: `One ${entity.entity.json.label.toLowerCase()}, or null.`,
        args: { id },
        resolve: guarded((_source, args, { loader }) => loader.load(to, recordId(args['id'], keyOf(entity)))),
      };
      fields[names.take(called.many)] = {
        type: new GraphQLNonNull(types.connection(type)),
        description: `A page of ${(entity.entity.json.plural ?? plural(entity.entity.json.label)).toLowerCase()}.`,
        args: connectionArgs(entity, filters),
        ...saysItems(pageItems),
        resolve: guarded((_source, args, context, info) =>
          resolveConnection(entity, args as ConnectionArgs, context, info),
        ),
      };
      fields[names.take(called.aggregate)] = aggregateField(entity, build, filters);
    }
    for (const action of module.actions.filter(({ action: { json } }) => json.effect === 'read')) {
      fields[names.take(readName(module.module.name, action.action.name, module.module.entities.keys()))] = actionField(
        action,
        build,
      );
    }
  }
  return fields;
}

/** An action's field; `input` is left out where the action takes nothing. */
export function actionField(surface: ActionSurface, build: TypeBuilder): GraphField {
  const { module, action } = surface;
  const stem = actionTypeName(module.name, action.name);
  const { input, output, description, effect } = action.json;
  const has = (fields: FieldsJson | undefined) => fields !== undefined && Object.keys(fields).length > 0;
  const needed = Object.values(input).some(node => node.required && node.default === undefined);
  const inputType = has(input) ? build.inputObject(input, `${stem}_Input`, stem) : undefined;
  return {
    type: has(output) ? build.object(output!, `${stem}_Result`) : GraphQLBoolean,
    description,
    args: inputType ? { input: { type: needed ? new GraphQLNonNull(inputType) : inputType } } : {},
    resolve: guarded(async (_source, args, context, info) => {
      await context.limitAction(module, action.name);
      const given = withRecordIds(input, module.name, args['input'] ?? {});
      const responseName = String(info.path.key);
      const call = effect === 'write' ? context.callFor(responseName, info.fieldName, args) : context.call;
      const { body } = await runAction(context.runtime, call, module, action.name, given);
      if (effect === 'write') context.forget();
      return has(output) ? (JSON.parse(body) as { data: unknown }).data : true;
    }),
  };
}

function nodeField(types: EntityTypes): GraphField {
  return {
    type: types.node,
    description: 'Any record by its global id, or null.',
    args: { id: { type: new GraphQLNonNull(GraphQLID) } },
    resolve: guarded(async (_source, args, { loader }) => {
      const parsed = parseGlobalId(args['id']);
      const found = parsed && types.byKey.get(parsed.entity);
      if (!parsed || !found?.surface.readable) return null;
      const record = await loader.load(found.surface, parsed.id);
      return record && { ...record, __typename: found.type.name };
    }),
  };
}
