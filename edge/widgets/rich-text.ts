/** Text with a little Markdown, read into blocks: paragraphs, lists, bold, italic, links. Markup of any other kind stays text. */
import type { Inline, RichBlock } from '../../schemas/protocol/index.ts';

const item = /^\s*(?:[-*+]|\d{1,3}[.)])\s+/;
const inline = /\*\*([^*\n]+)\*\*|[*_]([^*_\n]+)[*_]|\[([^\]\n]+)\]\(((?:https?:\/\/|mailto:|tel:)[^\s()]+)\)/g;

/** Blocks in their order; an empty line ends one. */
export function readRichText(text: string): RichBlock[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .map(part => part.split('\n').filter(line => line.trim() !== ''))
    .filter(lines => lines.length > 0)
    .flatMap(lines => {
      const first = lines.findIndex(line => item.test(line));
      if (first < 0) return [{ lines: lines.map(readLine) }];
      const list = { list: true, lines: lines.slice(first).map(line => readLine(line.replace(item, ''))) };
      return first === 0 ? [list] : [{ lines: lines.slice(0, first).map(readLine) }, list];
    });
}

function readLine(line: string): Inline[] {
  const found: Inline[] = [];
  let from = 0;
  for (const match of line.matchAll(inline)) {
    const [whole, bold, italic, text, href] = match;
    if (match.index > from) found.push(line.slice(from, match.index));
    found.push(href ? { text: text!, href } : bold ? { text: bold, as: 'b' } : { text: italic!, as: 'i' });
    from = match.index + whole.length;
  }
  if (from < line.length) found.push(line.slice(from));
  return found;
}

/** The text alone, for a title or a line of a list. */
export const plainText = (text: string): string =>
  readRichText(text)
    .flatMap(({ lines }) => lines)
    .map(line => line.map(part => (typeof part === 'string' ? part : part.text)).join(''))
    .join(' ');
