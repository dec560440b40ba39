/** Python's words: names, strings and comments of a manifest as Python writes them. */

const keywords = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case type'.split(
    ' ',
  ),
);
/** `timeOff` -> `time_off`, `guest-book` -> `guest_book`; a keyword gets an underscore. */
export function snake(name: string): string {
  const word = name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`).replace(/[^a-z0-9_]/g, '_');
  return keywords.has(word) ? `${word}_` : word;
}

/** JSON's strings are Python's, but for what lies beyond the basic plane. */
export const quote = (text: string): string => JSON.stringify(text);
export const doc = (text: string | undefined, indent: string): string =>
  text ? `${indent}${quote(text.replaceAll(/\s+/g, ' '))}\n` : '';
