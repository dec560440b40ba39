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
  /** After it was closed, by whatever: Escape, the button, a press beside it. */
  onClose(): void;
}

export const dialogStyles = css`
  dialog {
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
  .shut {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    float: inline-end;
    display: grid;
    place-items: center;
    width: 2.75rem;
    height: 2.75rem;
    margin: 0.25rem;
    background: var(--paper);
  }
  .shut:hover {
    background: var(--wash);
  }
  @media (max-width: 40rem) {
    dialog:where(:not(.small)) {
      width: 100vw;
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
  @media (forced-colors: active) {
    dialog {
      border: 1px solid CanvasText;
    }
  }
`;

const close = (event: Event) => (event.currentTarget as Element).closest('dialog')!.close();

export const dialogView = ({ label, shut, shape, onClose }: DialogView, content: unknown): TemplateResult =>
  html`<dialog class=${shape ?? ''} aria-label=${label} @close=${onClose} @click=${(event: Event) => event.target === event.currentTarget && close(event)}>
    <button class="shut" type="button" aria-label=${shut} @click=${close}>${icon('shut')}</button>
    <div class="sheet">${content}</div>
  </dialog>`;

/** Opens or closes what `dialogView` drew; the browser keeps the focus in, and gives it back. Undefined where there is no dialog yet. */
export const syncDialog = (root: ParentNode, open: boolean): void => {
  const dialog = root.querySelector('dialog');
  if (dialog?.isConnected && open !== dialog.open) open ? dialog.showModal() : dialog.close();
};
