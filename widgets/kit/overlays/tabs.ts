/** Several panels of which one shows. */
import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { FocusController } from '../controllers/focus-controller.ts';
import { overlayStyles } from './overlay-styles.ts';

/**
 * Tabs (WAI-ARIA APG): arrow keys, Home and End move and choose.
 *
 * @tag inlaykit-tabs
 * @slot - The panels: elements with a `data-label` each.
 * @csspart tab - One tab.
 * @event {CustomEvent<{index: number}>} change - The visitor chose another panel.
 */
export class Tabs extends LitElement {
  static override properties: PropertyDeclarations = { label: {}, index: { type: Number } };
  static override styles: (typeof overlayStyles)[] = [
    overlayStyles,
    css`
      [role='tablist'] {
        display: flex;
        gap: 0.25em;
        overflow-x: auto;
        border-block-end: 1px solid var(--hairline);
      }
      button {
        padding: 0.6em 0.9em;
        border-radius: 0;
        white-space: nowrap;
        color: var(--muted);
        border-block-end: 2px solid transparent;
      }
      button[aria-selected='true'] {
        color: var(--ink);
        border-block-end-color: var(--accent);
      }
      :focus-visible {
        outline-offset: -2px;
      }
      ::slotted(*) {
        margin-block-start: 1em;
      }
      @media (forced-colors: active) {
        button[aria-selected='true'] {
          border-block-end-color: Highlight;
        }
      }
    `,
  ];

  /** Accessible name of the row of tabs. */
  declare label?: string;
  /** Which panel shows, from 0. */
  declare index?: number;
  readonly #focus = new FocusController(this, () => [...this.renderRoot.querySelectorAll<HTMLElement>('[role=tab]')]);

  protected override render(): unknown {
    const chosen = this.index ?? 0;
    return html`<div role="tablist" aria-label=${this.label ?? 'Tabs'} @keydown=${this.#key}>
        ${[...this.children].map(
          (
            panel,
            i,
          ) => html`<button type="button" role="tab" part="tab" aria-selected=${i === chosen} tabindex=${i === chosen ? 0 : -1} @click=${() => this.#choose(i)}>
            ${(panel as HTMLElement).dataset['label']}</button>`,
        )}
      </div><slot @slotchange=${() => this.requestUpdate()}></slot>`;
  }

  protected override updated(): void {
    [...this.children].forEach((panel, i) => {
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-label', (panel as HTMLElement).dataset['label'] ?? '');
      panel.toggleAttribute('hidden', i !== (this.index ?? 0));
    });
  }

  #key = (event: KeyboardEvent): void => {
    this.#focus.current = this.index ?? 0;
    if (this.#focus.key(event)) this.#choose(this.#focus.current);
  };

  #choose(index: number): void {
    if (index === (this.index ?? 0)) return;
    this.index = index;
    this.dispatchEvent(new CustomEvent('change', { detail: { index }, bubbles: true, composed: true }));
  }
}
