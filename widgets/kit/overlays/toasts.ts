/** Short messages in the corner of the view. */
import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { icon } from '../icons.ts';
import { overlayStyles } from './overlay-styles.ts';

export interface Toast {
  readonly text: string;
  /** Words of a button, and what it does; the message goes with it. */
  readonly action?: { readonly label: string; run(): void };
  /** For how long it stays; one with an action stays longer by itself. */
  readonly seconds?: number;
}

interface Shown extends Toast {
  left: number;
}

/** The oldest goes when a further one comes. */
const most = 3;
const tick = 250;

/**
 * Messages one above the other in the top layer, spoken politely. They wait while the pointer or the focus is on them.
 *
 * @tag inlaykit-toasts
 * @csspart toast - One message.
 */
export class Toasts extends LitElement {
  static override properties: PropertyDeclarations = { shut: {}, shown: { state: true } };
  static override styles: (typeof overlayStyles)[] = [
    overlayStyles,
    css`
      [popover] {
        inset-block-end: max(1rem, env(safe-area-inset-bottom));
        inset-inline-end: 1rem;
        padding: 0.25rem;
        border: 0;
        background: none;
        box-shadow: none;
        overflow: visible;
      }
      [popover]:popover-open {
        display: grid;
        gap: 0.5rem;
      }
      .toast {
        display: flex;
        gap: 0.75em;
        align-items: center;
        padding-block: 0.25em;
        padding-inline: 0.9em 0.25em;
        border-radius: min(var(--radius), 1rem);
        background: var(--ink);
        color: var(--paper);
        border: 1px solid transparent;
        box-shadow: 0 4px 16px rgb(0 0 0 / 0.2);
      }
      .toast > span {
        flex: 1;
      }
      .toast button {
        min-width: 44px;
        min-height: 44px;
        padding: 0 0.3em;
        font-weight: 600;
      }
      .toast :focus-visible {
        outline-color: currentColor;
      }
    `,
  ];

  /** Words of the button that closes a message; `Close` without. */
  declare shut?: string;
  declare shown: readonly Shown[];
  #timer?: ReturnType<typeof setInterval> | undefined;
  #held = false;

  constructor() {
    super();
    this.shown = [];
    this.addEventListener('command', event => {
      const { command, source } = event as Event & { command: string; source?: HTMLElement };
      if (command === '--show') this.show({ text: source?.dataset['text'] ?? '' });
    });
  }

  /** Shows a message; the newest stands last. */
  show(toast: Toast): void {
    const left = (toast.seconds ?? (toast.action ? 10 : 5)) * 1000;
    this.shown = [...this.shown, { ...toast, left }].slice(-most);
    this.#timer ??= setInterval(() => this.#pass(), tick);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    this.shown = [];
  }

  protected override render(): unknown {
    return html`<div class="sr" role="status">${this.shown.at(-1)?.text}</div>
      <div popover="manual" @pointerenter=${this.#hold} @pointerleave=${this.#release} @focusin=${this.#hold} @focusout=${this.#release}>
        ${this.shown.map(
          toast => html`<div class="toast" part="toast"><span>${toast.text}</span>
            ${toast.action ? html`<button type="button" @click=${() => this.#act(toast)}>${toast.action.label}</button>` : ''}
            <button type="button" aria-label=${this.shut ?? 'Close'} @click=${() => this.#drop(toast)}>${icon('shut')}</button></div>`,
        )}
      </div>`;
  }

  protected override updated(): void {
    const region = this.renderRoot.querySelector<HTMLElement>('[popover]')!;
    if (!this.isConnected || region.matches(':popover-open') === this.shown.length > 0) return;
    region.togglePopover();
  }

  #hold = (): void => {
    this.#held = true;
  };
  #release = (): void => {
    this.#held = false;
  };

  #pass(): void {
    if (this.#held) return;
    for (const toast of this.shown) toast.left -= tick;
    if (this.shown.some(({ left }) => left <= 0)) this.shown = this.shown.filter(({ left }) => left > 0);
    if (!this.shown.length) this.#stop();
  }

  #act(toast: Shown): void {
    this.#drop(toast);
    toast.action?.run();
  }

  #drop(toast: Shown): void {
    this.shown = this.shown.filter(one => one !== toast);
    this.#held = false;
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
