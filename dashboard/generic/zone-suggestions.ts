/** Zones to choose from, for inputs with `list="zones"` in the same root. */
import { html, type TemplateResult } from 'lit';

let known: readonly string[] | undefined;

export const zoneSuggestions = (): TemplateResult => {
  known ??= Intl.supportedValuesOf('timeZone');
  return html`<datalist id="zones">${known.map(zone => html`<option value=${zone}></option>`)}</datalist>`;
};
