/** The one native dialog of the kit: its template, its looks and its opening, for widgets on demand, `<inlaykit-dialog>` and `confirm`. */
import { css, html, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';

export interface DialogView {
  /** Its accessible name. */
  readonly label: string;
  /** Words of the button that closes it. */
  readonly shut: string;
  /** A class for its shape, such as `float`. */
  readonly shape?: string | undefined;
  /** After it was closed, by whatever: Escape, the button, a press beside it; and not opened again before that was told. */
  onClose(): void;
}

export const dialogStyles = css`
  dialog {
    margin: auto;
    border: 0;
    padding: 0;
    width: min(100vw, 40rem);
    max-width: none;
    max-height: min(100dvh, 52rem);
    overscroll-behavior: contain;
    background: var(--paper);
    color: var(--ink);
    border-radius: min(var(--radius), 1rem);
    box-shadow: 0 8px 40px rgb(0 0 0 / 0.24);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.45);
  }
  .sheet {
    container-type: inline-size;
    padding: 1.25rem;
  }
  .caption {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    padding-block: 0.375rem;
    padding-inline: 1.25rem 0.5rem;
    background: var(--paper);
    border-block-end: 1px solid var(--hairline);
  }
  .dismiss {
    display: grid;
    place-items: center;
    width: 2.75rem;
    height: 2.75rem;
    flex: none;
  }
  .dismiss:hover {
    background: var(--wash);
  }
  @media (max-width: 40rem) {
    dialog:where(:not(.small)) {
      width: 100%;
      height: 100dvh;
      max-height: none;
      margin: 0;
      border-radius: 0;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    dialog[open] {
      animation: in 180ms ease-out;
    }
  }
  @keyframes in {
    from {
      opacity: 0;
    }
  }
  @media (forced-colors: active) {
    dialog {
      border: 1px solid CanvasText;
    }
  }
`;

const close = (event: Event) => (event.currentTarget as Element).closest('dialog')!.close();

export const dialogView = ({ label, shut, shape, onClose }: DialogView, content: unknown): TemplateResult =>
  html`<dialog part="dialog" class=${shape ?? ''} aria-label=${label} @close=${(event: Event) => (event.target as HTMLDialogElement).open || onClose()} @click=${(event: Event) => event.target === event.currentTarget && close(event)}>
    <div class="caption">
      <b>${label}</b>
      <button class="dismiss" type="button" aria-label=${shut} @click=${close}>${icon('shut')}</button>
    </div>
    <div class="sheet">${content}</div>
  </dialog>`;

/** Dialogs that stand open as far as their element has heard. */
const opened = new WeakSet<HTMLDialogElement>();

/** Opens or closes what `dialogView` drew; the browser keeps the focus in, and gives it back. `beside` leaves the page in use. */
export const syncDialog = (root: ParentNode, open: boolean, beside?: boolean): void => {
  const dialog = root.querySelector('dialog');
  if (!dialog?.isConnected) return;
  if (!open) {
    opened.delete(dialog);
    dialog.close();
    // One that is closed before its element has heard of it was closed by somebody, who is not to be overruled.
  } else if (!dialog.open && !opened.has(dialog)) {
    opened.add(dialog);
    beside ? dialog.show() : dialog.showModal();
  }
};
