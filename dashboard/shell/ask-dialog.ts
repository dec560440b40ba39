/** Asks before something that cannot be taken back, and for the reason where one is to be kept. */
import { css, html, LitElement, nothing } from 'lit';
import { base } from '../../widgets/kit/desk/base.ts';
import type { Answer, Question } from '../api/contexts.ts';
import { t } from '../strings/translate.ts';
import { form } from '../styles/form.ts';

/** @tag desk-ask */
export class AskDialog extends LitElement {
  static override properties = { question: { state: true }, reason: { state: true } };
  declare question: Question | null;
  declare reason: string;
  #answer: ((answer: Answer | null) => void) | undefined;

  constructor() {
    super();
    this.question = null;
    this.reason = '';
  }

  /** Null when dismissed. */
  async ask(question: Question): Promise<Answer | null> {
    this.#answer?.(null);
    this.question = question;
    this.reason = '';
    await this.updateComplete;
    this.#dialog.returnValue = '';
    this.#dialog.showModal();
    return new Promise(resolve => {
      this.#answer = resolve;
    });
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  #closed(): void {
    const reason = this.reason.trim();
    this.#answer?.(this.#dialog.returnValue === 'yes' ? (reason ? { reason } : {}) : null);
    this.#answer = undefined;
  }

  protected override render() {
    const { question } = this;
    return html`<dialog aria-labelledby="title" closedby="any" @close=${this.#closed}>
      ${
        question
          ? html`
        <h2 id="title">${question.title}</h2>
        ${question.body ? html`<p class="muted">${question.body}</p>` : nothing}
        ${question.reason ? this.#reason(question.reason === 'required') : nothing}
        <div class="actions">
          <button @click=${() => this.#dialog.close('')}>${t('goBack')}</button>
          <button class="primary ${question.danger ? 'danger' : ''}" ?disabled=${question.reason === 'required' && this.reason.trim() === ''} @click=${() => this.#dialog.close('yes')}>${question.confirm}</button>
        </div>`
          : nothing
      }
    </dialog>`;
  }

  #reason(required: boolean) {
    return html`<div class="field"><label for="reason">${t('step.reason')}${required ? nothing : html`<span class="optional">${t('field.optional')}</span>`}</label>
      <textarea id="reason" autofocus maxlength="500" ?required=${required} .value=${this.reason} @input=${(event: Event) => (this.reason = (event.target as HTMLTextAreaElement).value)}></textarea></div>`;
  }

  static override styles = [
    base,
    form,
    css`
      dialog { border: 1px solid var(--hairline); border-radius: 10px; padding: 24px; inline-size: min(440px, calc(100vw - 32px)); background: var(--raised); color: var(--ink); box-shadow: var(--shadow); overflow-wrap: anywhere; }
      dialog[open] { display: grid; gap: 12px; }
      dialog::backdrop { background: var(--scrim); }
      .actions { justify-content: flex-end; margin-block-start: 8px; }
    `,
  ];
}
