/** Text to take away: shown as it is, with one button that copies it. */
import { css, html, LitElement } from 'lit';
import { base } from '../../widgets/kit/desk/base.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import { t } from '../strings/translate.ts';

/** @tag desk-copy */
export class CopyText extends LitElement {
  static override properties = { text: {}, label: {}, copied: { state: true } };
  declare text: string;
  declare label: string;
  declare copied: boolean;

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
      this.copied = true;
      setTimeout(() => (this.copied = false), 2_000);
    } catch {
      // Without permission the text is selected, so that the keyboard can copy it.
      const range = document.createRange();
      range.selectNodeContents(this.renderRoot.querySelector('code')!);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
    }
  }

  protected override render() {
    return html`<code tabindex="0" role="textbox" aria-readonly="true" aria-multiline="true" aria-label=${this.label}>${this.text}</code>
      <button @click=${this.#copy}>${icon(this.copied ? 'check' : 'copy')}${this.copied ? t('copied') : t('copy')}</button><span class="sr" role="status">${this.copied ? t('copied') : ''}</span>`;
  }

  static override styles = [
    base,
    css`
      :host { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); justify-items: start; }
      code { inline-size: 100%; font-family: var(--mono); font-size: 0.8125rem; line-height: 1.25rem; padding: 12px 16px; background: var(--canvas); border: 1px solid var(--hairline); border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere; direction: ltr; text-align: start; }
    `,
  ];
}
