/** A menu of commands behind a button. */
import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { FocusController } from '../controllers/focus-controller.ts';
import { overlayStyles } from './overlay-styles.ts';
import { PopupController } from './popup-controller.ts';

/**
 * A menu button (WAI-ARIA APG): arrow keys, Home, End and first letters move, Enter chooses, Escape and Tab close.
 *
 * @tag inlaykit-menu
 * @slot trigger - The button that opens it.
 * @slot - The items: buttons, each with a `value`.
 * @csspart popup - The menu.
 * @event {CustomEvent<{value: string}>} select - An item was chosen.
 */
export class Menu extends LitElement {
  static override properties: PropertyDeclarations = { label: {} };
  static override styles: (typeof overlayStyles)[] = [
    overlayStyles,
    css`
      :host {
        display: inline-block;
      }
      [popover] {
        padding: 0.3em;
        min-width: 10em;
      }
      ::slotted(button) {
        display: block;
        width: 100%;
        min-height: 44px;
        border: 0;
        border-radius: calc(var(--radius) * 0.7);
        padding: 0.5em 0.7em;
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        cursor: pointer;
      }
      ::slotted(button:is(:hover, :focus)) {
        background: var(--wash);
      }
    `,
  ];

  /** Accessible name of the menu. */
  declare label?: string;
  readonly #popup = new PopupController(this, undefined, open => this.#changed(open));
  readonly #focus = new FocusController(this, () => this.#items);
  #typed = '';
  #typedAt = 0;

  get anchor(): HTMLElement | undefined {
    return this.querySelector<HTMLElement>('[slot=trigger]') ?? undefined;
  }
  /** Whether it shows. */
  get open(): boolean {
    return this.#popup.open;
  }
  get #items(): HTMLButtonElement[] {
    return [...this.querySelectorAll<HTMLButtonElement>(':scope > button:not([slot],:disabled)')];
  }

  protected override render(): unknown {
    return html`<slot name="trigger" @pointerdown=${this.#popup.press} @click=${this.#popup.toggle} @keydown=${this.#triggerKey} @slotchange=${this.#mark}></slot>
      <div popover="auto" part="popup" role="menu" aria-label=${this.label ?? 'Menu'} @keydown=${this.#key} @click=${this.#choose}><slot @slotchange=${this.#mark}></slot></div>`;
  }

  #mark = (): void => {
    this.anchor?.setAttribute('aria-haspopup', 'menu');
    this.anchor?.setAttribute('aria-expanded', `${this.open}`);
    for (const item of this.querySelectorAll<HTMLElement>(':scope > button:not([slot])')) {
      item.setAttribute('role', 'menuitem');
      item.tabIndex = -1;
    }
  };

  #changed(open: boolean): void {
    this.#mark();
    if (open) this.#items[0]?.focus();
    else if (this.isConnected && this.#items.includes(document.activeElement as HTMLButtonElement))
      this.anchor?.focus();
  }

  #triggerKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.#popup.show();
    if (event.key === 'ArrowUp') this.#items.at(-1)?.focus();
  };

  #key = (event: KeyboardEvent): void => {
    const items = this.#items;
    const at = items.indexOf(event.target as HTMLButtonElement);
    if (event.key === 'Tab') this.#popup.hide();
    this.#focus.current = at;
    if (this.#focus.key(event)) return;
    const next = this.#byLetters(event, at);
    if (next !== undefined) items[next]!.focus();
  };

  /** Letters typed within half a second are one word. */
  #byLetters(event: KeyboardEvent, at: number): number | undefined {
    if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey) return undefined;
    this.#typed = event.timeStamp - this.#typedAt < 500 ? this.#typed + event.key : event.key;
    this.#typedAt = event.timeStamp;
    const items = this.#items;
    const from = this.#typed.length > 1 ? at : at + 1;
    const order = items.map((_, i) => (from + i + items.length) % items.length);
    return order.find(i => items[i]!.textContent!.trim().toLowerCase().startsWith(this.#typed.toLowerCase()));
  }

  #choose = (event: Event): void => {
    const item = (event.target as Element).closest<HTMLButtonElement>('[role=menuitem]');
    if (!item) return;
    this.anchor?.focus();
    this.#popup.hide();
    this.dispatchEvent(new CustomEvent('select', { detail: { value: item.value }, bubbles: true, composed: true }));
  };
}
