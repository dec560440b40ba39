/** Writes a TypeScript client for one surface: one file without dependencies. */
import type { FieldJson, FieldsJson } from '../../schemas/module/index.ts';
import { camel, Names, pascal } from '../openapi/naming.ts';
import {
  type Condition,
  comparableMembers,
  conditionsOf,
  groupsOf,
  includable,
  measuresOf,
  operatorsOf,
  sortable,
} from '../openapi/query-surface.ts';
import { type StepKind, stepKinds } from '../openapi/steps.ts';
import { type ActionSurface, type EntitySurface, keyOf, type ModuleSurface, type Surface } from '../openapi/surface.ts';
import { errorCodes } from './error-codes.ts';
import { typescriptCore } from './typescript-core.ts';
import { typescriptVerbs } from './typescript-verbs.ts';

const fixed = `${typescriptCore.trim()}\n\n${typescriptVerbs.trim()}`;

/** Names that the fixed half has taken. */
const reserved = [...fixed.matchAll(/^(?:export )?(?:interface|class|type|const|async function|function) (\w+)/gm)].map(
  match => match[1]!,
);

export function typescriptClient(surface: Surface, url: string): string {
  const names = new Names([...reserved, 'ErrorCode', 'Included', 'SearchedEntity', 'createClient', 'InlayClient']);
  const modules = new Names(['search']);
  const types: string[] = [];
  const entities = surface.modules.flatMap(module => module.entities);
  const named = new Map(entities.map(entity => [entity, namesOf(entity, names)]));
  const members = surface.modules.map(module =>
    moduleMember(module, names, named, modules.take(camel(module.module.name)), types),
  );
  const included = entities
    .filter(({ readable }) => readable)
    .map(
      entity => `  readonly ${quote(keyOf(entity))}?: Readonly<Record<string, ${named.get(entity)!.record} | null>>;`,
    );
  types.push(
    `/** By entity, then by id; null for a record that the credential may not read. */\nexport interface Included ${block(included)}`,
  );
  const searched = entities.filter(({ searchable }) => searchable).map(entity => quote(keyOf(entity)));
  if (searched.length > 0) {
    types.push(`export type SearchedEntity = ${searched.join(' | ')};`);
    members.push('    search: searches<SearchedEntity>(transport),');
  }
  const codes = errorCodes(surface).map(code => quote(code));
  const own = [
    ...types,
    '/** Calls throw an InlayError whose code says why. */',
    `export function createClient(options: ClientOptions) {\n  const transport = new Transport(options);\n  return {\n${members.join('\n')}\n  };\n}`,
    'export type InlayClient = ReturnType<typeof createClient>;',
    '',
  ].join('\n\n');
  return [
    '/** The Inlay API as one credential may use it. Generated: ask for it again after a module was installed or updated. */',
    `const DEFAULT_URL = ${quote(url)};`,
    `export type ErrorCode = ${codes.join(' | ')};`,
    coreFor(own),
    own,
  ].join('\n\n');
}

/** The fixed half without the helpers that nothing calls: strict projects refuse unused names. */
function coreFor(own: string): string {
  let blocks = fixed.split('\n\n');
  for (let left = 0; left !== blocks.length; ) {
    left = blocks.length;
    blocks = blocks.filter((block, index) => {
      const name = /^(?:const|function) (\w+)/.exec(block)?.[1];
      const others = () => [own, ...blocks.filter((_other, at) => at !== index)];
      return !name || others().some(text => new RegExp(`\\b${name}[<(]`).test(text));
    });
  }
  return blocks.join('\n\n');
}

/** Type names of one entity. */
interface EntityTypes {
  readonly record: string;
  readonly conditions: string;
  readonly sort: string;
}

function namesOf({ module, entity }: EntitySurface, names: Names): EntityTypes {
  const stem = pascal(module.name) + pascal(entity.name);
  return { record: names.take(stem), conditions: names.take(`${stem}Conditions`), sort: names.take(`${stem}Sort`) };
}

type Named = ReadonlyMap<EntitySurface, EntityTypes>;

function moduleMember(
  { entities, actions }: ModuleSurface,
  names: Names,
  named: Named,
  name: string,
  types: string[],
): string {
  const members = new Names(['actions']);
  const lines = entities.map(
    entity => `      ${key(members.take(entity.entity.name))}: ${entityMember(entity, names, named, types)},`,
  );
  const verbs = actions.map(action => `        ${action.action.name}: ${actionMember(action, names, types)},`);
  if (verbs.length > 0) lines.push(`      actions: {\n${verbs.join('\n')}\n      },`);
  return `    ${name}: {\n${lines.join('\n')}\n    },`;
}

const verbs =
  'list query all get getWith exportCsv aggregate history create update delete restore bulk importRows undoImport';

function entityMember(surface: EntitySurface, names: Names, named: Named, types: string[]): string {
  const { module, entity, path, builtIns, shown, creatable, updatable, transitions } = surface;
  const stem = pascal(module.name) + pascal(entity.name);
  const { record, conditions, sort } = named.get(surface)!;
  const at = quote(path);
  const beyond = 'deletedAt' in builtIns ? { deletedAt: builtIns['deletedAt']!, ...shown } : shown;
  types.push(`${comment(entity.json.label)}export interface ${record} extends RecordBase ${shape(beyond, 'output')}`);
  const lines: string[] = [];
  if (surface.readable) {
    const measures = names.take(`${stem}Measures`);
    const groups = names.take(`${stem}Groups`);
    const include = includable(surface).map(quote).join(' | ') || 'never';
    types.push(`export interface ${conditions} ${block(conditionLines(surface, named))}`);
    types.push(`export type ${sort} = ${sortable(surface).map(quote).join(' | ')};`);
    types.push(`export interface ${measures} ${valueBlock(measuresOf(surface))}`);
    types.push(`export interface ${groups} ${valueBlock(groupsOf(surface))}`);
    lines.push(`...reads<${record}, ${conditions}, ${sort}, ${include}>(transport, ${at}),`);
    if (surface.historical) lines.push(`history: histories(transport, ${at}),`);
    lines.push(`aggregate: aggregates<${conditions}, ${measures}, ${groups}>(transport, ${at}),`);
  }
  const input = creatable ? names.take(`${stem}Create`) : undefined;
  if (input) {
    types.push(`export interface ${input} ${shape(creatable!, 'input')}`);
    lines.push(`create: creates<${input}, ${record}>(transport, ${at}),`);
    if (surface.readable) lines.push(`...imports(transport, ${at}),`);
  }
  const update = updatable ? names.take(`${stem}Update`) : undefined;
  if (update) {
    types.push(`export interface ${update} ${shape(updatable!, 'patch')}`);
    lines.push(`update: updates<${update}, ${record}>(transport, ${at}),`);
  }
  if (surface.deletable) lines.push(`delete: removes(transport, ${at}),`);
  if (surface.restorable) lines.push(`restore: restores<${record}>(transport, ${at}),`);
  const operations = operationTypes(surface, input, update);
  if (operations.length > 0) {
    const operation = names.take(`${stem}Operation`);
    types.push(`export type ${operation} =\n${operations.map(type => `  | ${type}`).join('\n')};`);
    lines.push(`bulk: bulks<${operation}, ${record}>(transport, ${at}),`);
  }
  const taken = new Names(verbs.split(' '));
  for (const [name, { askReason }] of Object.entries(transitions)) {
    const verb = askReason === 'required' ? 'explainedSteps' : 'steps';
    const type = stepType(update, askReason) ?? 'Record<string, never>';
    lines.push(`${taken.take(name)}: ${verb}<${type}, ${record}>(transport, ${at}, ${quote(name)}),`);
  }
  return `{\n${lines.map(line => `        ${line}`).join('\n')}\n      }`;
}

/** What a step takes; undefined for nothing. */
function stepType(update: string | undefined, askReason: StepKind['askReason']): string | undefined {
  const reason = askReason && `{ readonly reason${askReason === 'required' ? '' : '?'}: string }`;
  return update && reason ? `${update} & ${reason}` : (update ?? reason);
}

/** The operations that a bulk request may hold. */
function operationTypes(surface: EntitySurface, input: string | undefined, update: string | undefined): string[] {
  const type = (op: string, members: string) => `{ readonly op: ${quote(op)}; ${members} }`;
  const target = 'readonly id: string; readonly rev?: number;';
  const step = ({ names, askReason }: StepKind) => {
    const of = stepType(update, askReason);
    const data = of ? ` readonly data${askReason === 'required' ? '' : '?'}: ${of};` : '';
    return type('transition', `${target} readonly transition: ${names.map(quote).join(' | ')};${data}`);
  };
  return [
    ...(input ? [type('create', `readonly data: ${input}`)] : []),
    ...(update ? [type('update', `${target} readonly data: ${update}`)] : []),
    ...(surface.deletable ? [type('delete', target)] : []),
    ...stepKinds(surface).map(step),
  ];
}

function actionMember({ module, action, path }: ActionSurface, names: Names, types: string[]): string {
  const stem = pascal(module.name) + pascal(action.name);
  const input = names.take(`${stem}Input`);
  const output = names.take(`${stem}Output`);
  const { json } = action;
  types.push(`${comment(json.description)}export interface ${input} ${shape(json.input, 'input')}`);
  types.push(`export interface ${output} ${shape(json.output ?? {}, 'output')}`);
  return `acts<${input}, ${output}>(transport, ${quote(path)}, ${json.effect === 'write'})`;
}

type Direction = 'input' | 'output' | 'patch';

function shape(fields: FieldsJson, direction: Direction): string {
  const lines = Object.entries(fields).map(([name, node]) => {
    const optional = direction === 'patch' || (direction === 'input' && (!node.required || node.default !== undefined));
    const type = typeOf(node, direction);
    const nullable = node.required ? type : `${type} | null`;
    return `${comment([node.label, node.help].filter(Boolean).join('. '), '  ')}  readonly ${key(name)}${optional ? '?' : ''}: ${nullable};`;
  });
  return lines.length > 0 ? `{\n${lines.join('\n')}\n}` : '{}';
}

function typeOf(node: FieldJson, direction: Direction): string {
  if (node.translated) return 'string | Readonly<Record<string, string>>';
  switch (node.kind) {
    case 'geo':
      return '{ readonly lat: number; readonly lng: number }';
    case 'address':
      return '{ readonly line1: string; readonly line2?: string | null; readonly city: string; readonly region?: string | null; readonly postalCode?: string | null; readonly country: string }';
    case 'file':
    case 'sequence':
    case 'text':
    case 'richText':
    case 'decimal':
    case 'date':
    case 'instant':
    case 'localTime':
    case 'zone':
    case 'ref':
      return 'string';
    case 'int':
    case 'duration':
      return 'number';
    case 'bool':
      return 'boolean';
    case 'money':
      return 'Money';
    case 'enum':
      return node.values.map(quote).join(' | ');
    case 'list': {
      const item = typeOf(node.of, direction);
      return `readonly ${/^\w+$/.test(item) ? item : `(${item})`}[]`;
    }
    case 'object':
      return shape(node.fields, direction === 'patch' ? 'input' : direction).replaceAll(/\n\s*/g, ' ');
    default:
      return 'unknown';
  }
}

const block = (lines: readonly string[]): string => (lines.length > 0 ? `{\n${lines.join('\n')}\n}` : '{}');

const valueBlock = (values: ReadonlyMap<string, FieldJson>): string =>
  block(
    [...values].map(([name, node]) => {
      const type = node.kind === 'json' ? 'number' : typeOf(node, 'output');
      return `  readonly ${key(name)}: ${type}${node.required ? '' : ' | null'};`;
    }),
  );

const conditionLines = (surface: EntitySurface, named: Named): string[] =>
  conditionsOf(surface).map(condition => `  readonly ${key(condition.name)}: ${conditionType(condition, named)};`);

function conditionType({ node, operators, elements, relation }: Condition, named: Named): string {
  const own = node ? comparisonType(node, operators) : '';
  const inner = [
    ...(relation ? [`Filter<${named.get(relation.target)!.conditions}>`] : []),
    ...(elements ? [elementType(elements)] : []),
  ];
  const quantified =
    relation && !elements ? `Related<${named.get(relation.target)!.conditions}>` : `Quantified<${inner.join(' | ')}>`;
  return [own, ...(inner.length > 0 ? [quantified] : [])].filter(Boolean).join(' & ');
}

function comparisonType(node: FieldJson, operators: readonly string[]): string {
  if (operators.includes('contains')) return 'TextComparison';
  return operators.includes('eq') ? `Comparison<${typeOf(node, 'output')}>` : 'Presence';
}

function elementType(elements: FieldJson): string {
  const members = comparableMembers(elements);
  if (!members) return comparisonType(elements, operatorsOf(elements));
  const lines = Object.entries(members).map(
    ([name, node]) => `readonly ${key(name)}?: ${comparisonType(node, operatorsOf(node))}`,
  );
  return `{ ${lines.join('; ')} }`;
}

/** A member's name, in quotes where it is more than a word. */
const key = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : quote(name));

/** JSON's strings are TypeScript's. */
const quote = (text: string): string => JSON.stringify(text);

/** A manifest's words must not end the comment. */
function comment(text: string | undefined, indent = ''): string {
  return text ? `${indent}/** ${text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')} */\n` : '';
}
