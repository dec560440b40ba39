/** Writes a TypeScript client for one surface: one file without dependencies. */
import type { FieldJson, FieldsJson } from '../../schemas/module/index.ts';
import { filterable, operatorsOf, sortable } from '../openapi/list-parameters.ts';
import { camel, Names, pascal } from '../openapi/naming.ts';
import type { ActionSurface, EntitySurface, ModuleSurface, Surface } from '../openapi/surface.ts';
import { errorCodes } from './error-codes.ts';
import { typescriptCore } from './typescript-core.ts';

/** Names that the fixed half has taken. */
const reserved = [
  ...typescriptCore.matchAll(/^(?:export )?(?:interface|class|type|const|async function|function) (\w+)/gm),
].map(match => match[1]!);

export function typescriptClient(surface: Surface, url: string): string {
  const names = new Names([...reserved, 'ErrorCode', 'createClient', 'InlayClient']);
  const modules = new Names();
  const types: string[] = [];
  const members = surface.modules.map(module =>
    moduleMember(module, names, modules.take(camel(module.module.name)), types),
  );
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
  let blocks = typescriptCore.trim().split('\n\n');
  for (let left = 0; left !== blocks.length; ) {
    left = blocks.length;
    blocks = blocks.filter((block, index) => {
      const name = /^(?:const|function) (\w+)/.exec(block)?.[1];
      const others = () => [own, ...blocks.filter((_other, at) => at !== index)];
      return !name || others().some(text => new RegExp(`\\b${name}\\b`).test(text));
    });
  }
  return blocks.join('\n\n');
}

function moduleMember({ entities, actions }: ModuleSurface, names: Names, name: string, types: string[]): string {
  const members = new Names(['actions']);
  const lines = entities.map(
    entity => `      ${members.take(entity.entity.name)}: ${entityMember(entity, names, types)},`,
  );
  const verbs = actions.map(action => `        ${action.action.name}: ${actionMember(action, names, types)},`);
  if (verbs.length > 0) lines.push(`      actions: {\n${verbs.join('\n')}\n      },`);
  return `    ${name}: {\n${lines.join('\n')}\n    },`;
}

function entityMember(surface: EntitySurface, names: Names, types: string[]): string {
  const { module, entity, path, shown, creatable, updatable, transitions } = surface;
  const stem = pascal(module.name) + pascal(entity.name);
  const record = names.take(stem);
  const at = quote(path);
  types.push(`${comment(entity.json.label)}export interface ${record} extends RecordBase ${shape(shown, 'output')}`);
  const lines: string[] = [];
  if (surface.readable) {
    const conditions = names.take(`${stem}Conditions`);
    const sort = names.take(`${stem}Sort`);
    types.push(`export interface ${conditions} {\n${conditionsOf(surface)}\n}`);
    types.push(`export type ${sort} = ${sortable(surface).map(quote).join(' | ')};`);
    lines.push(`...reads<${record}, ${conditions}, ${sort}>(transport, ${at}),`);
  }
  if (creatable) {
    const input = names.take(`${stem}Create`);
    types.push(`export interface ${input} ${shape(creatable, 'input')}`);
    lines.push(`create: creates<${input}, ${record}>(transport, ${at}),`);
  }
  const update = updatable ? names.take(`${stem}Update`) : undefined;
  if (update) {
    types.push(`export interface ${update} ${shape(updatable!, 'patch')}`);
    lines.push(`update: updates<${update}, ${record}>(transport, ${at}),`);
  }
  if (surface.deletable) lines.push(`delete: removes(transport, ${at}),`);
  const taken = new Names(['list', 'all', 'get', 'create', 'update', 'delete']);
  for (const name of Object.keys(transitions)) {
    const type = update ?? 'Record<string, never>';
    lines.push(`${taken.take(name)}: steps<${type}, ${record}>(transport, ${at}, ${quote(name)}),`);
  }
  return `{\n${lines.map(line => `        ${line}`).join('\n')}\n      }`;
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
    return `${comment([node.label, node.help].filter(Boolean).join('. '), '  ')}  readonly ${name}${optional ? '?' : ''}: ${nullable};`;
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

function conditionsOf(surface: EntitySurface): string {
  const lines = Object.entries(filterable(surface)).map(([name, node]) => {
    const operators = operatorsOf(node);
    const type = operators.includes('contains')
      ? 'TextComparison'
      : operators.includes('eq')
        ? `Comparison<${typeOf(node, 'output')}>`
        : 'Presence';
    return `  readonly ${name}: ${type};`;
  });
  return lines.join('\n');
}

/** JSON's strings are TypeScript's. */
const quote = (text: string): string => JSON.stringify(text);

/** A manifest's words must not end the comment. */
function comment(text: string | undefined, indent = ''): string {
  return text ? `${indent}/** ${text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')} */\n` : '';
}
