/** One search over every module of a client: what the caller may read is part of each query, and of the counts. */
import { Problem } from '../../../schemas/errors/index.ts';
import type { Database, SqlValue } from '../../../schemas/ports/index.ts';
import type { Call, Reply } from '../call.ts';
import { quote } from '../compile/entity.ts';
import { placeholders, whereSql } from '../compile/where.ts';
import { entityKey, limitsOf, type Readable, Reader } from '../query/reader.ts';
import { filterVariables } from '../repository/record-scope.ts';
import type { Runtime } from '../runtime.ts';
import { matchExpression, searchJoin, visibleSearch } from './match.ts';
import { spellingOf } from './misspelt.ts';

/** Results of each entity. */
export const searchSizes = { usual: 10, most: 50 } as const;

export interface SearchInput {
  readonly q: string;
  /** Results of each entity. */
  readonly size: number;
  /** Entity keys to show results of; undefined for all. */
  readonly entities: ReadonlySet<string> | undefined;
}

/** Throws INVALID_QUERY. */
export function searchOfParams(params: URLSearchParams): SearchInput {
  for (const key of params.keys()) {
    if (!['q', 'size', 'entities'].includes(key)) {
      throw Problem.of('INVALID_QUERY', { detail: `"${key}" is not a parameter of a search` });
    }
  }
  const q = params.get('q');
  if (q === null) throw Problem.of('INVALID_QUERY', { detail: '"q" says what to search for' });
  const size = params.get('size') ?? String(searchSizes.usual);
  if (!/^\d{1,2}$/.test(size) || Number(size) < 1 || Number(size) > searchSizes.most) {
    throw Problem.of('INVALID_QUERY', { detail: `"size" is a whole number from 1 to ${searchSizes.most}` });
  }
  const entities = params.get('entities');
  return { q, size: Number(size), entities: entities === null ? undefined : new Set(entities.split(',')) };
}

/** The entities that the caller may search, as if the others were not there. */
function searchable(call: Call): Readable[] {
  const reader = new Reader(call);
  return call.tenant.modules.flatMap(module =>
    [...module.entities.values()].flatMap(entity => {
      const readable = reader.readable(module.name, entity.name);
      return readable && visibleSearch(readable).length > 0 ? [readable] : [];
    }),
  );
}

interface Subject {
  readonly subject: Readable;
  readonly match: string;
}

/**
 * The best of each entity come first, then the second best, and so on; ranks of two indexes do not compare. Counts are of all
 * entities, whichever the results are asked of. Where nothing is found at all, words are taken for misspelt ones.
 */
export async function searchAll(runtime: Runtime, call: Call, input: SearchInput): Promise<Reply> {
  const db = await runtime.stores.open(call.tenant.store, call.tenant.modules);
  const subjects = searchable(call).flatMap(subject => {
    const match = matchExpression(subject, input.q);
    return match === null ? [] : [{ subject, match }];
  });
  let found = await find(runtime, call, db, subjects, input);
  if (subjects.length > 0 && found.every(({ count }) => count === 0)) {
    const respelt = await spelled(db, subjects, input.q);
    if (respelt.length > 0) found = await find(runtime, call, db, respelt, input);
  }
  return { status: 200, body: JSON.stringify(dealt(found, input.size)) };
}

/** The entities in whose index nearer words stand. */
async function spelled(db: Database, subjects: readonly Subject[], q: string): Promise<Subject[]> {
  const spellings = subjects.map(({ subject }) => ({ subject, spelling: spellingOf(subject, q) }));
  const statements = spellings.flatMap(({ spelling }) => spelling.statements);
  const results = statements.length > 0 ? await db.read(statements) : [];
  let at = 0;
  return spellings.flatMap(({ subject, spelling }) => {
    const own = results.slice(at, at + spelling.statements.length);
    at += own.length;
    const match = spelling.expression(own);
    return match ? [{ subject, match }] : [];
  });
}

interface Found {
  readonly entity: string;
  readonly label: string;
  readonly count: number;
  readonly rows: readonly (readonly SqlValue[])[];
}

async function find(
  runtime: Runtime,
  call: Call,
  db: Database,
  subjects: readonly Subject[],
  { size, entities }: SearchInput,
): Promise<Found[]> {
  const now = runtime.ports.clock.now();
  const statements = subjects.flatMap(({ subject, match }) => {
    const { entity, visible } = subject;
    const rows = placeholders(filterVariables(call.actor, now));
    const join = searchJoin(entity, rows.value(match));
    const where = limitsOf(subject).map(limit => whereSql(entity, limit, rows));
    const from = `FROM ${quote(entity.table)} ${join} WHERE ${where.join(' AND ') || '1'}`;
    const { labelField } = entity.json;
    const shown = labelField && (!visible || visible.has(labelField)) ? entity.byName.get(labelField) : undefined;
    const limit = !entities || entities.has(entityKey(entity)) ? size : 0;
    return [
      {
        sql: `SELECT "id", ${shown?.columns[0] ?? 'NULL'} ${from} ORDER BY "_rank", "id" LIMIT ${limit}`,
        args: rows.args,
      },
      { sql: `SELECT count(*) ${from}`, args: rows.args },
    ];
  });
  const results = statements.length > 0 ? await db.read(statements) : [];
  return subjects.map(({ subject: { entity } }, i) => ({
    entity: entityKey(entity),
    label: entity.json.plural ?? entity.json.label,
    count: Number(results[2 * i + 1]!.rows[0]![0]),
    rows: results[2 * i]!.rows,
  }));
}

function dealt(found: readonly Found[], size: number) {
  const data = Array.from({ length: size }, (_, place) =>
    found.flatMap(({ entity, rows }) => {
      const row = rows[place];
      return row ? [{ entity, id: row[0], label: row[1] }] : [];
    }),
  ).flat();
  const counts = found.flatMap(({ entity, label, count }) => (count > 0 ? [{ entity, label, count }] : []));
  return { data, counts };
}
