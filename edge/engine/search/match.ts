/** What somebody typed as an FTS5 expression, and the join that finds its rows. Nothing typed can be a syntax error. */
import { Problem } from '../../../schemas/errors/index.ts';
import { type CompiledEntity, quote } from '../compile/entity.ts';
import { docTable, searchColumn, searchedFields, searchTable } from '../compile/search-ddl.ts';
import type { Readable } from '../query/reader.ts';
import { isUnspaced, pairPhrase, runsOf } from './scripts.ts';

const mostWords = 12;
const mostCharacters = 200;

/** The searched fields that the caller may see. */
export const visibleSearch = ({ entity, visible }: Readable) =>
  searchedFields(entity).filter(field => !visible || visible.has(field.name));

/** What is searched for: at most a dozen words. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .slice(0, mostCharacters)
    .split(/\s+/)
    .filter(word => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords);

/** A word, or the start of one; where no spaces stand between words, the run of characters wherever it is. */
export function wordMatch(text: string): string {
  const parts = runsOf(text).filter(run => /[\p{L}\p{N}]/u.test(run));
  if (!parts.some(isUnspaced)) return word(text);
  return `(${parts.map(run => (isUnspaced(run) ? pairPhrase(run) : word(run))).join(' AND ')})`;
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
  const words = wordsOf(text);
  return words.length > 0 ? expressionOf(subject, words.map(wordMatch).join(' AND ')) : null;
}

/** Without the columns named, a match would also tell about fields that the caller may not see. */
export const expressionOf = (subject: Readable, words: string): string =>
  `{${visibleSearch(subject).map(searchColumn).join(' ')}} : (${words})`;

/** `match` is the SQL of the expression. Adds `_id` and `_rank`, which is lower for a better match. */
export function searchJoin(entity: CompiledEntity, match: string): string {
  const index = quote(searchTable(entity));
  const found = `SELECT d."id" AS "_id", f.rank AS "_rank" FROM ${index} f JOIN ${quote(docTable(entity))} d ON d."doc" = f.rowid WHERE ${index} MATCH ${match}`;
  return `JOIN (${found}) ON "_id" = "id"`;
}
