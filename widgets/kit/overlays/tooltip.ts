/** A short description that shows over a control. */
import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { overlayStyles } from './overlay-styles.ts';
import { PopupController } from './popup-controller.ts';

/** Milliseconds: a pointer that only passes shows nothing; one that moves onto the words keeps them. */
const showAfter = 400;
const hideAfter = 120;

/**
 * Words that show while a control has the focus or the pointer (WCAG 2.2, 1.4.13: they can be dismissed, hovered, and stay).
 *
 * @tag inlaykit-tooltip
 * @slot - The control.
 * @csspart popup - The words.
 */
export class Tooltip extends LitElement {
  static override properties: PropertyDeclarations = { text: {} };
  static override styles: (typeof overlayStyles)[] = [
    overlayStyles,
    css`
      :host {
        display: inline-block;
      }
      [popover] {
        padding: 0.3em 0.6em;
        font-size: 0.875em;
        background: var(--ink);
        color: var(--paper);
        border: 1px solid transparent;
      }
    `,
  ];

  /** The words. */
  declare text?: string;
  readonly #popup = new PopupController(this, () => ({ side: 'block-start', align: 'center' }));
  #timer?: ReturnType<typeof setTimeout>;

  get anchor(): HTMLElement | undefined {
    return (this.firstElementChild as HTMLElement | null) ?? undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render(): unknown {
    return html`<span @pointerenter=${() => this.#soon(true, showAfter)} @pointerleave=${() => this.#soon(false, hideAfter)}
      @focusin=${() => this.#soon(true, 0)} @focusout=${() => this.#soon(false, 0)} @pointerdown=${() => this.#soon(false, 0)} @keydown=${this.#key}
      ><slot @slotchange=${this.#describe}></slot><span popover="manual" role="tooltip" part="popup">${this.text}</span></span>`;
  }

  protected override updated(): void {
    this.#describe();
  }

  /** An id cannot name what is in another tree, so the control carries the words. */
  #describe = (): void => {
    this.anchor?.setAttribute('aria-description', this.text ?? '');
  };

  #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#popup.open) return;
    // A dialog around it stays.
    event.preventDefault();
    event.stopPropagation();
    this.#popup.hide();
  };

  #soon(open: boolean, after: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (open ? this.#popup.show() : this.#popup.hide()), after);
  }
}
