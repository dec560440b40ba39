/** Scripts that put no spaces between words: Han, kana, Hangul. They are searched by pairs of characters. */

const ranges = '\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3134f}';
/** One such character, as SQLite's GLOB has it. */
const one = `[${ranges}]`;
const runs = new RegExp(`[${ranges}]+|[^${ranges}]+`, 'gu');
const unspaced = new RegExp(`^[${ranges}]`, 'u');

/** SQL of the text with each such character as a pair with the next one, and everything else as it is; NULL without any. */
export function pairsSql(text: string): string {
  // An array of as many elements as the text has characters: a trigger can neither loop nor recurse.
  const places = `json_each('[' || rtrim(replace(hex(zeroblob(length(${text}))), '00', '0,'), ',') || ']')`;
  const characters = `SELECT substr(${text}, key + 1, 1) AS c, substr(${text}, key + 2, 1) AS d FROM ${places}`;
  const pair = `' ' || c || CASE WHEN d GLOB '${one}' THEN d ELSE '' END || ' '`;
  const spelt = `SELECT group_concat(CASE WHEN c GLOB '${one}' THEN ${pair} ELSE c END, '') FROM (${characters})`;
  return `CASE WHEN ${text} GLOB '*${one}*' THEN (${spelt}) END`;
}

/** A word at the borders of such scripts. */
export const runsOf = (word: string): readonly string[] => word.match(runs) ?? [];

export const isUnspaced = (run: string): boolean => unspaced.test(run);

/** The run as an FTS5 phrase of its pairs; a single character is found as the first of any. */
export function pairPhrase(run: string): string {
  const characters = [...run];
  if (characters.length === 1) return `"${run}"*`;
  return `"${characters
    .slice(1)
    .map((character, i) => characters[i]! + character)
    .join(' ')}"`;
}
