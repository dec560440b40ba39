/** `mode="popup"` and `mode="float"`: a trigger on the page, and the widget in a native dialog. Fetched when a tag asks for it. */
import { css, html } from 'lit';
import type { InlayElement } from './base-element.ts';
import { dialogStyles, dialogView, syncDialog } from './overlays/dialog-view.ts';

const styles = css`
  :host([mode='popup']) {
    display: inline-block !important;
  }
  :host([mode='float']) {
    position: fixed !important;
    inset: auto !important;
    inset-block-end: max(1rem, env(safe-area-inset-bottom)) !important;
    inset-inline-end: 1rem !important;
    z-index: var(--inlay-z, 9999);
  }
  :host([mode]) .frame {
    container-type: normal;
    padding: 0;
    background: none;
  }
  .launch {
    box-shadow: 0 1px 2px rgb(0 0 0 / 0.16), 0 4px 16px rgb(0 0 0 / 0.16);
  }
  /* Words over the page need a paper. */
  :host([mode='float']) .failed {
    margin-inline-start: 1rem;
    padding: 0.5em 1em;
    background: var(--paper);
    border-radius: var(--radius);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.24);
  }
  /* Also where the window has become narrow since it was opened. */
  .float:not(:modal) {
    position: fixed;
    inset: 0;
  }
  @media (min-width: 40.01rem) {
    .float {
      margin-inline-end: 1rem;
      margin-block-end: max(1rem, env(safe-area-inset-bottom));
      width: 26rem;
      max-height: min(100dvh - 2rem, 46rem);
    }
    .float::backdrop {
      background: none;
    }
    .float:not(:modal) {
      inset: auto;
      inset-block-end: max(5rem, env(safe-area-inset-bottom) + 4rem);
      inset-inline-end: 1rem;
      margin: 0;
      max-height: min(100dvh - 6rem, 46rem);
    }
  }
`;

/** Whether the loader has put its words into the tag; without a loader, what is in there is the page's own. */
const isLost = (el: InlayElement) => el.fallback && el.context;
/** Tags that were lost, until somebody tries again. */
const failed = new WeakSet<InlayElement>();
/** Whether the page has been told that a tag is open. */
const told = new WeakMap<InlayElement, boolean>();
const say = (el: InlayElement, key: string, english: string) => {
  const text = el.t(key);
  return text === key ? english : text;
};

/** A widget of this kind leaves the page in use where there is room for both. */
const leavesPage = (el: InlayElement) =>
  !!el.beside && el.mode === 'float' && matchMedia('(min-width:40.01rem)').matches;

/** The trigger and the dialog around what the widget shows. */
export const onDemand = (el: InlayElement, view: unknown): unknown => {
  const label = el.label || say(el, 'open', 'Open');
  const onClose = () => {
    el.open = false;
  };
  // What the loader says where it fails is seen in the dialog, where there is one; the trigger stays what gets the focus back.
  return html`<slot name=${isLost(el) && el.open ? 'none' : ''} @click=${(event: Event) => {
    event.preventDefault();
    el.open = !el.open;
  }}><button class="go launch" part="launcher" type="button" aria-haspopup="dialog" aria-expanded=${!!el.open}>${el.trigger?.(label) ?? label}</button></slot>
    ${dialogView({ label, shut: say(el, 'close', 'Close'), shape: el.mode, onClose }, el.open ? view : '')}`;
};

/** Opens or closes the dialog as the element says, and tells whether it is open; the browser keeps the focus in, and gives it back. */
export const sync = (el: InlayElement): boolean => {
  const root = el.shadowRoot!;
  const open = !!el.open;
  if (!told.has(el)) {
    told.set(el, false);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, dialogStyles.styleSheet!, styles.styleSheet!];
    // A dialog that is not modal leaves this key to us.
    el.addEventListener('keydown', ({ key }) => {
      const dialog = el.frame.querySelector<HTMLDialogElement>('dialog:not(:modal)');
      if (key !== 'Escape' || !dialog) return;
      // While what has the focus is still there, so that the browser gives it back.
      dialog.close();
      el.open = false;
    });
  }
  const dialog = el.frame.querySelector('dialog');
  if (!dialog || !el.isConnected) return false;
  const lost = !!isLost(el);
  el.frame.classList.toggle('failed', lost && !open);
  if (lost) failed.add(el);
  else if (failed.delete(el)) {
    const pressed = el.contains(document.activeElement);
    // The loader's words would stay in the trigger's place; what was pressed among them goes with them.
    el.replaceChildren();
    if (pressed) el.frame.querySelector<HTMLElement>(open ? '.dismiss' : '.launch')!.focus();
  }
  syncDialog(el.frame, open, leavesPage(el));
  el.toggleAttribute('open', open);
  if (open !== told.get(el)) {
    // What had the focus before it was opened may be gone; then the browser gives it back to nobody.
    if (!open && (document.activeElement === document.body || dialog.contains(root.activeElement)))
      el.frame.querySelector<HTMLElement>('.launch')!.focus({ preventScroll: true });
    el.emit(open ? 'inlay:open' : 'inlay:close');
  }
  told.set(el, open);
  return open;
};
