/** A heading that shows and hides what is under it. */
import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { icon } from '../icons.ts';
import { overlayStyles } from './overlay-styles.ts';

/**
 * Shows and hides a part of the page by the browser's own `<details>`, so that a search in the page finds what is hidden.
 *
 * @tag inlaykit-disclosure
 * @slot - What is shown and hidden.
 * @event {Event} toggle - It was opened or closed.
 */
export class Disclosure extends LitElement {
  static override properties: PropertyDeclarations = { label: {}, open: { type: Boolean } };
  static override styles: (typeof overlayStyles)[] = [
    overlayStyles,
    css`
      summary {
        display: flex;
        gap: 0.5em;
        align-items: center;
        min-height: 44px;
        font-weight: 500;
        cursor: pointer;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      details[open] > summary > .icon {
        rotate: 90deg;
      }
      details[open]:dir(rtl) > summary > .icon {
        rotate: -90deg;
      }
    `,
  ];

  /** The words that are always there. */
  declare label?: string;
  /** Whether it is open. */
  declare open?: boolean;

  protected override render(): unknown {
    return html`<details ?open=${this.open} @toggle=${this.#toggled}><summary>${icon('next')}${this.label}</summary><slot></slot></details>`;
  }

  #toggled = (event: Event): void => {
    const { open } = event.target as HTMLDetailsElement;
    if (open === !!this.open) return;
    this.open = open;
    this.dispatchEvent(new Event('toggle'));
  };
}
