/** A labelled native input for the desk's own small forms. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ApiProblem } from '../api/problem.ts';

export interface SimpleField {
  readonly name: string;
  readonly label: string;
  readonly type?: string;
  readonly value?: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly autocomplete?: string;
  readonly list?: string;
  readonly minLength?: number;
  /** Of a date, the first that may be chosen. */
  readonly min?: string;
  readonly optional?: boolean;
  readonly readOnly?: boolean;
}

export const simpleField = (field: SimpleField): TemplateResult => {
  const described = [field.hint ? `${field.name}-hint` : '', field.error ? `${field.name}-error` : '']
    .filter(Boolean)
    .join(' ');
  return html`<div class="field">
    <label for=${field.name}>${field.label}</label>
    <input id=${field.name} name=${field.name} type=${field.type ?? 'text'} .value=${field.value ?? ''} ?required=${!field.optional} ?readonly=${field.readOnly}
      autocomplete=${(field.autocomplete ?? 'off') as 'off'} list=${field.list ?? nothing} minlength=${field.minLength ?? nothing} min=${field.min ?? nothing}
      aria-invalid=${Boolean(field.error)} aria-describedby=${described || nothing} />
    ${field.hint ? html`<p class="hint" id=${`${field.name}-hint`}>${field.hint}</p>` : nothing}
    ${field.error ? html`<p class="wrong" id=${`${field.name}-error`}>${field.error}</p>` : nothing}
  </div>`;
};

/** The server's message for one field of a flat form. */
export const fieldError = (problem: ApiProblem | null, name: string): string | undefined =>
  problem?.errors.find(error => error.pointer === `/${name}`)?.message;

/** What stands in a form's named inputs, trimmed but for passwords. */
export const formValues = <N extends string>(event: Event, ...names: N[]): Record<N, string> => {
  const data = new FormData(event.currentTarget as HTMLFormElement);
  const read = (name: N) => String(data.get(name) ?? '');
  return Object.fromEntries(names.map(name => [name, name === 'password' ? read(name) : read(name).trim()])) as Record<
    N,
    string
  >;
};
