/** One line or several of text; e-mail, web address, search. */
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { TextFormat } from '../../../schemas/module/field.ts';
import type { Fault } from './checks/fault.ts';
import { checkText } from './checks/text-check.ts';
import { type Described, FormControl } from './form-control.ts';
import { textWords } from './text-words.ts';

const formats = ['email', 'url', 'slug', 'colour'];
const inputTypes = ['email', 'url', 'tel', 'search'];

/**
 * @tag inlaykit-text
 */
export class TextControl extends FormControl<string> {
  static override properties: PropertyDeclarations = {
    type: {},
    placeholder: {},
    autocomplete: {},
    minLength: { attribute: 'minlength', type: Number },
    maxLength: { attribute: 'maxlength', type: Number },
    counter: { type: Boolean },
  };
  static override readonly words = {
    ...textWords,
    'left.one': '{n} character left',
    'left.other': '{n} characters left',
  };

  /** `text`, `email`, `url`, `tel`, `search`, `slug`, `colour`, or `multiline`. */
  declare type?: string;
  declare placeholder?: string;
  /** Autofill hint; see the HTML standard. */
  declare autocomplete?: AutoFill;
  declare minLength?: number;
  declare maxLength?: number;
  /** Shows how many characters are left. */
  declare counter?: boolean;

  protected empty(): string {
    return '';
  }
  protected override get blank(): boolean {
    return !this.value.trim();
  }
  protected read(text: string): string {
    return text;
  }
  protected write(value: string): string {
    return value;
  }
  protected check(value: string): Fault | undefined {
    const { type = 'text', minLength: min, maxLength: max } = this;
    const format = type === 'tel' ? 'phone' : formats.includes(type) ? (type as TextFormat) : undefined;
    return checkText({ min, max, format }, value);
  }

  protected control({ invalid, by }: Described): TemplateResult {
    const { type = 'text', value, required, inactive } = this;
    const input = (event: Event) => this.edit((event.target as HTMLInputElement).value);
    const described = by || nothing;
    const name = this.label ? nothing : this.caption || nothing;
    const field =
      type === 'multiline'
        ? html`<textarea id="control" class="box" rows="3" .value=${value} @input=${input} ?required=${required} ?disabled=${inactive}
            ?readonly=${this.readonly} aria-invalid=${invalid} aria-describedby=${described} aria-label=${name} placeholder=${this.placeholder ?? nothing}
            autocomplete=${this.autocomplete ?? nothing}></textarea>`
        : html`<input id="control" class="box ${type === 'text' || type === 'search' ? '' : 'ltr'}" type=${inputTypes.includes(type) ? type : 'text'}
            .value=${value} @input=${input} @keydown=${this.#enter} ?required=${required} ?disabled=${inactive} ?readonly=${this.readonly}
            aria-invalid=${invalid} aria-describedby=${described} aria-label=${name} placeholder=${this.placeholder ?? nothing}
            autocomplete=${this.autocomplete ?? (type === 'email' || type === 'url' || type === 'tel' ? type : nothing)} />`;
    return this.counter && this.maxLength ? html`${field}${this.#left(this.maxLength)}` : field;
  }

  #left(max: number): TemplateResult {
    const n = max - this.value.length;
    // Spoken only near the end: a count at each key would drown what is typed.
    return html`<p class="muted figures" aria-live=${n <= 20 ? 'polite' : 'off'}>${this.t('left', { n })}</p>`;
  }

  /** Enter in a line sends the form, as in a native one. */
  #enter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.isComposing) this.send();
  };
}
