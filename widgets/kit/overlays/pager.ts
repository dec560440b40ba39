/** Leads through the pages of a list. */
import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { icon } from '../icons.ts';
import { overlayStyles } from './overlay-styles.ts';

/**
 * Back and forth through a list; says where one is when the number of pages is known.
 *
 * @tag inlaykit-pager
 * @event {CustomEvent<{page: number}>} page - Another page is wished; the list answers by setting `page`.
 */
export class Pager extends LitElement {
  static override properties: PropertyDeclarations = {
    page: { type: Number },
    pages: { type: Number },
    more: { type: Boolean },
    label: {},
    back: {},
    next: {},
  };
  static override styles: (typeof overlayStyles)[] = [
    overlayStyles,
    css`
      button {
        min-height: 44px;
        min-width: 44px;
      }
      .here {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  /** The page that shows, from 1. */
  declare page?: number;
  /** How many there are; nothing where it is not known. */
  declare pages?: number;
  /** Whether another page follows, where `pages` is not known. */
  declare more?: boolean;
  /** Accessible name; `Pages` without. */
  declare label?: string;
  /** Words of the button that leads back; `Previous` without. */
  declare back?: string;
  /** Words of the button that leads on; `Next` without. */
  declare next?: string;

  protected override render(): unknown {
    const { page = 1, pages } = this;
    const on = pages ? page < pages : !!this.more;
    return html`<nav class="row" aria-label=${this.label ?? 'Pages'}>
      <button class="plain" type="button" ?disabled=${page <= 1} @click=${() => this.#go(page - 1)}>${icon('back')} ${this.back ?? 'Previous'}</button>
      <span class="here" aria-live="polite">${pages ? `${page} / ${pages}` : page}</span>
      <button class="plain" type="button" ?disabled=${!on} @click=${() => this.#go(page + 1)}>${this.next ?? 'Next'} ${icon('next')}</button>
    </nav>`;
  }

  #go(page: number): void {
    this.dispatchEvent(new CustomEvent('page', { detail: { page }, bubbles: true, composed: true }));
  }
}
