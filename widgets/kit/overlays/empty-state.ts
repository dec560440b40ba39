/** Where there is nothing yet. */
import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { overlayStyles } from './overlay-styles.ts';

/**
 * Says that there is nothing, and what to do about it.
 *
 * @tag inlaykit-empty
 * @slot - One sentence on what to do.
 * @slot icon - A picture of 20 px.
 * @slot actions - Buttons.
 */
export class EmptyState extends LitElement {
  static override properties: PropertyDeclarations = { label: {} };
  static override styles: (typeof overlayStyles)[] = [
    overlayStyles,
    css`
      .empty {
        display: grid;
        gap: 0.5em;
        justify-items: start;
        padding: 1.5em 0;
        max-width: 56ch;
      }
      .title {
        font-weight: 600;
      }
    `,
  ];

  /** What there is none of. */
  declare label?: string;

  protected override render(): unknown {
    return html`<div class="empty"><span class="muted"><slot name="icon"></slot></span><p class="title">${this.label}</p>
      <div class="muted"><slot></slot></div><div class="row"><slot name="actions"></slot></div></div>`;
  }
}
