/** The named types of a Python client: records, inputs, filters and what they are made of. */
import type { FieldJson, FieldsJson } from '../../schemas/module/index.ts';
import { Names, pascal } from '../openapi/naming.ts';
import { type Condition, comparableMembers, conditionsOf, operatorsOf } from '../openapi/query-surface.ts';
import type { EntitySurface, Surface } from '../openapi/surface.ts';
import { pythonCore } from './python-core.ts';
import { quote } from './python-words.ts';

export class PythonTypes {
  /** Definitions in the order of the file. */
  readonly parts: string[] = [];
  readonly names = new Names(
    [...pythonCore.matchAll(/^(?:class|def) (\w+)/gm)].map(match => match[1]!).concat('InlayClient', 'ErrorCode'),
  );
  /** Filters by entity, named before they are written, since they name each other. */
  readonly #filters = new Map<EntitySurface, string>();

  constructor(surface: Surface) {
    for (const entity of surface.modules.flatMap(({ entities }) => entities)) {
      this.#filters.set(entity, this.names.take(`${pascal(entity.module.name)}${pascal(entity.entity.name)}Filter`));
    }
  }

  literal(name: string, values: Iterable<string>): string {
    const taken = this.names.take(name);
    this.parts.push(`${taken} = Literal[${[...values].map(quote).join(', ')}]`);
    return taken;
  }

  values(name: string, values: ReadonlyMap<string, FieldJson>): string {
    const taken = this.names.take(name);
    const members = [...values].map(([value, node]) => {
      const type = node.kind === 'json' ? 'float' : this.type(node, taken + pascal(value), 'output');
      return `    ${quote(value)}: ${node.required ? type : `Optional[${type}]`},`;
    });
    this.parts.push(`${taken} = TypedDict(${quote(taken)}, {\n${members.join('\n')}\n}, total=False)`);
    return taken;
  }

  filter(surface: EntitySurface): string {
    const filter = this.#filters.get(surface)!;
    const conditions = conditionsOf(surface).map(condition => [condition.name, this.#condition(condition)] as const);
    const nested = [
      ['and', `List[${quote(filter)}]`],
      ['or', `List[${quote(filter)}]`],
      ['not', quote(filter)],
    ] as const;
    const members = [...conditions, ...nested].map(([name, type]) => `    ${quote(name)}: ${type},`);
    this.parts.push(`${filter} = TypedDict(${quote(filter)}, {\n${members.join('\n')}\n}, total=False)`);
    return filter;
  }

  /** Conditions of the same shape are written once. */
  readonly #conditions = new Map<string, string>();
  #shape(members: readonly (readonly [string, string])[]): string {
    const text = members.map(([name, type]) => `    ${quote(name)}: ${type},`).join('\n');
    const known = this.#conditions.get(text);
    if (known) return known;
    const name = this.names.take('Condition');
    this.parts.push(`${name} = TypedDict(${quote(name)}, {\n${text}\n}, total=False)`);
    this.#conditions.set(text, name);
    return name;
  }

  #condition({ node, operators, elements, relation }: Condition): string {
    const inner = [
      ...(relation ? [quote(this.#filters.get(relation.target)!)] : []),
      ...(elements ? [this.#elements(elements)] : []),
    ];
    const quantified = inner.length > 1 ? `Union[${inner.join(', ')}]` : inner[0];
    return this.#shape([
      ...(node ? this.#comparisons(node, operators) : []),
      ...(quantified ? (['some', 'every'] as const).map(name => [name, quantified] as const) : []),
    ]);
  }

  #elements(elements: FieldJson): string {
    const members = comparableMembers(elements);
    if (!members) return this.#shape(this.#comparisons(elements, operatorsOf(elements)));
    return this.#shape(
      Object.entries(members).map(([name, node]) => [name, this.#shape(this.#comparisons(node, operatorsOf(node)))]),
    );
  }

  #comparisons(node: FieldJson, operators: readonly string[]): (readonly [string, string])[] {
    const value = operators.includes('eq') ? this.type(node, '', 'output') : 'Any';
    const typeOf = (operator: string) => {
      if (operator === 'null') return 'bool';
      return ['in', 'nin', 'between'].includes(operator) ? `List[${value}]` : value;
    };
    return operators.map(operator => [operator, typeOf(operator)]);
  }

  /** A TypedDict in its functional form, since a member may be a keyword such as `from`. */
  dict(name: string, fields: FieldsJson, direction: 'input' | 'output' | 'patch'): string {
    const members = Object.entries(fields).map(([field, node]) => {
      const type = this.type(node, name + pascal(field), direction === 'patch' ? 'input' : direction);
      const nullable = node.required ? type : `Optional[${type}]`;
      const optional =
        direction === 'patch' || (direction === 'input' && (!node.required || node.default !== undefined));
      return `    ${quote(field)}: ${optional ? `NotRequired[${nullable}]` : nullable},`;
    });
    this.parts.push(`${name} = TypedDict(${quote(name)}, {${members.length > 0 ? `\n${members.join('\n')}\n` : ''}})`);
    return name;
  }

  type(node: FieldJson, name: string, direction: 'input' | 'output'): string {
    if (node.translated) return 'Union[str, Dict[str, str]]';
    switch (node.kind) {
      case 'geo':
        return 'Dict[str, float]';
      case 'address':
        return 'Dict[str, Optional[str]]';
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
        return 'str';
      case 'int':
      case 'duration':
        return 'int';
      case 'bool':
        return 'bool';
      case 'money':
        return 'Money';
      case 'enum':
        return `Literal[${node.values.map(quote).join(', ')}]`;
      case 'list':
        return `List[${this.type(node.of, name, direction)}]`;
      case 'object':
        return this.dict(this.names.take(name), node.fields, direction);
      default:
        return 'Any';
    }
  }
}
