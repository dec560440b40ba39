/** A light popup beside a trigger. */
import { html, LitElement, type PropertyDeclarations } from 'lit';
import { overlayStyles } from './overlay-styles.ts';
import type { Align, Side } from './place.ts';
import { PopupController } from './popup-controller.ts';

/**
 * A popup beside a trigger, in the top layer: a press elsewhere or Escape closes it, nothing on the page moves.
 *
 * @tag inlaykit-popover
 * @slot trigger - The button that opens it.
 * @slot - What it shows.
 * @csspart popup - The popup.
 * @event {Event} close - It was closed.
 */
export class Popover extends LitElement {
  static override properties: PropertyDeclarations = { side: {}, align: {}, label: {} };
  static override styles: typeof overlayStyles = overlayStyles;

  /** `block-end` (the default), `block-start`, `inline-end` or `inline-start`; the other side where it does not fit. */
  declare side?: Side;
  /** `start` (the default), `center` or `end`. */
  declare align?: Align;
  /** Accessible name of the popup. */
  declare label?: string;
  readonly #popup = new PopupController(
    this,
    () => ({ ...(this.side ? { side: this.side } : {}), ...(this.align ? { align: this.align } : {}) }),
    open => this.#changed(open),
  );

  get anchor(): HTMLElement | undefined {
    return this.querySelector<HTMLElement>('[slot=trigger]') ?? undefined;
  }
  /** Whether it shows. */
  get open(): boolean {
    return this.#popup.open;
  }

  /** Opens it. */
  show(): void {
    this.#popup.show();
  }

  /** Closes it. */
  hide(): void {
    this.#popup.hide();
  }

  protected override render(): unknown {
    return html`<slot name="trigger" @pointerdown=${this.#popup.press} @click=${this.#popup.toggle} @slotchange=${this.#mark}></slot>
      <div popover="auto" part="popup" role="dialog" aria-label=${this.label ?? ''}><slot></slot></div>`;
  }

  #mark = (): void => {
    this.anchor?.setAttribute('aria-haspopup', 'dialog');
    this.anchor?.setAttribute('aria-expanded', `${this.open}`);
  };

  #changed(open: boolean): void {
    this.#mark();
    if (open) return;
    if (this.isConnected && this.contains(document.activeElement)) this.anchor?.focus();
    this.dispatchEvent(new Event('close'));
  }
}
