/** The full-text index of an entity: a contentless FTS5 table beside it, kept by triggers. */
import { pairsSql } from '../search/scripts.ts';
import { type CompiledEntity, type CompiledField, quote } from './entity.ts';

/** Changes when these tables or triggers would for the same manifest, so that stores make them anew. */
export const searchRevision = 3;

const kinds: ReadonlySet<string> = new Set(['text', 'richText', 'enum', 'list', 'sequence', 'address']);

/** Fields marked `search` whose words may be kept outside of their column. */
export function searchedFields(entity: CompiledEntity): readonly CompiledField[] {
  return entity.fields.filter(({ json }) => json.search && !json.hidden && !isEncrypted(json) && kinds.has(json.kind));
}

const isEncrypted = (json: object): boolean => 'encrypted' in json && json.encrypted === true;

/** Whether writing it writes an index, too. */
export const isSearched = (entity: CompiledEntity): boolean => searchedFields(entity).length > 0;

export const searchTable = (entity: CompiledEntity): string => `${entity.table}.fts`;
/** Gives each record a number that VACUUM does not change, unlike a rowid. */
export const docTable = (entity: CompiledEntity): string => `${entity.table}.doc`;
/** Every word of the index, for those that are misspelt. */
export const wordTable = (entity: CompiledEntity): string => `${entity.table}.words`;
export const searchColumn = (field: CompiledField): string => `f${field.columns[0]!.slice(1, -1)}`;

/** A column's text, its codes written together, so that `AB-12/3` is found as `AB123` too, and what has no spaces by pairs. */
function indexed(row: string, field: CompiledField): string {
  const column = `${row}${field.columns[0]}`;
  const { kind, translated } = field.json;
  // Of what is kept as JSON its values alone: nobody looks for `line1` or `en`.
  const isJson = translated || kind === 'list' || kind === 'address';
  const words = isJson ? `(SELECT group_concat(atom, ' ') FROM json_tree(${column}) WHERE atom IS NOT NULL)` : column;
  const text = `coalesce(${words}, '')`;
  const squeezed = ['-', '/', '.', '_', '+'].reduce((sql, mark) => `replace(${sql}, '${mark}', '')`, text);
  const together = `CASE WHEN ${squeezed} = ${text} THEN ${text} ELSE ${text} || ' ' || ${squeezed} END`;
  return `${together} || ' ' || coalesce(${pairsSql(text)}, '')`;
}

/** Drops, makes and fills the index, and makes its triggers, which other DDL has dropped. Empty where nothing is searched. */
export function searchSteps(entity: CompiledEntity, tables: { has(table: string): boolean }): string[] {
  const [fts, doc, words, table] = [searchTable(entity), docTable(entity), wordTable(entity), entity.table];
  const drop = [words, fts, doc].filter(name => tables.has(name)).map(name => `DROP TABLE ${quote(name)}`);
  const fields = searchedFields(entity);
  if (fields.length === 0) return drop;
  const columns = fields.map(searchColumn).join(', ');
  const values = (row: string) => fields.map(field => indexed(row, field)).join(', ');
  const number = (row: string) => `(SELECT "doc" FROM ${quote(doc)} WHERE "id" = ${row}"id")`;
  const insert = `INSERT INTO ${quote(fts)} (rowid, ${columns})`;
  const trigger = (name: string, when: string, body: string) =>
    `CREATE TRIGGER ${quote(`${table}.fts.${name}`)} AFTER ${when} ON ${quote(table)} BEGIN ${body} END`;
  const watched = fields.map(field => field.columns[0]).join(', ');
  return [
    ...drop,
    `CREATE TABLE ${quote(doc)} ("doc" INTEGER PRIMARY KEY, "id" TEXT NOT NULL UNIQUE) STRICT`,
    `CREATE VIRTUAL TABLE ${quote(fts)} USING fts5(${columns}, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3')`,
    `CREATE VIRTUAL TABLE ${quote(words)} USING fts5vocab(${quote(fts)}, 'col')`,
    `INSERT INTO ${quote(doc)} ("id") SELECT "id" FROM ${quote(table)}`,
    `${insert} SELECT d."doc", ${values('t.')} FROM ${quote(table)} t JOIN ${quote(doc)} d ON d."id" = t."id"`,
    trigger(
      'insert',
      'INSERT',
      `INSERT INTO ${quote(doc)} ("id") VALUES (NEW."id"); ${insert} VALUES (${number('NEW.')}, ${values('NEW.')});`,
    ),
    trigger(
      'update',
      `UPDATE OF ${watched}`,
      `DELETE FROM ${quote(fts)} WHERE rowid = ${number('OLD.')}; ${insert} VALUES (${number('NEW.')}, ${values('NEW.')});`,
    ),
    trigger(
      'delete',
      'DELETE',
      `DELETE FROM ${quote(fts)} WHERE rowid = ${number('OLD.')}; DELETE FROM ${quote(doc)} WHERE "id" = OLD."id";`,
    ),
  ];
}
