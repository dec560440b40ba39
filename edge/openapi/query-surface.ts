/** What a query of one entity may ask: its conditions, orders, includes, groups and measures, as the engine takes them. */
import type { FieldJson, FieldsJson } from '../../schemas/module/index.ts';
import { grouped, ordered, summed } from '../engine/query/measures.ts';
import { units } from '../engine/query/zone-sql.ts';
import type { EntitySurface, Relation } from './surface.ts';

/** What a filter may say under one name. */
export interface Condition {
  /** `price.amount`, `loan:book`. */
  readonly name: string;
  /** The value that is compared; undefined for the records that point here. */
  readonly node: FieldJson | undefined;
  readonly operators: readonly string[];
  /** What `some` and `every` compare of a list: each element, or members of it. */
  readonly elements: FieldJson | undefined;
  /** Where `some` and `every` take a filter of other records. */
  readonly relation: Relation | undefined;
}

const comparisons = ['eq', 'ne', 'in', 'nin', 'gt', 'gte', 'lt', 'lte', 'null', 'between'];

/** The operators that a value of the kind takes; empty for what is not looked for. */
export function operatorsOf(node: FieldJson): readonly string[] {
  if (node.encrypted || node.translated) return [];
  switch (node.kind) {
    case 'text':
    case 'richText':
      return [...comparisons, 'contains', 'startsWith'];
    case 'int':
    case 'duration':
    case 'decimal':
    case 'bool':
    case 'date':
    case 'instant':
    case 'localTime':
    case 'zone':
    case 'enum':
    case 'ref':
    case 'sequence':
      return comparisons;
    case 'geo':
    case 'address':
      return [];
    default:
      return ['null'];
  }
}

/** Money's parts, each as a field of its own. */
export const moneyParts: FieldsJson = {
  amount: { kind: 'int', required: true },
  currency: { kind: 'text', required: true },
};

/** Members of a list's elements that can be looked for. */
export const comparableMembers = (elements: FieldJson): FieldsJson | undefined =>
  elements.kind === 'object'
    ? Object.fromEntries(
        Object.entries(elements.fields).filter(([, node]) => !node.hidden && operatorsOf(node).length > 1),
      )
    : undefined;

const fieldsOf = ({ builtIns, shown }: EntitySurface): readonly [string, FieldJson][] =>
  Object.entries({ ...builtIns, ...shown });

/** Every name that a filter may have, in the order of the fields. */
export function conditionsOf(surface: EntitySurface): readonly Condition[] {
  const relations = new Map(surface.relations.map(relation => [relation.name, relation]));
  const own = fieldsOf(surface).flatMap(([name, node]): Condition[] => {
    const operators = operatorsOf(node);
    if (operators.length === 0) return [];
    const relation = relations.get(name);
    const elements = node.kind === 'list' && isComparable(node.of) ? node.of : undefined;
    const parts = node.kind === 'money' ? Object.entries(moneyParts) : [];
    return [
      { name, node, operators, elements, relation },
      ...parts.map(([part, value]) => {
        const at = { name: `${name}.${part}`, node: value, operators: operatorsOf(value) };
        return { ...at, elements: undefined, relation: undefined };
      }),
    ];
  });
  const reverse = surface.relations.flatMap((relation): Condition[] =>
    relation.kind === 'reverse'
      ? [{ name: relation.name, node: undefined, operators: [], elements: undefined, relation }]
      : [],
  );
  return [...own, ...reverse];
}

function isComparable(element: FieldJson): boolean {
  const members = comparableMembers(element);
  return members ? Object.keys(members).length > 0 : operatorsOf(element).length > 1;
}

/** Names of values of the entity itself that have an order. */
const ownOrders = (surface: EntitySurface): readonly string[] =>
  conditionsOf(surface).flatMap(({ name, operators }) => (operators.includes('gt') ? [name] : []));

/** What a list may be sorted by: values of the record, and of those that it refers to. */
export const sortable = (surface: EntitySurface): readonly string[] => [
  ...ownOrders(surface),
  ...surface.relations.flatMap(({ kind, name, target }) =>
    kind === 'one' ? ownOrders(target).map(order => `${name}.${order}`) : [],
  ),
];

/** Paths that an include may take: at most two records deep. */
export function includable(surface: EntitySurface): readonly string[] {
  const steps = ({ relations }: EntitySurface) => relations.filter(({ kind }) => kind !== 'reverse');
  return steps(surface).flatMap(({ name, target }) => [name, ...steps(target).map(step => `${name}.${step.name}`)]);
}

/** The entities that an include can bring, by key. */
export function includedTargets(surface: EntitySurface): ReadonlyMap<string, EntitySurface> {
  const found = new Map<string, EntitySurface>();
  const go = (from: EntitySurface, depth: number): void => {
    for (const { kind, target } of from.relations) {
      if (kind === 'reverse') continue;
      found.set(`${target.module.name}.${target.entity.name}`, target);
      if (depth < 2) go(target, depth + 1);
    }
  };
  go(surface, 1);
  return found;
}

/** `count`, `sum(price)` and the like, each with the kind of its value. */
export function measuresOf(surface: EntitySurface): ReadonlyMap<string, FieldJson> {
  const count: FieldJson = { kind: 'int', required: true };
  const measures = new Map<string, FieldJson>([['count', count]]);
  for (const [name, node] of fieldsOf(surface)) {
    const { kind } = node;
    if (operatorsOf(node).length === 0) continue;
    const optional: FieldJson = { ...node, required: false };
    if (summed.has(kind)) {
      measures.set(`sum(${name})`, optional);
      const exact = kind === 'money' || kind === 'decimal';
      measures.set(`avg(${name})`, exact ? optional : { kind: 'json', required: false });
    }
    if (ordered.has(kind)) for (const how of ['min', 'max']) measures.set(`${how}(${name})`, optional);
    if (grouped.has(kind)) measures.set(`distinct(${name})`, count);
  }
  return measures;
}

/** Fields and calendar units of fields that an aggregate may group by; a unit may name a time zone after its field. */
export function groupsOf(surface: EntitySurface): ReadonlyMap<string, FieldJson> {
  const groups = new Map<string, FieldJson>();
  for (const [name, node] of fieldsOf(surface)) {
    if (operatorsOf(node).length === 0) continue;
    if (grouped.has(node.kind)) groups.set(name, { ...node, required: false });
    if (node.kind !== 'instant' && node.kind !== 'date') continue;
    for (const unit of units) {
      if (unit !== 'hour' || node.kind === 'instant') groups.set(`${unit}(${name})`, { kind: 'text', required: false });
    }
  }
  return groups;
}
