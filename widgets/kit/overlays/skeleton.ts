/** Bones in the shape of what comes. */
import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { overlayStyles } from './overlay-styles.ts';

/**
 * Stands where content will be, in its shape. Nothing is read out: what comes says itself.
 *
 * @tag inlaykit-skeleton
 */
export class Skeleton extends LitElement {
  static override properties: PropertyDeclarations = { shape: {}, lines: { type: Number } };
  static override styles: (typeof overlayStyles)[] = [
    overlayStyles,
    css`
      span {
        display: block;
        height: 0.8em;
        margin: 0.35em 0;
        border-radius: min(var(--radius), 0.4em);
        background: var(--ghost);
      }
      span:last-child:not(:first-child).text {
        width: 60%;
      }
      .title {
        height: 1.3em;
        width: 45%;
      }
      .button {
        height: 2.75em;
        width: 8em;
        border-radius: var(--radius);
      }
      .picture {
        height: auto;
        aspect-ratio: 16 / 9;
        border-radius: var(--radius);
      }
      .avatar {
        height: 2.75em;
        width: 2.75em;
        border-radius: 50%;
      }
      .row {
        display: block;
        height: 2.75em;
      }
      @media (prefers-reduced-motion: no-preference) {
        span {
          animation: pulse 1.4s ease-in-out infinite alternate;
        }
      }
      @keyframes pulse {
        to {
          opacity: 0.5;
        }
      }
      @media (forced-colors: active) {
        span {
          border: 1px solid GrayText;
        }
      }
    `,
  ];

  /** `text` (the default), `title`, `button`, `picture`, `avatar` or `row`. */
  declare shape?: string;
  /** How many of them; one without. */
  declare lines?: number;

  protected override render(): unknown {
    const one = () => html`<span class=${this.shape ?? 'text'}></span>`;
    return html`<div aria-hidden="true">${Array.from({ length: this.lines || 1 }, one)}</div>`;
  }
}
