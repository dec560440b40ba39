/** Writes a Python client for one surface: one file on the standard library of Python 3.11 or newer. */
import type { FieldJson, FieldsJson } from '../../schemas/module/index.ts';
import { Names, pascal } from '../openapi/naming.ts';
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
import { type ActionSurface, type EntitySurface, keyOf, type ModuleSurface, type Surface } from '../openapi/surface.ts';
import { errorCodes } from './error-codes.ts';
import { pythonCore } from './python-core.ts';

const keywords = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case type'.split(
    ' ',
  ),
);
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
  const writer = new PythonWriter(surface);
  const modules = surface.modules.map(module => writer.module(module));
  const codes = errorCodes(surface).map(quote).join(', ');
  const client = [
    'class InlayClient:',
    '    """The API; calls raise InlayError, whose code says why."""',
    '',
    `    def __init__(self, credential: Credential, *, url: str = ${quote(url)}, retries: int = 3, timeout: float = 30.0) -> None:`,
    '        transport = Transport(credential, url, retries, timeout)',
    '        self._transport = transport',
    ...modules.map(({ name, type }) => `        self.${name} = ${type}(transport)`),
    ...writer.search(surface),
  ].join('\n');
  return [
    '"""The Inlay API as one credential may use it. Generated: ask for it again after a module was installed or updated."""',
    pythonCore.trim(),
    `ErrorCode = Literal[${codes}]`,
    ...writer.parts,
    `${client}\n`,
  ].join('\n\n\n');
}

/** Methods that a transition's name must not hide. */
const verbs = 'list query all get aggregate export_csv create update delete restore bulk import_rows undo_import';

class PythonWriter {
  readonly parts: string[] = [];
  readonly #names = new Names(
    [...pythonCore.matchAll(/^(?:class|def) (\w+)/gm)].map(match => match[1]!).concat('InlayClient', 'ErrorCode'),
  );
  readonly #modules = new Names(['search']);
  /** Filters by entity, named before they are written, since they name each other. */
  readonly #filters = new Map<EntitySurface, string>();

  constructor(surface: Surface) {
    for (const entity of surface.modules.flatMap(({ entities }) => entities)) {
      this.#filters.set(entity, this.#names.take(`${pascal(entity.module.name)}${pascal(entity.entity.name)}Filter`));
    }
  }

  search(surface: Surface): string[] {
    const searched = surface.modules.flatMap(({ entities }) => entities.filter(({ searchable }) => searchable));
    if (searched.length === 0) return [];
    const entity = `Literal[${searched.map(of => quote(keyOf(of))).join(', ')}]`;
    return [
      '',
      `    def search(self, q: str, *, size: Optional[int] = None, entities: Optional[Sequence[${entity}]] = None) -> SearchReply:`,
      '        """The best matches of each entity, dealt out in turn."""',
      '        found: SearchReply = _search(self._transport, q, size, entities)',
      '        return found',
    ];
  }

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
    const record = this.#dict(this.#names.take(stem), { ...surface.builtIns, ...shown }, 'output');
    const methods: string[] = [];
    if (surface.readable) methods.push(...this.#reading(surface, stem, record));
    const input = creatable ? this.#dict(this.#names.take(`${stem}Create`), creatable, 'input') : undefined;
    if (input) {
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
    methods.push(...this.#many(surface, stem, record, input, update));
    const taken = new Names(verbs.split(' '));
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

  /** Bulk, restore, import and its undo. */
  #many(surface: EntitySurface, stem: string, record: string, input: string | undefined, update: string | undefined) {
    const methods: string[] = [];
    const keyed = 'idempotency_key: Optional[str] = None';
    const operations = this.#operations(surface, stem, input, update);
    if (operations.length > 0) {
      methods.push(`    def bulk(self, mode: Literal["atomic", "each"], operations: Sequence[Union[${operations.join(', ')}]], *, ${keyed}) -> List[Outcome[${record}]]:
        """atomic is all or nothing; each is a commit for each operation. At most 100."""
        body = {"mode": mode, "operations": operations}
        outcomes: List[Outcome[${record}]] = self._write("POST", self._path + "/bulk", body, idempotency_key)
        return outcomes`);
    }
    if (surface.restorable) {
      methods.push(`    def restore(self, record_id: str, *, ${keyed}) -> ${record}:
        return self._write("POST", self._one(record_id) + "/restore", None, idempotency_key)`);
    }
    if (input && surface.readable) {
      const source =
        'csv: Optional[str] = None, rows: Optional[Sequence[Dict[str, Any]]] = None, mapping: Optional[Dict[str, str]] = None, match: Optional[str] = None, dry_run: bool = False';
      methods.push(`    def import_rows(self, *, ${source}, ${keyed}) -> ImportOutcome:
        """Rows with errors are left out and told; the others are one commit."""
        given = {"csv": csv, "rows": rows, "mapping": mapping, "match": match, "dryRun": dry_run}
        body = {name: value for name, value in given.items() if value is not None}
        outcome: ImportOutcome = self._write("POST", self._path + "/import", body, idempotency_key)
        return outcome`);
      methods.push(`    def undo_import(self, import_id: str, *, ${keyed}) -> UndoneImport:
        """Within a week, once."""
        path = self._path + "/imports/" + urllib.parse.quote(import_id, safe="") + "/undo"
        undone: UndoneImport = self._write("POST", path, None, idempotency_key)
        return undone`);
    }
    return methods;
  }

  /** Types of the operations that a bulk request may hold. */
  #operations(surface: EntitySurface, stem: string, input: string | undefined, update: string | undefined): string[] {
    const steps = Object.keys(surface.transitions).map(quote).join(', ');
    const target = ['"id": str', '"rev": NotRequired[int]'];
    const operation = (op: string, ...members: readonly string[]) => {
      const name = this.#names.take(`${stem}${pascal(op)}Operation`);
      const lines = [`"op": Literal[${quote(op)}]`, ...members].map(member => `    ${member},`);
      this.parts.push(`${name} = TypedDict(${quote(name)}, {\n${lines.join('\n')}\n})`);
      return name;
    };
    const patch = update ? [`"data": NotRequired[${update}]`] : [];
    return [
      ...(input ? [operation('create', `"data": ${input}`)] : []),
      ...(update ? [operation('update', ...target, `"data": ${update}`)] : []),
      ...(surface.deletable ? [operation('delete', ...target)] : []),
      ...(steps ? [operation('transition', ...target, `"transition": Literal[${steps}]`, ...patch)] : []),
    ];
  }

  #reading(surface: EntitySurface, stem: string, record: string): string[] {
    const filter = this.#filter(surface);
    const orders = sortable(surface).flatMap(name => [name, `-${name}`]);
    const sorted = `sort: Optional[Sequence[${this.#literal(`${stem}Sort`, orders)}]] = None`;
    const paths = includable(surface);
    const include = paths.length > 0 ? [this.#literal(`${stem}Include`, paths)] : [];
    const asked = [
      `filter: Optional[${filter}] = None`,
      ...(surface.searchable ? ['q: Optional[str] = None'] : []),
      ...(surface.seesDeleted ? ['deleted: Optional[Literal["only", "with"]] = None'] : []),
    ];
    const page = [
      ...asked,
      sorted,
      ...include.map(type => `include: Optional[Sequence[${type}]] = None`),
      'size: Optional[int] = None',
    ];
    const cursors = ['after: Optional[str] = None', 'before: Optional[str] = None', 'count: bool = False'];
    const given = (parameters: readonly string[]) => {
      const names = parameters.map(parameter => parameter.slice(0, parameter.indexOf(':')));
      return `{${names.map(name => `"${name}": ${name}`).join(', ')}}`;
    };
    const list = [...page, ...cursors];
    return [
      `    def list(self, *, ${list.join(', ')}) -> Page[${record}]:
        return self._list(${given(list)})`,
      `    def query(self, *, ${list.join(', ')}) -> Page[${record}]:
        """The same for a query that is too long for an address."""
        return self._query(${given(list)})`,
      `    def all(self, *, ${page.join(', ')}) -> Iterator[${record}]:
        return self._all(${given(page)})`,
      `    def get(self, record_id: str) -> ${record}:
        return self._transport.send("GET", self._one(record_id))["data"]`,
      this.#aggregate(surface, stem, asked, given(asked)),
      `    def export_csv(self, *, ${[...asked, sorted].join(', ')}) -> str:
        """The filtered list as CSV."""
        query = _parameters(${given([...asked, sorted])})
        text: str = self._transport.send("GET", self._path + "/export.csv", query=query, text=True)
        return text`,
    ];
  }

  #aggregate(surface: EntitySurface, stem: string, asked: readonly string[], given: string): string {
    const measure = this.#literal(`${stem}Measure`, measuresOf(surface).keys());
    const group = this.#literal(`${stem}Group`, groupsOf(surface).keys());
    const row = this.#names.take(`${stem}Aggregate`);
    const groups = this.#values(`${stem}Groups`, groupsOf(surface));
    const measures = this.#values(`${stem}Measures`, measuresOf(surface));
    this.parts.push(`class ${row}(TypedDict):\n    group: ${groups}\n    measures: ${measures}`);
    const parameters = [
      `measure: Optional[Sequence[${measure}]] = None`,
      `group: Optional[Sequence[${group}]] = None`,
      'zone: Optional[str] = None',
      'sort: Optional[Sequence[str]] = None',
      ...asked,
    ];
    return `    def aggregate(self, *, ${parameters.join(', ')}) -> Sequence[${row}]:
        """Counts and sums; amounts of two currencies are never added up."""
        return self._aggregate(${given}, measure, group, zone, sort)`;
  }

  #literal(name: string, values: Iterable<string>): string {
    const taken = this.#names.take(name);
    this.parts.push(`${taken} = Literal[${[...values].map(quote).join(', ')}]`);
    return taken;
  }

  #values(name: string, values: ReadonlyMap<string, FieldJson>): string {
    const taken = this.#names.take(name);
    const members = [...values].map(([value, node]) => {
      const type = node.kind === 'json' ? 'float' : this.#type(node, taken + pascal(value), 'output');
      return `    ${quote(value)}: ${node.required ? type : `Optional[${type}]`},`;
    });
    this.parts.push(`${taken} = TypedDict(${quote(taken)}, {\n${members.join('\n')}\n}, total=False)`);
    return taken;
  }

  #filter(surface: EntitySurface): string {
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
    const name = this.#names.take('Condition');
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
    const value = operators.includes('eq') ? this.#type(node, '', 'output') : 'Any';
    const typeOf = (operator: string) => {
      if (operator === 'null') return 'bool';
      return ['in', 'nin', 'between'].includes(operator) ? `List[${value}]` : value;
    };
    return operators.map(operator => [operator, typeOf(operator)]);
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
