/** What every mail of a module is made with. */
export { dateFormat } from './date-format.ts';
export { escapeHtml } from './escape-html.ts';
export { languageFor } from './language.ts';
export { oneLine } from './one-line.ts';
export { html, type Page, plainText, type Said } from './page.ts';
