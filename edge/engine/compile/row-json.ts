/** A selected row as the JSON text of its record: what `recordJson` gives, without the values in between. */
import { type FieldJson, type Translated, textFor } from '../../../schemas/module/index.ts';
import { toRfc3339 } from '../../../schemas/time/index.ts';
import type { SqlRow } from './codec.ts';
import { type CompiledEntity, type CompiledField, decodeRow, type RowOpener, recordJson } from './entity.ts';

type Write = (row: SqlRow, at: number) => string;

interface Member {
  readonly name: string;
  readonly builtIn: boolean;
  readonly translated: boolean;
  /** The comma, the name and the colon before the value. */
  readonly lead: string;
  readonly at: number;
  readonly write: Write;
}

const quoted: Write = (row, at) => (row[at] === null ? 'null' : JSON.stringify(row[at]));
const digits: Write = (row, at) => `${row[at]}`;
/** A column of JSON holds what `JSON.stringify` made. */
const stored = digits;
const bool: Write = (row, at) => (row[at] === null ? 'null' : row[at] === 1 ? 'true' : 'false');
const instant: Write = (row, at) => (row[at] === null ? 'null' : `"${toRfc3339(row[at] as number)}"`);
const money: Write = (row, at) =>
  row[at] === null ? 'null' : `{"amount":${row[at]},"currency":${JSON.stringify(row[at + 1])}}`;

const writers: Partial<Record<FieldJson['kind'], Write>> = {
  text: quoted,
  richText: quoted,
  date: quoted,
  localTime: quoted,
  zone: quoted,
  enum: quoted,
  ref: quoted,
  file: quoted,
  sequence: quoted,
  int: digits,
  duration: digits,
  bool,
  instant,
  money,
  json: stored,
  address: stored,
};

/** Kinds whose column holds, as an element of a list, the text that a reply shows. */
const shownAsStored = (node: FieldJson): boolean => writers[node.kind] !== undefined && node.kind !== 'instant';

function writerOf({ json, codec }: CompiledField): Write {
  if (json.kind === 'text' && json.translated) return stored;
  const known = json.kind === 'list' && shownAsStored(json.of) ? stored : writers[json.kind];
  return known ?? ((row, at) => JSON.stringify(codec.toJson(codec.fromSql(row, at))));
}

const membersOf = new WeakMap<CompiledEntity, readonly Member[]>();

function compileMembers(entity: CompiledEntity): readonly Member[] {
  const shown = entity.fields.filter(field => !field.json.hidden);
  return shown.map((field, index) => ({
    name: field.name,
    builtIn: field.builtIn,
    translated: Boolean(field.json.translated),
    lead: `${index === 0 ? '{' : ','}${JSON.stringify(field.name)}:`,
    at: field.at,
    write: writerOf(field),
  }));
}

/** `only` and `locale` as for `recordJson`; `open` opens what is encrypted. */
export function rowJson(
  entity: CompiledEntity,
  row: SqlRow,
  open: RowOpener,
  only?: ReadonlySet<string>,
  locale?: { readonly read: readonly string[] },
): string {
  if (entity.encrypted.length > 0)
    return JSON.stringify(recordJson(entity, decodeRow(entity, row, open), only, locale));
  let members = membersOf.get(entity);
  if (members === undefined) {
    members = compileMembers(entity);
    membersOf.set(entity, members);
  }
  let text = '';
  for (const { name, builtIn, translated, lead, at, write } of members) {
    if (only !== undefined && !builtIn && !only.has(name)) continue;
    text += lead + (translated && locale !== undefined ? inLocale(row[at], locale.read) : write(row, at));
  }
  return `${text}}`;
}

function inLocale(texts: SqlRow[number] | undefined, wanted: readonly string[]): string {
  if (texts === null) return 'null';
  return JSON.stringify(textFor(JSON.parse(texts as string) as Translated, wanted) ?? null);
}
