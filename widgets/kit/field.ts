/** A labelled field whose error is spoken and tied to it. */
import { html, nothing, type TemplateResult } from 'lit';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type?: 'text' | 'email' | 'tel' | 'area';
  readonly required?: boolean;
  /** Autofill hint; see the HTML standard. */
  readonly autocomplete?: 'name' | 'email' | 'tel' | 'off';
  /** Shown after the label of a field that may stay empty. */
  readonly optional?: string;
  readonly error?: string | undefined;
  onInput(name: string, value: string): void;
}

/** Renders the field; its element is named, so a form finds it by `elements`. */
export const field = (options: Field): TemplateResult => {
  const { name, label, value, type = 'text', required, autocomplete = 'off', optional, error } = options;
  const input = (event: Event) => options.onInput(name, (event.target as HTMLInputElement).value);
  const described = error ? `${name}-error` : nothing;
  return html`<div class="field">
    <label for=${name}>${label}${required ? '' : html` <span class="muted">${optional}</span>`}</label>
    ${
      type === 'area'
        ? html`<textarea id=${name} name=${name} rows="2" .value=${value} @input=${input} aria-describedby=${described} aria-invalid=${!!error}></textarea>`
        : html`<input id=${name} name=${name} type=${type} .value=${value} autocomplete=${autocomplete} ?required=${required} @input=${input} aria-describedby=${described} aria-invalid=${!!error} />`
    }
    ${error ? html`<p class="error" id="${name}-error">${error}</p>` : ''}
  </div>`;
};
