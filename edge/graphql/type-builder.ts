/** GraphQL types from field kinds; each named type is made once per schema. */
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLID,
  type GraphQLInputFieldConfigMap,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import type { FieldJson, FieldsJson } from '../../schemas/module/index.ts';
import { operatorsOf } from '../openapi/query-surface.ts';
import type { FieldMap } from './context.ts';
import { enumNames, memberTypeName } from './names.ts';
import { date, dateTime, decimal, json, safeInt } from './scalars.ts';

const lists = (type: GraphQLOutputType) => new GraphQLList(new GraphQLNonNull(type as GraphQLScalarType));
const fits = ({ min, max }: { min?: number; max?: number }) =>
  min !== undefined && max !== undefined && min >= -(2 ** 31) && max < 2 ** 31;

const describe = (node: FieldJson): string | undefined => {
  const minutes = node.kind === 'duration' ? 'Whole minutes' : undefined;
  return [node.label, node.help, minutes].filter(Boolean).join('. ') || undefined;
};

/** The scalar of a kind that has one. */
function scalarOf(node: FieldJson): GraphQLScalarType | undefined {
  if (node.translated) return json;
  switch (node.kind) {
    case 'file':
    case 'sequence':
    case 'text':
    case 'richText':
    case 'localTime':
    case 'zone':
      return GraphQLString;
    case 'int':
    case 'duration':
      return fits(node) ? GraphQLInt : safeInt;
    case 'decimal':
      return decimal;
    case 'bool':
      return GraphQLBoolean;
    case 'date':
      return date;
    case 'instant':
      return dateTime;
    case 'ref':
      return GraphQLID;
    default:
      return undefined;
  }
}

export class TypeBuilder {
  readonly #types = new Map<string, GraphQLNamedType>();
  readonly money = new GraphQLObjectType({
    name: 'Money',
    description: 'An amount in minor units of its currency (ISO 4217).',
    fields: {
      amount: { type: new GraphQLNonNull(safeInt) },
      currency: { type: new GraphQLNonNull(GraphQLString) },
    },
  });
  readonly moneyInput = new GraphQLInputObjectType({
    name: 'MoneyInput',
    fields: {
      amount: { type: new GraphQLNonNull(safeInt) },
      currency: { type: new GraphQLNonNull(GraphQLString) },
    },
  });

  /** Makes a named type at its first use. */
  once<T extends GraphQLNamedType>(name: string, make: () => T): T {
    const known = this.#types.get(name);
    if (known) return known as T;
    const made = make();
    this.#types.set(name, made);
    return made;
  }

  /** `name` is used for the types that the field needs of its own. */
  output(node: FieldJson, name: string): GraphQLOutputType {
    const scalar = scalarOf(node);
    if (scalar) return scalar;
    switch (node.kind) {
      case 'money':
        return this.money;
      case 'enum':
        return this.#enum(node.values, name);
      case 'list':
        return lists(this.output(node.of, name));
      case 'object':
        return Object.keys(node.fields).length > 0 ? this.object(node.fields, name) : json;
      default:
        return json;
    }
  }

  /** An object type of fields; members may be null, since a row can be older than a field. */
  object(fields: FieldsJson, name: string, description?: string): GraphQLObjectType {
    return this.once(name, () => {
      const members: FieldMap = {};
      for (const [field, node] of Object.entries(fields)) {
        members[field] = { type: this.output(node, memberTypeName(name, field)), description: describe(node) };
      }
      return new GraphQLObjectType({ name, description, fields: members });
    });
  }

  input(node: FieldJson, name: string): GraphQLInputType {
    const scalar = scalarOf(node);
    if (scalar) return scalar;
    switch (node.kind) {
      case 'money':
        return this.moneyInput;
      case 'enum':
        return this.#enum(node.values, name);
      case 'list':
        return new GraphQLList(new GraphQLNonNull(this.input(node.of, name) as GraphQLScalarType));
      case 'object':
        return Object.keys(node.fields).length > 0 ? this.inputObject(node.fields, `${name}_Input`, name) : json;
      default:
        return json;
    }
  }

  /** `stem` names the types of its members. `partial`: a patch. */
  inputObject(fields: FieldsJson, name: string, stem: string, partial = false): GraphQLInputObjectType {
    return this.once(name, () => {
      const members: GraphQLInputFieldConfigMap = {};
      for (const [field, node] of Object.entries(fields)) {
        const type = this.input(node, memberTypeName(stem, field));
        const needed = !partial && node.required && node.default === undefined;
        members[field] = { type: needed ? new GraphQLNonNull(type) : type, description: describe(node) };
      }
      return new GraphQLInputObjectType({ name, fields: members });
    });
  }

  /** Operators on a value as members of an input. */
  operators(node: FieldJson, operators: readonly string[], name: string): GraphQLInputFieldConfigMap {
    const value = operators.includes('eq') ? this.input(node, name) : undefined;
    const many = value && new GraphQLList(new GraphQLNonNull(value as GraphQLScalarType));
    const typeOf = (operator: string): GraphQLInputType => {
      if (operator === 'null') return GraphQLBoolean;
      return operator === 'in' || operator === 'nin' || operator === 'between' ? many! : value!;
    };
    return Object.fromEntries(operators.map(operator => [operator, { type: typeOf(operator) }]));
  }

  /** A condition on one value; values of a kind share it. */
  condition(node: FieldJson, name: string): GraphQLInputObjectType {
    const operators = operatorsOf(node);
    const value = operators.includes('eq') ? this.input(node, name) : undefined;
    const own = node.kind === 'enum' ? name : value && 'name' in value ? value.name : 'Presence';
    const stem = operators.includes('contains') ? 'Text' : own;
    // A scalar's name has no underscore, a type of the manifests' always has one.
    const full = stem === name ? `${stem}_Condition` : `${stem}Condition`;
    return this.once(full, () => {
      return new GraphQLInputObjectType({ name: full, fields: this.operators(node, operators, name) });
    });
  }

  #enum(values: readonly string[], name: string): GraphQLEnumType {
    return this.once(name, () => {
      const entries = [...enumNames(values)].map(([value, named]) => [named, { value }] as const);
      return new GraphQLEnumType({ name, values: Object.fromEntries(entries) });
    });
  }
}
