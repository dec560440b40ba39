/** Asks before something that cannot be taken back. */
import { css, html, LitElement, nothing } from 'lit';
import type { Question } from '../api/contexts.ts';
import { t } from '../strings/translate.ts';
import { base } from '../styles/base.ts';

/** @tag desk-ask */
export class AskDialog extends LitElement {
  static override properties = { question: { state: true } };
  declare question: Question | null;
  #answer: ((yes: boolean) => void) | undefined;

  constructor() {
    super();
    this.question = null;
  }

  async ask(question: Question): Promise<boolean> {
    this.#answer?.(false);
    this.question = question;
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
    this.#answer?.(this.#dialog.returnValue === 'yes');
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
        <div class="actions">
          <button @click=${() => this.#dialog.close('')}>${t('goBack')}</button>
          <button class="primary ${question.danger ? 'danger' : ''}" @click=${() => this.#dialog.close('yes')}>${question.confirm}</button>
        </div>`
          : nothing
      }
    </dialog>`;
  }

  static override styles = [
    base,
    css`
      dialog { border: 1px solid var(--hairline); border-radius: 10px; padding: 24px; inline-size: min(440px, calc(100vw - 32px)); background: var(--raised); color: var(--ink); box-shadow: var(--shadow); overflow-wrap: anywhere; }
      dialog[open] { display: grid; gap: 12px; }
      dialog::backdrop { background: var(--scrim); }
      .actions { justify-content: flex-end; margin-block-start: 8px; }
    `,
  ];
}
