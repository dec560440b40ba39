/** Writes a Python client for one surface: one file on the standard library of Python 3.11 or newer. */
import type { FieldJson, FieldsJson } from '../../schemas/module/index.ts';
import { filterable, operatorsOf, sortable } from '../openapi/list-parameters.ts';
import { Names, pascal } from '../openapi/naming.ts';
import type { ActionSurface, EntitySurface, ModuleSurface, Surface } from '../openapi/surface.ts';
import { errorCodes } from './error-codes.ts';
import { pythonCore } from './python-core.ts';

const keywords = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case type'.split(
    ' ',
  ),
);
const builtIns: FieldsJson = {
  id: { kind: 'text', required: true },
  createdAt: { kind: 'instant', required: true },
  updatedAt: { kind: 'instant', required: true },
  rev: { kind: 'int', required: true },
};

/** `timeOff` -> `time_off`, `guest-book` -> `guest_book`; a keyword gets an underscore. */
function snake(name: string): string {
  const word = name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`).replace(/[^a-z0-9_]/g, '_');
  return keywords.has(word) ? `${word}_` : word;
}

/** JSON's strings are Python's, but for what lies beyond the basic plane. */
const quote = (text: string): string => JSON.stringify(text);
const doc = (text: string | undefined, indent: string): string =>
  text ? `${indent}${quote(text.replaceAll(/\s+/g, ' '))}\n` : '';

export function pythonClient(surface: Surface, url: string): string {
  const writer = new PythonWriter();
  const modules = surface.modules.map(module => writer.module(module));
  const codes = errorCodes(surface).map(quote).join(', ');
  const client = [
    'class InlayClient:',
    '    """The API; calls raise InlayError, whose code says why."""',
    '',
    `    def __init__(self, credential: Credential, *, url: str = ${quote(url)}, retries: int = 3, timeout: float = 30.0) -> None:`,
    '        transport = Transport(credential, url, retries, timeout)',
    ...modules.map(({ name, type }) => `        self.${name} = ${type}(transport)`),
  ].join('\n');
  return [
    '"""The Inlay API as one credential may use it. Generated: ask for it again after a module was installed or updated."""',
    pythonCore.trim(),
    `ErrorCode = Literal[${codes}]`,
    ...writer.parts,
    `${client}\n`,
  ].join('\n\n\n');
}

class PythonWriter {
  readonly parts: string[] = [];
  readonly #names = new Names(
    [...pythonCore.matchAll(/^(?:class|def) (\w+)/gm)].map(match => match[1]!).concat('InlayClient', 'ErrorCode'),
  );
  readonly #modules = new Names();

  module({ module, entities, actions }: ModuleSurface): { readonly name: string; readonly type: string } {
    const type = this.#names.take(`${pascal(module.name)}Module`);
    const members = new Names(['actions']);
    const lines = entities.map(entity => {
      const resource = this.#entity(entity);
      return `        self.${members.take(snake(entity.entity.name))} = ${resource}(transport, ${quote(entity.path)})`;
    });
    if (actions.length > 0) {
      const verbs = this.#names.take(`${pascal(module.name)}Actions`);
      const methods = actions.map(action => this.#action(action));
      this.parts.push(
        `class ${verbs}:\n    def __init__(self, transport: Transport) -> None:\n        self._transport = transport\n\n${methods.join('\n\n')}`,
      );
      lines.push(`        self.actions = ${verbs}(transport)`);
    }
    this.parts.push(
      `class ${type}:\n${doc(module.manifest.description, '    ')}\n    def __init__(self, transport: Transport) -> None:\n${lines.join('\n')}`,
    );
    return { name: this.#modules.take(snake(module.name)), type };
  }

  #entity(surface: EntitySurface): string {
    const { module, entity, shown, creatable, updatable, transitions } = surface;
    const stem = pascal(module.name) + pascal(entity.name);
    const record = this.#dict(this.#names.take(stem), { ...builtIns, ...shown }, 'output');
    const methods: string[] = [];
    if (surface.readable) methods.push(...this.#reading(surface, stem, record));
    if (creatable) {
      const input = this.#dict(this.#names.take(`${stem}Create`), creatable, 'input');
      methods.push(`    def create(self, input: ${input}, *, idempotency_key: Optional[str] = None) -> ${record}:
        return self._write("POST", self._path, input, idempotency_key)`);
    }
    const update = updatable ? this.#dict(this.#names.take(`${stem}Update`), updatable, 'patch') : undefined;
    const options = 'if_match: Optional[int] = None, idempotency_key: Optional[str] = None';
    if (update) {
      methods.push(`    def update(self, record_id: str, input: ${update}, *, ${options}) -> ${record}:
        return self._write("PATCH", self._one(record_id), input, idempotency_key, if_match)`);
    }
    if (surface.deletable) {
      methods.push(`    def delete(self, record_id: str, *, ${options}) -> None:
        self._write("DELETE", self._one(record_id), None, idempotency_key, if_match)`);
    }
    const taken = new Names(['list', 'all', 'get', 'create', 'update', 'delete']);
    for (const name of Object.keys(transitions)) {
      const input = update ? `, input: Optional[${update}] = None` : '';
      methods.push(`    def ${taken.take(snake(name))}(self, record_id: str${input}, *, ${options}) -> ${record}:
        path = self._one(record_id) + ${quote(`/transitions/${name}`)}
        return self._write("POST", path, ${update ? 'input or {}' : '{}'}, idempotency_key, if_match)`);
    }
    const type = this.#names.take(`${stem}Resource`);
    this.parts.push(`class ${type}(Resource[${record}]):\n${doc(entity.json.label, '    ')}\n${methods.join('\n\n')}`);
    return type;
  }

  #reading(surface: EntitySurface, stem: string, record: string): string[] {
    const filter = this.#names.take(`${stem}Filter`);
    const sort = this.#names.take(`${stem}Sort`);
    const conditions = Object.entries(filterable(surface)).map(
      ([name, node]) => [name, this.#condition(node)] as const,
    );
    const nested = [
      ['and', `List[${quote(filter)}]`],
      ['or', `List[${quote(filter)}]`],
      ['not', quote(filter)],
    ] as const;
    const members = [...conditions, ...nested].map(([name, type]) => `    ${quote(name)}: ${type},`);
    this.parts.push(`${filter} = TypedDict(${quote(filter)}, {\n${members.join('\n')}\n}, total=False)`);
    const orders = sortable(surface).flatMap(name => [quote(name), quote(`-${name}`)]);
    this.parts.push(`${sort} = Literal[${orders.join(', ')}]`);
    const asked = `filter: Optional[${filter}] = None, sort: Optional[Sequence[${sort}]] = None, size: Optional[int] = None`;
    return [
      `    def list(self, *, ${asked}, after: Optional[str] = None, count: bool = False) -> Page[${record}]:
        return self._list(filter, sort, size, after, count)`,
      `    def all(self, *, ${asked}) -> Iterator[${record}]:
        return self._all(filter, sort, size)`,
      `    def get(self, record_id: str) -> ${record}:
        return self._transport.send("GET", self._one(record_id))["data"]`,
    ];
  }

  /** Operators on one kind of value; types of the same shape are written once. */
  readonly #conditions = new Map<string, string>();
  #condition(node: FieldJson): string {
    const operators = operatorsOf(node);
    const value = operators.includes('eq') ? this.#type(node, '', 'output') : 'Any';
    const key = `${operators.join()} ${value}`;
    const known = this.#conditions.get(key);
    if (known) return known;
    const name = this.#names.take('Condition');
    const typeOf = (operator: string) => {
      if (operator === 'null') return 'bool';
      return operator === 'in' || operator === 'nin' ? `List[${value}]` : value;
    };
    const members = operators.map(operator => `    ${quote(operator)}: ${typeOf(operator)},`);
    this.parts.push(`${name} = TypedDict(${quote(name)}, {\n${members.join('\n')}\n}, total=False)`);
    this.#conditions.set(key, name);
    return name;
  }

  #action({ module, action, path }: ActionSurface): string {
    const stem = pascal(module.name) + pascal(action.name);
    const { json } = action;
    const input = this.#dict(this.#names.take(`${stem}Input`), json.input, 'input');
    const output = this.#dict(this.#names.take(`${stem}Output`), json.output ?? {}, 'output');
    const writes = json.effect === 'write';
    const option = writes ? ', *, idempotency_key: Optional[str] = None' : '';
    return `    def ${snake(action.name)}(self, input: ${input}${option}) -> ${output}:
${doc(json.description, '        ')}        return _act(self._transport, ${quote(path)}, input, ${writes ? 'True, idempotency_key' : 'False, None'})`;
  }

  /** A TypedDict in its functional form, since a member may be a keyword such as `from`. */
  #dict(name: string, fields: FieldsJson, direction: 'input' | 'output' | 'patch'): string {
    const members = Object.entries(fields).map(([field, node]) => {
      const type = this.#type(node, name + pascal(field), direction === 'patch' ? 'input' : direction);
      const nullable = node.required ? type : `Optional[${type}]`;
      const optional =
        direction === 'patch' || (direction === 'input' && (!node.required || node.default !== undefined));
      return `    ${quote(field)}: ${optional ? `NotRequired[${nullable}]` : nullable},`;
    });
    this.parts.push(`${name} = TypedDict(${quote(name)}, {${members.length > 0 ? `\n${members.join('\n')}\n` : ''}})`);
    return name;
  }

  #type(node: FieldJson, name: string, direction: 'input' | 'output'): string {
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
        return `List[${this.#type(node.of, name, direction)}]`;
      case 'object':
        return this.#dict(this.#names.take(name), node.fields, direction);
      default:
        return 'Any';
    }
  }
}
