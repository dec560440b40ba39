/** The filter AST as GraphQL inputs, and a filter that came in them as REST writes it. */
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
} from 'graphql';
import type { FieldJson } from '../../schemas/module/index.ts';
import { type Condition, comparableMembers, conditionsOf, moneyParts, sortable } from '../openapi/query-surface.ts';
import { type EntitySurface, keyOf } from '../openapi/surface.ts';
import { recordId } from './global-id.ts';
import { enumNames, memberTypeName, reverseNames, typeName } from './names.ts';
import type { TypeBuilder } from './type-builder.ts';

type Members = Readonly<Record<string, { readonly type: GraphQLInputType }>>;

/** What stands under each name of an entity's filter; money's parts are members of it. */
function named(surface: EntitySurface): readonly (readonly [string, Condition])[] {
  const reverse = reverseNames(surface);
  return conditionsOf(surface).flatMap(condition => {
    if (condition.name.includes('.') && condition.relation === undefined) return [];
    const name = condition.relation?.kind === 'reverse' ? reverse.get(condition.relation)! : condition.name;
    return [[name, condition] as const];
  });
}

export class FilterTypes {
  readonly #build: TypeBuilder;

  constructor(build: TypeBuilder) {
    this.#build = build;
  }

  of(surface: EntitySurface): GraphQLInputObjectType {
    const name = typeName(surface);
    return this.#input(`${name}_Filter`, () => {
      const self = { type: this.of(surface) };
      const many = { type: new GraphQLList(new GraphQLNonNull(self.type)) };
      const conditions = named(surface).map(([field, condition]) => [
        field,
        { type: this.#condition(condition, memberTypeName(name, field)) },
      ]);
      return { ...Object.fromEntries(conditions), and: many, or: many, not: self };
    });
  }

  /** `start_ASC`, `author_name_DESC`. */
  sort(surface: EntitySurface): GraphQLEnumType {
    const name = `${typeName(surface)}_Sort`;
    return this.#build.once(name, () => {
      const entries = [...enumNames(sortable(surface))].flatMap(([order, stem]) => [
        [`${stem}_ASC`, { value: order }] as const,
        [`${stem}_DESC`, { value: `-${order}` }] as const,
      ]);
      return new GraphQLEnumType({ name, values: Object.fromEntries(entries) });
    });
  }

  #input(name: string, members: () => Members): GraphQLInputObjectType {
    return this.#build.once(name, () => new GraphQLInputObjectType({ name, fields: members }));
  }

  #condition({ node, operators, elements, relation }: Condition, name: string): GraphQLInputObjectType {
    if (relation) {
      const filter = { type: this.of(relation.target) };
      const inner = { some: filter, every: filter };
      const target = typeName(relation.target);
      if (relation.kind === 'one') {
        return this.#input(`${target}_Reference`, () => ({
          ...this.#build.operators(node!, operators, name),
          ...inner,
        }));
      }
      const absent: Members = relation.kind === 'list' ? { null: { type: GraphQLBoolean } } : {};
      return this.#input(`${target}_${relation.kind === 'list' ? 'List' : 'Records'}`, () => ({ ...absent, ...inner }));
    }
    if (node?.kind === 'money') {
      return this.#input('MoneyCondition', () => ({
        null: { type: GraphQLBoolean },
        ...Object.fromEntries(
          Object.entries(moneyParts).map(([part, value]) => [part, { type: this.#build.condition(value, part) }]),
        ),
      }));
    }
    if (!elements) return this.#build.condition(node!, name);
    const element = { type: this.#elements(elements, name) };
    return this.#input(`${name}_Elements`, () => ({ null: { type: GraphQLBoolean }, some: element, every: element }));
  }

  #elements(elements: FieldJson, name: string): GraphQLInputObjectType {
    const members = comparableMembers(elements);
    if (!members) return this.#build.condition(elements, name);
    return this.#input(`${name}_Members`, () =>
      Object.fromEntries(
        Object.entries(members).map(([member, node]) => [
          member,
          { type: this.#build.condition(node, memberTypeName(name, member)) },
        ]),
      ),
    );
  }
}

type Node = Readonly<Record<string, unknown>>;

/** The filter in REST's words: ids are records' own, related records go by the names of their references. */
export function restFilter(surface: EntitySurface, filter: Node): Node {
  const conditions = new Map(named(surface));
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(filter)) {
    if (value == null) continue;
    if (name === 'and' || name === 'or') {
      result[name] = (value as readonly Node[]).map(child => restFilter(surface, child));
      continue;
    }
    if (name === 'not') {
      result['not'] = restFilter(surface, value as Node);
      continue;
    }
    const condition = conditions.get(name)!;
    const key = condition.name;
    for (const [operator, operand] of Object.entries(value as Node)) {
      if (operand == null) continue;
      const isPart = condition.node?.kind === 'money' && operator in moneyParts;
      if (isPart) result[`${key}.${operator}`] = operand;
      else result[key] = { ...(result[key] as Node), [operator]: operandOf(surface, condition, operator, operand) };
    }
  }
  return result;
}

function operandOf(surface: EntitySurface, { name, relation }: Condition, operator: string, operand: unknown): unknown {
  if (relation && (operator === 'some' || operator === 'every')) return restFilter(relation.target, operand as Node);
  const entity = relation ? keyOf(relation.target) : name === 'id' ? keyOf(surface) : undefined;
  if (!entity) return operand;
  const own = (value: unknown) => (typeof value === 'string' ? recordId(value, entity) : value);
  return Array.isArray(operand) ? operand.map(own) : own(operand);
}
