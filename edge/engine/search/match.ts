/** What somebody typed as an FTS5 expression, and the join that finds its rows. Nothing typed can be a syntax error. */
import { Problem } from '../../../schemas/errors/index.ts';
import { type CompiledEntity, quote } from '../compile/entity.ts';
import { docTable, searchColumn, searchedFields, searchTable } from '../compile/search-ddl.ts';
import type { Readable } from '../query/reader.ts';

const mostWords = 12;
const mostCharacters = 200;

/** The searched fields that the caller may see. */
export const visibleSearch = ({ entity, visible }: Readable) =>
  searchedFields(entity).filter(field => !visible || visible.has(field.name));

/** Every word must be in the record, the start of one is enough. Null where no word is left of it. */
export function matchWords(text: string): string | null {
  const words = text
    .slice(0, mostCharacters)
    .split(/\s+/)
    .filter(word => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords);
  return words.length > 0 ? words.map(word).join(' AND ') : null;
}

/** `AB-12` as the phrase of its parts, or written together, as codes are stored too. */
function word(text: string): string {
  const quoted = `"${text.replaceAll('"', ' ').replaceAll('\0', ' ').trim()}"*`;
  const squeezed = text.replace(/[^\p{L}\p{N}\p{M}]/gu, '');
  return squeezed === text ? quoted : `(${quoted} OR "${squeezed}"*)`;
}

/** Throws INVALID_QUERY where the caller may search nothing of the entity. */
export function matchExpression(subject: Readable, text: string): string | null {
  const fields = visibleSearch(subject);
  if (fields.length === 0) {
    throw Problem.of('INVALID_QUERY', { detail: `${subject.entity.name} has no field to search in` });
  }
  const words = matchWords(text);
  // Without the columns named, a match would also tell about fields that the caller may not see.
  return words && `{${fields.map(searchColumn).join(' ')}} : (${words})`;
}

/** `match` is the SQL of the expression. Adds `_id` and `_rank`, which is lower for a better match. */
export function searchJoin(entity: CompiledEntity, match: string): string {
  const index = quote(searchTable(entity));
  const found = `SELECT d."id" AS "_id", f.rank AS "_rank" FROM ${index} f JOIN ${quote(docTable(entity))} d ON d."doc" = f.rowid WHERE ${index} MATCH ${match}`;
  return `JOIN (${found}) ON "_id" = "id"`;
}
