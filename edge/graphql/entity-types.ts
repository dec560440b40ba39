/** Object types of entities: Relay nodes whose references lead on to the records behind them. */
import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import type { FieldJson } from '../../schemas/module/index.ts';
import { type EntitySurface, keyOf, type Relation, refTarget, type Surface } from '../openapi/surface.ts';
import { type ConnectionArgs, connectionArgs, resolveRelated } from './connection.ts';
import { type FieldMap, guarded } from './context.ts';
import type { FilterTypes } from './filter-types.ts';
import { globalId } from './global-id.ts';
import { historyField } from './history-field.ts';
import { pageItems, saysItems } from './items.ts';
import { idName, memberTypeName, reverseNames, typeName } from './names.ts';
import type { RecordJson } from './record-loader.ts';
import { dateTime, safeInt } from './scalars.ts';
import type { TypeBuilder } from './type-builder.ts';

const idType = new GraphQLNonNull(GraphQLID);

export class EntityTypes {
  readonly node = new GraphQLInterfaceType({
    name: 'Node',
    description: 'Anything with a global id.',
    fields: { id: { type: idType } },
  });
  readonly pageInfo = new GraphQLObjectType({
    name: 'PageInfo',
    fields: {
      hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
      hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
      startCursor: { type: GraphQLString },
      endCursor: { type: GraphQLString },
    },
  });
  /** By `module.entity`. */
  readonly byKey = new Map<string, { readonly surface: EntitySurface; readonly type: GraphQLObjectType }>();
  readonly #build: TypeBuilder;
  readonly #filters: FilterTypes;

  constructor(surface: Surface, build: TypeBuilder, filters: FilterTypes) {
    this.#build = build;
    this.#filters = filters;
    for (const entity of surface.modules.flatMap(module => module.entities)) {
      this.byKey.set(keyOf(entity), { surface: entity, type: this.#type(entity) });
    }
  }

  #type(surface: EntitySurface): GraphQLObjectType {
    return new GraphQLObjectType({
      name: typeName(surface),
      description: surface.entity.json.label,
      interfaces: [this.node],
      fields: () => this.#fields(surface),
    });
  }

  #fields(surface: EntitySurface): FieldMap {
    const key = keyOf(surface);
    const fields: FieldMap = {
      id: { type: idType, resolve: source => globalId(key, (source as RecordJson).id) },
      recordId: {
        type: idType,
        description: 'Its id over REST.',
        resolve: source => (source as RecordJson).id,
      },
      createdAt: { type: new GraphQLNonNull(dateTime) },
      updatedAt: { type: new GraphQLNonNull(dateTime) },
      rev: { type: new GraphQLNonNull(safeInt), description: 'Grows with every change.' },
      ...('deletedAt' in surface.builtIns ? { deletedAt: { type: dateTime } } : {}),
    };
    const plain = Object.entries(surface.shown).filter(([, node]) => !refOf(node));
    const refs = Object.entries(surface.shown).filter(([, node]) => refOf(node));
    for (const [name, node] of plain) {
      if (Object.hasOwn(fields, name)) continue;
      fields[name] = {
        type: this.#build.output(node, memberTypeName(typeName(surface), name)),
        description: node.label ?? node.help,
      };
    }
    for (const [name, node] of refs) Object.assign(fields, this.#reference(surface, name, node, fields));
    for (const [relation, name] of reverseNames(surface)) fields[name] = this.#related(relation);
    if (surface.historical && !Object.hasOwn(fields, 'recordHistory')) {
      fields['recordHistory'] = historyField(surface, this.#build);
    }
    return fields;
  }

  /** The records that point here, as a connection of each. */
  #related(relation: Relation): FieldMap[string] {
    const { target, field } = relation;
    const { json } = target.entity;
    return {
      type: new GraphQLNonNull(this.connection(this.byKey.get(keyOf(target))!.type)),
      description: `${json.plural ?? json.label} whose ${field} this is.`,
      args: connectionArgs(target, this.#filters),
      ...saysItems(pageItems),
      resolve: guarded((source, args, context, info) =>
        resolveRelated(relation, (source as RecordJson).id, args as ConnectionArgs, context, info),
      ),
    };
  }

  /** `service` and `serviceId`; a reference to what the caller may not read is its id alone. */
  #reference(surface: EntitySurface, name: string, node: FieldJson, taken: FieldMap): FieldMap {
    const ref = refOf(node)!;
    const many = node.kind === 'list';
    const ids = idName({ kind: many ? 'list' : 'one', name });
    const fields: FieldMap = {};
    if (!Object.hasOwn(taken, ids)) {
      const type = many ? new GraphQLList(idType) : GraphQLID;
      fields[ids] = { type, resolve: source => (source as RecordJson)[name] };
    }
    const target = this.byKey.get(refTarget(surface.module.name, ref.to));
    if (!target?.surface.readable || Object.hasOwn(taken, name)) return fields;
    const to = { module: target.surface.module, entity: target.surface.entity };
    fields[name] = {
      type: many ? new GraphQLList(target.type) : target.type,
      description: node.label ?? node.help,
      resolve: guarded((source, _args, { loader }) => {
        const value = (source as RecordJson)[name] as string | readonly string[] | null | undefined;
        if (value == null) return null;
        return typeof value === 'string' ? loader.load(to, value) : Promise.all(value.map(id => loader.load(to, id)));
      }),
    };
    return fields;
  }

  connection(type: GraphQLObjectType): GraphQLObjectType {
    return this.#build.once(`${type.name}_Connection`, () => this.#connection(type));
  }

  #connection(type: GraphQLObjectType): GraphQLObjectType {
    const edge = new GraphQLObjectType({
      name: `${type.name}_Edge`,
      fields: {
        cursor: { type: new GraphQLNonNull(GraphQLString) },
        node: { type: new GraphQLNonNull(type) },
      },
    });
    return new GraphQLObjectType({
      name: `${type.name}_Connection`,
      fields: {
        edges: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(edge))) },
        nodes: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))) },
        pageInfo: { type: new GraphQLNonNull(this.pageInfo) },
        totalCount: { type: new GraphQLNonNull(GraphQLInt), description: 'Counted where it is asked for.' },
      },
    });
  }
}

function refOf(node: FieldJson): Extract<FieldJson, { kind: 'ref' }> | undefined {
  if (node.kind === 'ref') return node;
  return node.kind === 'list' && node.of.kind === 'ref' ? node.of : undefined;
}
