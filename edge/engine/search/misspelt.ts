/** Words that are nowhere in an index, taken for misspelt ones that are. */
import type { SqlValue, Statement, StatementResult } from '../../../schemas/ports/index.ts';
import { quote } from '../compile/entity.ts';
import { searchColumn, wordTable } from '../compile/search-ddl.ts';
import type { Readable } from '../query/reader.ts';
import { expressionOf, visibleSearch, wordMatch, wordsOf } from './match.ts';
import { isUnspaced, runsOf } from './scripts.ts';

const mostTerms = 5_000;
const mostAlternatives = 8;

/** How the index spells a word (unicode61, diacritics removed). */
const fold = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Edits that a word may be away: none under 3 letters, 2 from 5 on. */
const reach = (word: string): number => (word.length < 3 ? 0 : word.length < 5 ? 1 : 2);

const isPlain = (word: string): boolean => /^[\p{L}\p{N}]+$/u.test(word) && !runsOf(word).some(isUnspaced);

export interface Spelling {
  readonly statements: readonly Statement[];
  /** The expression with the nearest words in the place of misspelt ones; undefined where that finds no more. */
  expression(results: readonly StatementResult[]): string | undefined;
}

/** What to ask of an entity's index about a text that found nothing. */
export function spellingOf(subject: Readable, text: string): Spelling {
  const table = quote(wordTable(subject.entity));
  const columns = JSON.stringify(visibleSearch(subject).map(searchColumn));
  const words = wordsOf(text).map(given => ({ given, folded: fold(given) }));
  const doubtful = words.filter(({ given, folded }) => isPlain(given) && reach(folded) > 0);
  const from = `FROM ${table} WHERE "col" IN (SELECT value FROM json_each(?))`;
  return {
    statements: doubtful.flatMap(({ folded }) => [
      {
        sql: `SELECT 1 ${from} AND "term" >= ? AND "term" < ? LIMIT 1`,
        args: [columns, folded, `${folded}\u{10ffff}`],
      },
      similar(from, columns, folded),
    ]),
    expression(results) {
      const chosen = new Map<string, string>();
      for (const [i, { given, folded }] of doubtful.entries()) {
        if (results[2 * i]!.rows.length > 0) continue;
        const near = nearest(
          folded,
          results[2 * i + 1]!.rows.map(([term]) => String(term)),
        );
        if (near.length === 0) return undefined;
        chosen.set(given, `(${near.map(term => `"${term}"`).join(' OR ')})`);
      }
      if (chosen.size === 0) return undefined;
      return expressionOf(subject, words.map(({ given }) => chosen.get(given) ?? wordMatch(given)).join(' AND '));
    },
  };
}

/** Terms of about the same length that share a part with the word: one more part than edits, so that one is left whole. */
function similar(from: string, columns: string, word: string): Statement {
  const edits = reach(word);
  const letters = [...word];
  const size = Math.ceil(letters.length / (edits + 1));
  const parts = Array.from({ length: edits + 1 }, (_, i) => letters.slice(i * size, (i + 1) * size).join(''));
  const swapped = letters.slice(1).map((_, i) => swap(letters, i));
  const whole = parts.filter(Boolean);
  const args: SqlValue[] = [columns, letters.length - edits, letters.length + edits, ...whole, JSON.stringify(swapped)];
  const shares = [...whole.map(() => 'instr("term", ?)'), '"term" IN (SELECT value FROM json_each(?))'].join(' OR ');
  return {
    sql: `SELECT DISTINCT "term" ${from} AND length("term") BETWEEN ? AND ? AND (${shares}) LIMIT ${mostTerms}`,
    args,
  };
}

const swap = (letters: readonly string[], i: number): string =>
  [...letters.slice(0, i), letters[i + 1], letters[i], ...letters.slice(i + 2)].join('');

/** The nearest terms within reach, as many as are equally near. */
function nearest(word: string, terms: readonly string[]): readonly string[] {
  let best = reach(word);
  let found: string[] = [];
  for (const term of terms) {
    const edits = distance(word, term);
    if (edits > best) continue;
    if (edits < best) found = [];
    best = edits;
    found.push(term);
  }
  return found.slice(0, mostAlternatives);
}

/** Letters added, left out, changed, or swapped with the next one (optimal string alignment). */
export function distance(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const rows = [Array.from({ length: right.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1;
      let edits = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      const crossed = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      if (crossed) edits = Math.min(edits, rows[i - 2]![j - 2]! + 1);
      row.push(edits);
    }
    rows.push(row);
  }
  return rows[left.length]![right.length]!;
}
