/** The fixed verbs of the TypeScript client, on its transport. Plain text, since it runs elsewhere. */
export const typescriptVerbs = `
const list = (values: readonly string[] | undefined, name: string): Record<string, string> =>
  values && values.length > 0 ? { [name]: values.join(',') } : {};

const parametersOf = (query: AnyQuery): Record<string, string> => ({
  ...(query.filter ? { filter: JSON.stringify(query.filter) } : {}),
  ...(query.q === undefined ? {} : { q: query.q }),
  ...(query.deleted === undefined ? {} : { deleted: query.deleted }),
  ...list(query.sort, 'sort'),
  ...list(query.include, 'include'),
  ...list(query.fields, 'fields'),
  ...(query.size === undefined ? {} : { 'page[size]': String(query.size) }),
  ...(query.after === undefined ? {} : { 'page[after]': query.after }),
  ...(query.before === undefined ? {} : { 'page[before]': query.before }),
  ...(query.count ? { count: 'exact' } : {}),
});

const bodyOf = ({ size, after, before, count, ...query }: AnyQuery): unknown => ({
  ...query,
  page: { size, after, before },
  ...(count ? { count: 'exact' } : {}),
});

const one = (path: string, id: string): string => path + '/' + encodeURIComponent(id);

function reads<T, Conditions, Sort extends string, Include extends string>(transport: Transport, path: string) {
  /** Members to return beside id, timestamps and revision; all of them without it. */
  type Query<F extends keyof T & string> = ListQuery<Conditions, Sort, Include> & { readonly fields?: readonly F[] };
  type Part<F extends keyof T> = Pick<T, F | (keyof RecordBase & keyof T)>;
  const page = <F extends keyof T & string = keyof T & string>(query: Query<F> = {}, options: RequestOptions = {}): Promise<Page<Part<F>>> =>
    transport.send({ ...options, method: 'GET', path, query: parametersOf(query) });
  return {
    list: page,
    /** The same for a query that is too long for an address. */
    query<F extends keyof T & string = keyof T & string>(query: Query<F>, options: RequestOptions = {}): Promise<Page<Part<F>>> {
      const body = bodyOf(query);
      return transport.send({ ...options, method: 'POST', path: path + '/query', body });
    },
    /** Every record, page after page. */
    async *all<F extends keyof T & string = keyof T & string>(query: Query<F> = {}, options: RequestOptions = {}): AsyncGenerator<Part<F>, void, undefined> {
      let after = query.after;
      for (;;) {
        const found: Page<Part<F>> = await page({ ...query, ...(after === undefined ? {} : { after }) }, options);
        yield* found.data;
        if (found.page.after === null) return;
        after = found.page.after;
      }
    },
    async get(id: string, options: RequestOptions = {}): Promise<T> {
      return (await transport.send<{ data: T }>({ ...options, method: 'GET', path: one(path, id) })).data;
    },
    /** A record with those that it refers to. */
    getWith(id: string, include: readonly Include[], options: RequestOptions = {}): Promise<{ readonly data: T; readonly included?: Included }> {
      return transport.send({ ...options, method: 'GET', path: one(path, id), query: list(include, 'include') });
    },
    /** The filtered list as CSV. */
    exportCsv(query: SortedQuery<Conditions, Sort> & { readonly fields?: readonly (keyof T & string)[] } = {}, options: RequestOptions = {}): Promise<string> {
      const parameters = parametersOf(query);
      return transport.send({ ...options, method: 'GET', path: path + '/export.csv', query: parameters, text: true });
    },
  };
}

const histories =
  (transport: Transport, path: string) =>
  /** What was done to a record, the latest first. */
  (id: string, { size, after }: HistoryQuery = {}, options: RequestOptions = {}): Promise<HistoryPage> => {
    const query = { ...(size === undefined ? {} : { 'page[size]': String(size) }), ...(after === undefined ? {} : { 'page[after]': after }) };
    return transport.send({ ...options, method: 'GET', path: one(path, id) + '/history', query });
  };

const aggregates =
  <Conditions, Measures extends object, Groups extends object>(transport: Transport, path: string) =>
  /** Counts and sums; amounts of two currencies are never added up. */
  async <M extends keyof Measures & string = 'count' & keyof Measures, G extends keyof Groups & string = never>(
    { measure, group, zone, sort, ...query }: AggregateQuery<Conditions, M, G> = {},
    options: RequestOptions = {},
  ): Promise<readonly AggregateRow<Pick<Measures, M>, Pick<Groups, G>>[]> => {
    const zoned = (name: string) => (zone && /^-?(?:year|quarter|month|week|day|hour)\\(/.test(name) ? name.slice(0, -1) + ',' + zone + ')' : name);
    const named = {
      ...parametersOf(query),
      ...list(measure, 'measure'),
      ...list(group?.map(zoned), 'group'),
      ...list(sort?.map(zoned), 'sort'),
    };
    type Row = AggregateRow<Pick<Measures, M>, Record<string, unknown>>;
    const target = path + '/aggregate';
    const { data } = await transport.send<{ data: Row[] }>({ ...options, method: 'GET', path: target, query: named });
    return data.map(row => {
      const own = (group ?? []).map(name => [name, row.group[zoned(name)]]);
      return { ...row, group: Object.fromEntries(own) as Pick<Groups, G> };
    });
  };

const bulks =
  <Operation, T>(transport: Transport, path: string) =>
  /** atomic is all or nothing; each is a commit for each operation. At most 100. */
  async (mode: 'atomic' | 'each', operations: readonly Operation[], options: WriteOptions = {}): Promise<readonly Outcome<T>[]> => {
    const request = { ...options, method: 'POST', path: path + '/bulk', body: { mode, operations }, writes: true };
    return (await transport.send<{ data: Outcome<T>[] }>(request)).data;
  };

const restores =
  <T>(transport: Transport, path: string) =>
  async (id: string, options: WriteOptions = {}): Promise<T> =>
    (await transport.send<{ data: T }>({ ...options, method: 'POST', path: one(path, id) + '/restore', writes: true })).data;

function imports(transport: Transport, path: string) {
  return {
    /** Rows with errors are left out and told; the others are one commit. */
    async importRows(input: ImportInput, options: WriteOptions = {}): Promise<ImportOutcome> {
      const request = { ...options, method: 'POST', path: path + '/import', body: input, writes: true };
      return (await transport.send<{ data: ImportOutcome }>(request)).data;
    },
    /** Within a week, once. */
    async undoImport(id: string, options: WriteOptions = {}): Promise<UndoneImport> {
      const target = one(path + '/imports', id) + '/undo';
      return (await transport.send<{ data: UndoneImport }>({ ...options, method: 'POST', path: target, writes: true })).data;
    },
  };
}

const searches =
  <Entity extends string>(transport: Transport) =>
  /** The best matches of each entity, dealt out in turn. */
  ({ q, size, entities }: SearchQuery<Entity>, options: RequestOptions = {}): Promise<SearchReply<Entity>> => {
    const query = { q, ...(size === undefined ? {} : { size: String(size) }), ...list(entities, 'entities') };
    return transport.send({ ...options, method: 'GET', path: '/api/search', query });
  };

const creates =
  <Input, T>(transport: Transport, path: string) =>
  async (input: Input, options: WriteOptions = {}): Promise<T> =>
    (await transport.send<{ data: T }>({ ...options, method: 'POST', path, body: input, writes: true })).data;

const updates =
  <Input, T>(transport: Transport, path: string) =>
  async (id: string, input: Input, options: ChangeOptions = {}): Promise<T> => {
    const request = { ...options, method: 'PATCH', path: one(path, id), body: input, writes: true };
    return (await transport.send<{ data: T }>(request)).data;
  };

const removes =
  (transport: Transport, path: string) =>
  (id: string, options: ChangeOptions = {}): Promise<void> =>
    transport.send({ ...options, method: 'DELETE', path: one(path, id), writes: true });

const steps =
  <Input, T>(transport: Transport, path: string, name: string) =>
  async (id: string, input?: Input, options: ChangeOptions = {}): Promise<T> => {
    const target = one(path, id) + '/transitions/' + name;
    return (await transport.send<{ data: T }>({ ...options, method: 'POST', path: target, body: input ?? {}, writes: true }))
      .data;
  };

const explainedSteps =
  <Input, T>(transport: Transport, path: string, name: string) =>
  /** The step asks why. */
  (id: string, input: Input, options: ChangeOptions = {}): Promise<T> => steps<Input, T>(transport, path, name)(id, input, options);

const acts =
  <Input, Output>(transport: Transport, path: string, writes: boolean) =>
  async (input: Input, options: WriteOptions = {}): Promise<Output> =>
    (await transport.send<{ data: Output }>({ ...options, method: 'POST', path, body: input, writes })).data;
`;
