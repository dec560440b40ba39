/** Short messages at the edge: what was done, with the way back. */
import { css, html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { base } from '../../widgets/kit/desk/base.ts';
import { icon } from '../../widgets/kit/desk/icon.ts';
import type { Toast } from '../api/contexts.ts';
import { t } from '../strings/translate.ts';

const lifetime = 8_000;

/** @tag desk-toasts */
export class ToastStack extends LitElement {
  static override properties = { items: { state: true } };
  declare items: readonly { readonly id: number; readonly toast: Toast }[];
  #next = 0;
  #paused = false;

  constructor() {
    super();
    this.items = [];
  }

  show(toast: Toast): void {
    const id = this.#next++;
    this.items = [...this.items.slice(-2), { id, toast }];
    this.#expire(id);
  }

  #expire(id: number): void {
    setTimeout(() => {
      if (this.#paused) this.#expire(id);
      else this.#drop(id);
    }, lifetime);
  }

  #drop(id: number): void {
    this.items = this.items.filter(item => item.id !== id);
  }

  protected override render() {
    return html`<div role="status" aria-live="polite" @pointerenter=${() => (this.#paused = true)} @pointerleave=${() => (this.#paused = false)}
      @focusin=${() => (this.#paused = true)} @focusout=${() => (this.#paused = false)}>
      ${repeat(
        this.items,
        item => item.id,
        ({ id, toast }) => html`<div class="toast ${toast.tone ?? 'plain'}">
        ${icon(toast.tone === 'error' ? 'alert' : 'check')}<span class="grow">${toast.text}</span>
        ${
          toast.undo
            ? html`<button class="link" @click=${() => {
                this.#drop(id);
                toast.undo?.();
              }}>${t('undo')}</button>`
            : nothing
        }
        <button class="plain icon-only" aria-label=${t('dismiss')} @click=${() => this.#drop(id)}>${icon('close')}</button>
      </div>`,
      )}
    </div>`;
  }

  static override styles = [
    base,
    css`
      :host { position: fixed; inset-block-end: 24px; inset-inline-end: 24px; z-index: 20; inline-size: min(400px, calc(100vw - 32px)); }
      [role='status'] { display: grid; gap: 8px; }
      .toast { display: flex; align-items: center; gap: 10px; padding: 8px 8px 8px 14px; border-radius: 8px; background: var(--raised); border: 1px solid var(--hairline); box-shadow: var(--shadow); overflow-wrap: anywhere; animation: arrive 160ms ease-out; }
      .toast:dir(rtl) { padding: 8px 14px 8px 8px; }
      .toast > svg { color: var(--ok); }
      .toast.error > svg { color: var(--danger); }
      @keyframes arrive { from { opacity: 0; transform: translateY(8px); } }
      @media (max-width: 720px) { :host { inset-inline: 16px; inset-block-end: 16px; inline-size: auto; } }
    `,
  ];
}
