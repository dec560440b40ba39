/** Bounds on a query, judged before anything runs: size, depth, aliases, fragment cycles, cost. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { refusal } from './errors.ts';
import { itemsOf } from './items.ts';

type Maybe<T> = T | null | undefined;
type Variables = Readonly<Record<string, unknown>>;

/** `characters` and `tokens` of a document, `cost` in fields returned. */
export const graphqlLimits = { characters: 65_536, tokens: 4_000, depth: 8, aliases: 30, cost: 10_000 } as const;
/** How many items a list is taken to have. */
const listWeight = 10;

/** The introspection query of the usual tools is 13 deep and bounded by the schema, so its parts count no depth. */
const isIntrospection = (field: FieldNode): boolean => field.name.value.startsWith('__');

interface Walk {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Depth below each fragment that was walked already. */
  readonly depths: Map<string, number>;
  aliases: number;
}

/** Throws a refusal. Each fragment is walked once, so the work is linear in the document. */
export function checkShape(document: DocumentNode): void {
  const fragments = fragmentsOf(document);
  const walk: Walk = { fragments, depths: new Map(), aliases: 0 };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragmentDepth(definition.name.value, walk, new Set());
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const depth = depthOf(definition.selectionSet, walk, new Set());
    if (depth > graphqlLimits.depth) {
      throw refusal('QUERY_TOO_DEEP', `A query is at most ${graphqlLimits.depth} levels deep`);
    }
  }
}

function depthOf(set: SelectionSetNode, walk: Walk, path: ReadonlySet<string>): number {
  let deepest = 0;
  for (const node of set.selections) {
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      deepest = Math.max(deepest, fragmentDepth(node.name.value, walk, path));
      continue;
    }
    if (node.kind === Kind.INLINE_FRAGMENT) {
      deepest = Math.max(deepest, depthOf(node.selectionSet, walk, path));
      continue;
    }
    if (node.alias && ++walk.aliases > graphqlLimits.aliases) {
      throw refusal('TOO_MANY_ALIASES', `A query has at most ${graphqlLimits.aliases} aliases`);
    }
    const below = node.selectionSet && !isIntrospection(node) ? depthOf(node.selectionSet, walk, path) : 0;
    deepest = Math.max(deepest, 1 + below);
  }
  return deepest;
}

function fragmentDepth(name: string, walk: Walk, path: ReadonlySet<string>): number {
  if (path.has(name)) throw refusal('FRAGMENT_CYCLE', `Fragment "${name}" contains itself`);
  const known = walk.depths.get(name);
  if (known !== undefined) return known;
  const fragment = walk.fragments.get(name);
  // Validation names an unknown fragment better than a bound could.
  if (!fragment) return 0;
  const depth = depthOf(fragment.selectionSet, walk, new Set([...path, name]));
  walk.depths.set(name, depth);
  return depth;
}

/**
 * Throws a refusal when the fields that the operation could return pass the bound: a field counts as many times as it says
 * that it has items, any other list ten times.
 */
export function checkCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Variables,
): void {
  const operation = getOperationAST(document, operationName);
  if (!operation) return;
  // As the operation will have them: checked, with the defaults of those that were left out. What is wrong never runs.
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (!coerced) return;
  const fragments = fragmentsOf(document);
  const known = new Map<string, number>();
  const costOf = (set: SelectionSetNode, parent: Maybe<GraphQLNamedType>): number =>
    set.selections.reduce((sum, node) => sum + selectionCost(node, parent), 0);
  const selectionCost = (node: SelectionNode, parent: Maybe<GraphQLNamedType>): number => {
    if (node.kind === Kind.FIELD) return fieldCost(node, parent);
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
    if (!fragment) return 0;
    const on = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent;
    if (node.kind === Kind.INLINE_FRAGMENT) return costOf(fragment.selectionSet, on);
    const name = node.name.value;
    const cost = known.get(name) ?? costOf(fragment.selectionSet, on);
    known.set(name, cost);
    return cost;
  };
  const fieldCost = (node: FieldNode, parent: Maybe<GraphQLNamedType>): number => {
    if (isIntrospection(node)) return 0;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    const below = node.selectionSet ? costOf(node.selectionSet, field && getNamedType(field.type)) : 0;
    return 1 + (field ? multiplier(node, field, coerced) : 1) * below;
  };
  const cost = costOf(operation.selectionSet, schema.getRootType(operation.operation));
  if (cost > graphqlLimits.cost) {
    const detail = `This query costs ${cost}; at most ${graphqlLimits.cost} is allowed. Ask for smaller pages`;
    throw refusal('QUERY_TOO_COSTLY', detail);
  }
}

function multiplier(node: FieldNode, field: GraphQLField<unknown, unknown>, variables: Variables): number {
  const isList = isListType(getNullableType(field.type));
  const items = itemsOf(field)?.(argumentsOf(node, field, variables));
  if (items === undefined) return isList ? listWeight : 1;
  // A page's own list of edges or nodes counts beside it, so the page itself counts a tenth.
  return isList ? items : items / listWeight;
}

/** A field whose arguments are wrong answers with that alone. */
function argumentsOf(node: FieldNode, field: GraphQLField<unknown, unknown>, variables: Variables): Variables {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return {};
  }
}

const fragmentsOf = (document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    document.definitions.flatMap(definition =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
