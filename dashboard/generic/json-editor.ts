/** Any JSON as text; what cannot be read is kept and said. */
import { html, LitElement } from 'lit';
import { base } from '../../widgets/kit/desk/base.ts';
import { form } from '../styles/form.ts';
import { Unreadable } from './unreadable.ts';

/** @tag desk-json-editor */
export class JsonEditor extends LitElement {
  static override styles = [base, form];
  static override properties = { value: { attribute: false }, label: {}, invalid: { type: Boolean } };
  declare value: unknown;
  declare label: string;
  declare invalid: boolean;
  #own: unknown;
  #text = '';

  protected override willUpdate(): void {
    if (this.value === this.#own && this.hasUpdated) return;
    this.#own = this.value;
    this.#text =
      this.value instanceof Unreadable
        ? this.value.text
        : this.value == null
          ? ''
          : JSON.stringify(this.value, null, 2);
  }

  #typed(event: Event): void {
    this.#text = (event.target as HTMLTextAreaElement).value;
    try {
      this.value = this.#text.trim() === '' ? null : JSON.parse(this.#text);
    } catch {
      this.value = new Unreadable(this.#text);
    }
    this.#own = this.value;
    this.dispatchEvent(new Event('change'));
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('textarea')?.focus();
  }

  protected override render() {
    return html`<textarea class="code" spellcheck="false" aria-label=${this.label} aria-invalid=${this.invalid} .value=${this.#text} @input=${this.#typed}></textarea>`;
  }
}
