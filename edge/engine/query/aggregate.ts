/** Counts and sums over a filtered list, by group, of fields that the caller may read. */
import { Problem } from '../../../schemas/errors/index.ts';
import { DatabaseError } from '../../../schemas/ports/index.ts';
import { isZone } from '../../../schemas/time/index.ts';
import type { Call, Reply } from '../call.ts';
import type { SqlRow } from '../compile/codec.ts';
import { placeholders, type WhereTarget } from '../compile/where.ts';
import type { Target } from '../records/target.ts';
import { filterVariables } from '../repository/record-scope.ts';
import type { Runtime } from '../runtime.ts';
import { queryOfParams } from './input.ts';
import { grouped, ordered, summed } from './measures.ts';
import { checkPath, checkQuery, type PathValue } from './parse.ts';
import { type Readable, Reader } from './reader.ts';
import { fromSql, pathSql } from './select.ts';
import { localSql, type Unit, unitSql, units } from './zone-sql.ts';

const mostGroups = 1000;
const mostParts = 10;
const bad = (detail: string) => Problem.of('INVALID_QUERY', { detail });

/** One column of the reply: its SQL, and the value that a row has of it. */
interface Part {
  readonly name: string;
  readonly sql: readonly string[];
  read(row: SqlRow, at: number): unknown;
}

/** `count,sum(price)` or `status,month(start,Europe/Prague)` at its outer commas. */
function partsOf(text: string, name: string): string[] {
  const parts = text.match(/[^,()]+(?:\([^()]*\))?/g) ?? [];
  if (parts.join(',') !== text || parts.length > mostParts) throw bad(`"${name}" takes at most ${mostParts} parts`);
  return parts;
}

/** Params are those of a list's filter, with `measure`, `group` and `sort`. Throws FORBIDDEN, INVALID_QUERY. */
export async function aggregateRecords(
  runtime: Runtime,
  call: Call,
  { entity }: Target,
  params: Iterable<[string, string]>,
): Promise<Reply> {
  const reader = new Reader(call);
  const subject = reader.subject(entity);
  const own = new Map<string, string>();
  const rest: [string, string][] = [];
  for (const [key, value] of params) {
    if (key === 'measure' || key === 'group' || key === 'sort') own.set(key, value);
    else if (/^(?:filter|q$|deleted$)/.test(key)) rest.push([key, value]);
    else throw bad(`"${key}" is not a parameter of an aggregate`);
  }
  const query = checkQuery(reader, subject, queryOfParams(rest), call.actor);
  const target = placeholders(filterVariables(call.actor, runtime.ports.clock.now()));
  const groups = partsOf(own.get('group') ?? '', 'group').map(text =>
    groupPart(reader, subject, text, target, call.tenant.client.zone),
  );
  const measures = partsOf(own.get('measure') ?? 'count', 'measure').map(text =>
    measurePart(reader, subject, text, target),
  );
  if (measures.length === 0) throw bad('"measure" names what to count or sum');
  // Amounts of two currencies are never added up: each currency is a group.
  const currencies = [...new Set(measures.flatMap(measure => measure.currency ?? []))];
  const keys = [...groups.flatMap(group => group.sql), ...currencies];
  const columns = [...keys, ...measures.flatMap(measure => measure.sql)];
  const names = [...groups, ...currencies.map(() => undefined), ...measures].map(part => part?.name);
  const order = orderOf(own.get('sort'), names, keys.length);
  const by = keys.length > 0 ? ` GROUP BY ${keys.map((_, i) => i + 1).join(', ')}` : '';
  const select = `SELECT ${columns.map((sql, i) => `${sql} AS "_c${i}"`).join(', ')} ${fromSql(query, target)}`;
  const db = await runtime.stores.open(call.tenant.store, call.tenant.modules);
  const grouped = { sql: `${select}${by}${order} LIMIT ${mostGroups + 1}`, args: target.args };
  const [found] = await Promise.resolve(db.read([grouped])).catch(asOverflow);
  if (found!.rows.length > mostGroups) throw bad(`That makes more than ${mostGroups} groups: filter, or group by less`);
  const data = found!.rows.map(row => ({
    group: Object.fromEntries(groups.map((group, i) => [group.name, group.read(row, i)])),
    measures: Object.fromEntries(
      measures.map((measure, i) => {
        const currency = measure.currency && row[groups.length + currencies.indexOf(measure.currency)];
        const value = measure.read(row, keys.length + i);
        const amount = value === null || currency === null ? null : { amount: value, currency };
        return [measure.name, measure.currency ? amount : value];
      }),
    ),
  }));
  return { status: 200, body: JSON.stringify({ data }) };
}

function asOverflow(error: unknown): never {
  if (error instanceof DatabaseError && error.message.includes('integer overflow')) {
    throw bad('The sum is too large to be exact');
  }
  throw error;
}

function orderOf(sort: string | undefined, names: readonly (string | undefined)[], keys: number): string {
  const given = partsOf(sort ?? '', 'sort').map(text => {
    const descending = text.startsWith('-');
    const index = names.indexOf(descending ? text.slice(1) : text);
    if (index < 0) throw bad(`"${text}" is neither a group nor a measure here`);
    return `${index + 1}${descending ? ' DESC' : ''}`;
  });
  const all = [...given, ...Array.from({ length: keys }, (_, i) => `${i + 1}`)];
  return all.length > 0 ? ` ORDER BY ${all.join(', ')}` : '';
}

function groupPart(reader: Reader, subject: Readable, text: string, target: WhereTarget, usualZone: string): Part {
  const [, name, unit, path, zone = usualZone] = /^(?:([\w.:]+)|(\w+)\(([\w.:]+)(?:,([\w/+-]+))?\))$/.exec(text) ?? [];
  if (name) {
    const value = checkPath(reader, subject, name);
    if (!grouped.has(value.field.json.kind)) throw bad(`"${name}" cannot be grouped by`);
    return { name: text, sql: [pathSql(subject, value, target)], read: reading(value) };
  }
  if (!path || !units.includes(unit as Unit))
    throw bad(`"${text}" is neither a field nor one of ${units.join(', ')} of one`);
  const value = checkPath(reader, subject, path);
  const { kind } = value.field.json;
  if (kind !== 'instant' && (kind !== 'date' || unit === 'hour')) throw bad(`"${path}" has no ${unit}`);
  if (!isZone(zone)) throw bad(`"${zone}" is not a time zone like Europe/Prague`);
  if (value.hops.length > 0) throw bad(`"${text}": calendar units take a field of ${subject.entity.name} itself`);
  const column = value.field.columns[0]!;
  const days = kind === 'date' ? column : localSql(column, zone);
  return { name: text, sql: [unitSql(unit as Unit, days)], read: (row, at) => row[at] };
}

function measurePart(
  reader: Reader,
  subject: Readable,
  text: string,
  target: WhereTarget,
): Part & { currency?: string } {
  if (text === 'count') return { name: text, sql: ['count(*)'], read: (row, at) => row[at] };
  const [, how, path] = /^(sum|avg|min|max|distinct)\(([\w.]+)\)$/.exec(text) ?? [];
  if (!how || !path) throw bad(`"${text}" is not count, or sum, avg, min, max or distinct of a field`);
  const value = checkPath(reader, subject, path);
  if (value.hops.length > 0) throw bad(`"${text}": measures take a field of ${subject.entity.name} itself`);
  const { kind } = value.field.json;
  const column = pathSql(subject, value, target);
  if (how === 'distinct') {
    if (!grouped.has(kind)) throw bad(`"${path}" cannot be counted apart`);
    return { name: text, sql: [`count(DISTINCT ${column})`], read: (row, at) => row[at] };
  }
  if (!(how === 'sum' || how === 'avg' ? summed : ordered).has(kind)) throw bad(`"${path}" has no ${how}`);
  const exact = kind === 'money' || kind === 'decimal';
  // Minor units and scaled decimals stay whole: half a unit rounds away from zero.
  const sql = how === 'avg' && exact ? `CAST(round(avg(${column})) AS INTEGER)` : `${how}(${column})`;
  if (kind === 'money') {
    return { name: text, sql: [sql], currency: value.field.columns[1]!, read: (row, at) => row[at] };
  }
  return { name: text, sql: [sql], read: how === 'avg' && !exact ? (row, at) => row[at] : reading(value) };
}

/** A single column's value as the API shows it. */
function reading({ field }: PathValue): Part['read'] {
  return (row, at) => field.codec.toJson(row[at] === null ? null : field.codec.fromSql(row, at)) ?? null;
}
