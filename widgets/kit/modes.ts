/** `mode="popup"` and `mode="float"`: a trigger on the page, and the widget in a native dialog. Fetched when a tag asks for it. */
import { css, html } from 'lit';
import type { InlayElement } from './base-element.ts';
import { icon } from './icons.ts';

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
  .float {
    margin: auto;
    margin-inline-end: 1rem;
    margin-block-end: max(1rem, env(safe-area-inset-bottom));
    width: min(100vw - 2rem, 26rem);
  }
  .float::backdrop {
    background: none;
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
    dialog {
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
`;

/** Whether the page has been told that a tag is open. */
const told = new WeakMap<InlayElement, boolean>();
const dialogOf = (el: InlayElement) => el.frame.querySelector('dialog');
const say = (el: InlayElement, key: string, english: string) => {
  const text = el.t(key);
  return text === key ? english : text;
};

/** The trigger and the dialog around what the widget shows. */
export const onDemand = (el: InlayElement, view: unknown): unknown => {
  const label = el.label || say(el, 'open', 'Open');
  const close = () => dialogOf(el)?.close();
  return html`<slot @click=${(event: Event) => {
    event.preventDefault();
    el.open = true;
  }}><button class="go launch" type="button" aria-haspopup="dialog">${label}</button></slot>
    <dialog
      class=${el.mode}
      aria-label=${label}
      @close=${() => {
        el.open = false;
      }}
      @click=${(event: Event) => event.target === event.currentTarget && close()}
    >
      <button class="shut" type="button" aria-label=${say(el, 'close', 'Close')} @click=${close}>${icon('shut')}</button>
      <div class="sheet">${el.open ? view : ''}</div>
    </dialog>`;
};

/** Opens or closes the dialog as the element says, and tells whether it is open; the browser keeps the focus in, and gives it back. */
export const sync = (el: InlayElement): boolean => {
  const root = el.shadowRoot!;
  const open = !!el.open;
  if (!told.has(el)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, styles.styleSheet!];
  const dialog = dialogOf(el);
  if (!dialog || !el.isConnected) return false;
  if (open !== dialog.open) open ? dialog.showModal() : dialog.close();
  el.toggleAttribute('open', open);
  if (open !== (told.get(el) ?? false)) el.emit(open ? 'inlay:open' : 'inlay:close');
  told.set(el, open);
  return open;
};
