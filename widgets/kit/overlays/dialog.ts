/** A modal dialog in the top layer. */
import { html, LitElement, type PropertyDeclarations } from 'lit';
import { dialogStyles, dialogView, syncDialog } from './dialog-view.ts';
import { overlayStyles } from './overlay-styles.ts';

/**
 * A modal dialog: the focus stays in it, Escape and a press beside it close it, and what had the focus gets it back.
 *
 * @tag inlaykit-dialog
 * @slot - What it shows.
 * @csspart dialog - The dialog itself.
 * @slot actions - Buttons at its end.
 * @event {Event} close - It was closed.
 */
export class Dialog extends LitElement {
  static override properties: PropertyDeclarations = {
    open: { type: Boolean },
    label: {},
    shut: {},
    small: { type: Boolean },
  };
  static override styles: (typeof overlayStyles)[] = [overlayStyles, dialogStyles];

  /** Whether it shows; the attribute comes and goes with it. */
  declare open?: boolean;
  /** Its accessible name, and its heading. */
  declare label?: string;
  /** Words of the button that closes it; `Close` without. */
  declare shut?: string;
  /** As large as its content on a phone too. */
  declare small?: boolean;

  constructor() {
    super();
    this.addEventListener('command', event => {
      this.open = (event as Event & { command: string }).command === '--open';
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.open = false;
  }

  protected override render(): unknown {
    const { label = '', shut = 'Close', small } = this;
    return dialogView(
      { label, shut, shape: small ? 'small' : '', onClose: this.#closed },
      html`<slot></slot><div class="row"><slot name="actions"></slot></div>`,
    );
  }

  protected override updated(): void {
    syncDialog(this.renderRoot, !!this.open);
    this.toggleAttribute('open', !!this.open);
  }

  #closed = (): void => {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
}
