/** Related records beside a page: one read batch for each level, whatever the page holds. */
import type { FilterVariable } from '../../../schemas/filter/filter.ts';
import type { Database, SqlValue, Statement } from '../../../schemas/ports/index.ts';
import type { TextLocale } from '../call.ts';
import {
  type CompiledEntity,
  decodeRow,
  quote,
  type RecordValues,
  type RowOpener,
  recordJson,
} from '../compile/entity.ts';
import { placeholders, whereSql } from '../compile/where.ts';
import type { IncludeNode } from './parse.ts';
import { entityKey, limitsOf, type Readable } from './reader.ts';

/** By entity, then by id; null for a record that is not there for the caller. */
export type Included = Record<string, Record<string, Record<string, unknown> | null>>;

interface Level {
  readonly node: IncludeNode;
  readonly parents: readonly RecordValues[];
}

const idsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : [];

export async function loadIncluded(
  db: Database,
  include: readonly IncludeNode[],
  records: readonly RecordValues[],
  fields: ReadonlyMap<string, ReadonlySet<string>>,
  variables: (name: FilterVariable['var']) => SqlValue | undefined,
  open: RowOpener,
  locale: TextLocale | undefined,
): Promise<Included> {
  const known = new Map<string, Map<string, RecordValues | null>>();
  const targets = new Map<string, Readable>();
  let levels: Level[] = include.map(node => ({ node, parents: records }));
  while (levels.length > 0) {
    const missing = new Map<string, Set<string>>();
    for (const { node, parents } of levels) {
      const key = entityKey(node.hop.entity);
      targets.set(key, node.hop.target);
      const found = known.get(key) ?? new Map<string, RecordValues | null>();
      known.set(key, found);
      const ids = missing.get(key) ?? new Set<string>();
      missing.set(key, ids);
      for (const parent of parents)
        for (const id of idsOf(parent[node.hop.field.name])) if (!found.has(id)) ids.add(id);
    }
    const wanted = [...missing].filter(([, ids]) => ids.size > 0);
    const results =
      wanted.length > 0 ? await db.read(wanted.map(([key, ids]) => byIds(targets.get(key)!, [...ids], variables))) : [];
    for (const [i, [key, ids]] of wanted.entries()) {
      const found = known.get(key)!;
      for (const id of ids) found.set(id, null);
      for (const row of results[i]!.rows) {
        const record = decodeRow(targets.get(key)!.entity, row, open);
        found.set(record.id, record);
      }
    }
    levels = levels.flatMap(({ node, parents }) => nextLevels(node, parents, known.get(entityKey(node.hop.entity))!));
  }
  return toJson(known, targets, fields, locale);
}

function nextLevels(
  node: IncludeNode,
  parents: readonly RecordValues[],
  found: ReadonlyMap<string, RecordValues | null>,
): Level[] {
  if (node.children.length === 0) return [];
  const ids = new Set(parents.flatMap(parent => idsOf(parent[node.hop.field.name])));
  const reached = [...ids].flatMap(id => found.get(id) ?? []);
  return node.children.map(child => ({ node: child, parents: reached }));
}

function byIds(
  target: Readable,
  ids: readonly string[],
  variables: (name: FilterVariable['var']) => SqlValue | undefined,
): Statement {
  const { entity } = target;
  const rows = placeholders(variables);
  // One argument, so that the statement's text is the same for any number of ids.
  const list = rows.value(JSON.stringify(ids));
  const limits = limitsOf(target).map(limit => ` AND ${whereSql(entity, limit, rows)}`);
  return {
    sql: `SELECT ${entity.selectList} FROM ${quote(entity.table)} WHERE "id" IN (SELECT value FROM json_each(${list}))${limits.join('')}`,
    args: rows.args,
  };
}

function toJson(
  known: ReadonlyMap<string, ReadonlyMap<string, RecordValues | null>>,
  targets: ReadonlyMap<string, Readable>,
  fields: ReadonlyMap<string, ReadonlySet<string>>,
  locale: TextLocale | undefined,
): Included {
  const shown = (entity: CompiledEntity, record: RecordValues | null, only: ReadonlySet<string> | undefined) =>
    record && recordJson(entity, record, only, locale);
  return Object.fromEntries(
    [...known].map(([key, records]) => {
      const { entity, visible } = targets.get(key)!;
      const only = fields.get(key) ?? visible;
      return [key, Object.fromEntries([...records].map(([id, record]) => [id, shown(entity, record, only)]))];
    }),
  );
}
