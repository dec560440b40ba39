/** Addresses within a text become links; everything else stays a text, whatever it looks like. */
import { html } from 'lit';

const address = /https:\/\/[^\s<>"'`\\]+/g;

/** Marks that end a sentence and not an address. */
const trimmed = (text: string) => {
  const bare = text.replace(/[.,;:!?\])}»”…]+$/, '');
  // A bracket that was opened in the address belongs to it.
  return text[bare.length] === ')' && bare.split('(').length > bare.split(')').length ? `${bare})` : bare;
};

export const linked = (text: string): readonly unknown[] => {
  const parts: unknown[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const href = trimmed(found);
    if (!URL.canParse(href)) continue;
    parts.push(text.slice(at, index));
    parts.push(html`<a class="link" href=${href} target="_blank" rel="noopener noreferrer">${href}</a>`);
    at = index + href.length;
  }
  return [...parts, text.slice(at)];
};
