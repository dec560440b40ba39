/** Writes a Python client for one surface: one file on the standard library of Python 3.11 or newer. */
import { Names, pascal } from '../openapi/naming.ts';
import { groupsOf, includable, measuresOf, sortable } from '../openapi/query-surface.ts';
import { type StepKind, stepKinds } from '../openapi/steps.ts';
import { type ActionSurface, type EntitySurface, keyOf, type ModuleSurface, type Surface } from '../openapi/surface.ts';
import { errorCodes } from './error-codes.ts';
import { pythonCore } from './python-core.ts';
import { PythonTypes } from './python-types.ts';
import { doc, quote, snake } from './python-words.ts';

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
    ...writer.types.parts,
    `${client}\n`,
  ].join('\n\n\n');
}

/** Methods that a transition's name must not hide. */
const verbs =
  'list query all get aggregate history export_csv create update delete restore bulk import_rows undo_import';

class PythonWriter {
  readonly types: PythonTypes;
  readonly #modules = new Names(['search']);

  constructor(surface: Surface) {
    this.types = new PythonTypes(surface);
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
    const type = this.types.names.take(`${pascal(module.name)}Module`);
    const members = new Names(['actions']);
    const lines = entities.map(entity => {
      const resource = this.#entity(entity);
      return `        self.${members.take(snake(entity.entity.name))} = ${resource}(transport, ${quote(entity.path)})`;
    });
    if (actions.length > 0) {
      const verbs = this.types.names.take(`${pascal(module.name)}Actions`);
      const methods = actions.map(action => this.#action(action));
      this.types.parts.push(
        `class ${verbs}:\n    def __init__(self, transport: Transport) -> None:\n        self._transport = transport\n\n${methods.join('\n\n')}`,
      );
      lines.push(`        self.actions = ${verbs}(transport)`);
    }
    this.types.parts.push(
      `class ${type}:\n${doc(module.manifest.description, '    ')}\n    def __init__(self, transport: Transport) -> None:\n${lines.join('\n')}`,
    );
    return { name: this.#modules.take(snake(module.name)), type };
  }

  #entity(surface: EntitySurface): string {
    const { module, entity, shown, creatable, updatable, transitions } = surface;
    const stem = pascal(module.name) + pascal(entity.name);
    const record = this.types.dict(this.types.names.take(stem), { ...surface.builtIns, ...shown }, 'output');
    const methods: string[] = [];
    if (surface.readable) methods.push(...this.#reading(surface, stem, record));
    const input = creatable ? this.types.dict(this.types.names.take(`${stem}Create`), creatable, 'input') : undefined;
    if (input) {
      methods.push(`    def create(self, input: ${input}, *, idempotency_key: Optional[str] = None) -> ${record}:
        return self._write("POST", self._path, input, idempotency_key)`);
    }
    const update = updatable ? this.types.dict(this.types.names.take(`${stem}Update`), updatable, 'patch') : undefined;
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
    for (const [name, { askReason }] of Object.entries(transitions)) {
      const input = update ? `, input: Optional[${update}] = None` : '';
      const reason = askReason === 'required' ? 'reason: str, ' : askReason ? 'reason: Optional[str] = None, ' : '';
      const given = update ? 'dict(input or {})' : '{}';
      const why = askReason ? '\n        if reason is not None:\n            body["reason"] = reason' : '';
      methods.push(`    def ${taken.take(snake(name))}(self, record_id: str${input}, *, ${reason}${options}) -> ${record}:
        path = self._one(record_id) + ${quote(`/transitions/${name}`)}
        body: Dict[str, Any] = ${given}${why}
        return self._write("POST", path, body, idempotency_key, if_match)`);
    }
    const type = this.types.names.take(`${stem}Resource`);
    this.types.parts.push(
      `class ${type}(Resource[${record}]):\n${doc(entity.json.label, '    ')}\n${methods.join('\n\n')}`,
    );
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
    const target = ['"id": str', '"rev": NotRequired[int]'];
    const operation = (op: string, ...members: readonly string[]) => {
      const name = this.types.names.take(`${stem}${pascal(op)}Operation`);
      const lines = [`"op": Literal[${quote(op)}]`, ...members].map(member => `    ${member},`);
      this.types.parts.push(`${name} = TypedDict(${quote(name)}, {\n${lines.join('\n')}\n})`);
      return name;
    };
    const step = ({ names, askReason }: StepKind) => {
      const data = askReason ? this.#explained(`${stem}StepData`, update, askReason) : update;
      const member = data && `"data": ${askReason === 'required' ? data : `NotRequired[${data}]`}`;
      const steps = `"transition": Literal[${names.map(quote).join(', ')}]`;
      return operation('transition', ...target, steps, ...(member ? [member] : []));
    };
    return [
      ...(input ? [operation('create', `"data": ${input}`)] : []),
      ...(update ? [operation('update', ...target, `"data": ${update}`)] : []),
      ...(surface.deletable ? [operation('delete', ...target)] : []),
      ...stepKinds(surface).map(step),
    ];
  }

  /** What a step takes that asks why. */
  #explained(name: string, update: string | undefined, askReason: NonNullable<StepKind['askReason']>): string {
    const taken = this.types.names.take(name);
    const total = askReason === 'required' ? '' : ', total=False';
    this.types.parts.push(`class ${taken}(${update ?? 'TypedDict'}${total}):\n    reason: str`);
    return taken;
  }

  #reading(surface: EntitySurface, stem: string, record: string): string[] {
    const filter = this.types.filter(surface);
    const orders = sortable(surface).flatMap(name => [name, `-${name}`]);
    const sorted = `sort: Optional[Sequence[${this.types.literal(`${stem}Sort`, orders)}]] = None`;
    const paths = includable(surface);
    const include = paths.length > 0 ? [this.types.literal(`${stem}Include`, paths)] : [];
    const asked = [
      `filter: Optional[${filter}] = None`,
      ...(surface.searchable ? ['q: Optional[str] = None'] : []),
      ...(surface.seesDeleted ? ['deleted: Optional[Literal["only", "with"]] = None'] : []),
    ];
    const members = this.types.literal(`${stem}Member`, Object.keys({ ...surface.builtIns, ...surface.shown }));
    const fields = `fields: Optional[Sequence[${members}]] = None`;
    const page = [
      ...asked,
      sorted,
      fields,
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
        """With fields, the other members are not there; id, timestamps and revision always are."""
        return self._list(${given(list)})`,
      `    def query(self, *, ${list.join(', ')}) -> Page[${record}]:
        """The same for a query that is too long for an address."""
        return self._query(${given(list)})`,
      `    def all(self, *, ${page.join(', ')}) -> Iterator[${record}]:
        return self._all(${given(page)})`,
      `    def get(self, record_id: str) -> ${record}:
        return self._transport.send("GET", self._one(record_id))["data"]`,
      this.#aggregate(surface, stem, asked, given(asked)),
      ...(surface.historical
        ? [
            `    def history(self, record_id: str, *, size: Optional[int] = None, after: Optional[str] = None) -> HistoryPage:
        """What was done to a record, the latest first."""
        return self._history(record_id, size, after)`,
          ]
        : []),
      `    def export_csv(self, *, ${[...asked, sorted, fields].join(', ')}) -> str:
        """The filtered list as CSV."""
        query = _parameters(${given([...asked, sorted, fields])})
        text: str = self._transport.send("GET", self._path + "/export.csv", query=query, text=True)
        return text`,
    ];
  }

  #aggregate(surface: EntitySurface, stem: string, asked: readonly string[], given: string): string {
    const measure = this.types.literal(`${stem}Measure`, measuresOf(surface).keys());
    const group = this.types.literal(`${stem}Group`, groupsOf(surface).keys());
    const row = this.types.names.take(`${stem}Aggregate`);
    const groups = this.types.values(`${stem}Groups`, groupsOf(surface));
    const measures = this.types.values(`${stem}Measures`, measuresOf(surface));
    this.types.parts.push(`class ${row}(TypedDict):\n    group: ${groups}\n    measures: ${measures}`);
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

  #action({ module, action, path }: ActionSurface): string {
    const stem = pascal(module.name) + pascal(action.name);
    const { json } = action;
    const input = this.types.dict(this.types.names.take(`${stem}Input`), json.input, 'input');
    const output = this.types.dict(this.types.names.take(`${stem}Output`), json.output ?? {}, 'output');
    const writes = json.effect === 'write';
    const option = writes ? ', *, idempotency_key: Optional[str] = None' : '';
    return `    def ${snake(action.name)}(self, input: ${input}${option}) -> ${output}:
${doc(json.description, '        ')}        return _act(self._transport, ${quote(path)}, input, ${writes ? 'True, idempotency_key' : 'False, None'})`;
  }
}
