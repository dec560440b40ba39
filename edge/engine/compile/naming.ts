/** Physical names: short, never a reserved word, the same for the same declaration, and never two declarations' alike. */
import { createHash } from 'node:crypto';

/** What databases take at most (PostgreSQL's limit, the strictest in use). */
export const longestName = 63;
/** Leaves room for the suffixes of a field's columns, such as `_currency`. */
const longestColumn = 52;
/** Leaves room for the names of a table's indexes and triggers. */
const longestTable = 48;
const digits = 10;
/** The publisher whose tables carry the module's own name. */
export const house = 'inlay';

/** Keywords of SQLite and those reserved by SQL:2023 in the major dialects. */
const reserved = new Set(
  (
    'abort action add after all alter always analyze and any array as asc asymmetric at attach authorization ' +
    'autoincrement before begin between binary both by call cascade case cast check collate collation column commit ' +
    'concurrently conflict constraint create cross current current_catalog current_date current_role current_schema ' +
    'current_time current_timestamp current_user database declare default deferrable deferred delete desc detach ' +
    'distinct do drop each else end escape except exclude exclusive exists explain fail false fetch filter first ' +
    'following for foreign freeze from full function generated glob grant group groups having if ignore ilike immediate ' +
    'in index indexed initially inner insert instead intersect into is isnull join key last lateral leading left like ' +
    'limit localtime localtimestamp match materialized natural no not nothing notnull null nulls of offset on only or ' +
    'order others outer over overlaps partition placing plan pragma preceding primary procedure query raise range ' +
    'recursive references regexp reindex release rename replace restrict returning right rollback row rows rowid ' +
    'savepoint select session_user set similar some symmetric table tablesample temp temporary then ties to trailing ' +
    'transaction trigger true unbounded union unique update user using vacuum values variadic verbose view virtual ' +
    'when where window with within without oid _rowid_'
  ).split(' '),
);

export const isReserved = (name: string): boolean => reserved.has(name);

const hash = (text: string): string => {
  const value = BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 16)}`);
  return value.toString(36).padStart(13, '0').slice(-digits);
};

export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

/** The name itself, or its beginning and a hash of the whole. Two underscores keep it apart from every name that was not cut. */
export function bounded(name: string, longest: number = longestName): string {
  return name.length <= longest ? name : `${name.slice(0, longest - digits - 2)}__${hash(name)}`;
}

/** `party` of our own; `x` and a hash of the whole id of anybody else's. */
export function tablePrefix(moduleId: string): string {
  const dot = moduleId.indexOf('.');
  const name = moduleId.slice(dot + 1);
  const plain = moduleId.slice(0, dot) === house && name.length <= 30 && !name.startsWith('sqlite');
  return plain ? name : `x${hash(moduleId)}`;
}

/** Prefixes have no underscore, so the first one splits the two halves and no two entities share a table. */
export const tableName = (moduleId: string, entity: string): string =>
  bounded(`${tablePrefix(moduleId)}_${snakeCase(entity)}`, longestTable);

/** A field's column before its kind's suffix. Fields have no underscore at the end, so the added one makes no twin. */
export function columnName(field: string): string {
  const name = snakeCase(field);
  return bounded(isReserved(name) ? `${name}_` : name, longestColumn);
}

/** What the columns of a module's fields on other modules' entities begin with. */
export const extensionPrefix = (moduleId: string): string => `${tablePrefix(moduleId)}__`;

/** The column of a field that one module adds to another's entity. */
export const extensionColumn = (moduleId: string, field: string): string =>
  bounded(`${extensionPrefix(moduleId)}${snakeCase(field)}`, longestColumn);
