/** What every mail of a module is made with. */
export { escapeHtml } from './escape-html.ts';
export { oneLine } from './one-line.ts';
export { html, type Page, plainText, type Said } from './page.ts';
