/** How far something is. */
import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { overlayStyles } from './overlay-styles.ts';

/**
 * How far something is, or that it goes on where nobody knows how far.
 *
 * @tag inlaykit-progress
 */
export class Progress extends LitElement {
  static override properties: PropertyDeclarations = { value: { type: Number }, max: { type: Number }, label: {} };
  static override styles: (typeof overlayStyles)[] = [
    overlayStyles,
    css`
      .track {
        overflow: hidden;
        height: 0.5em;
        border-radius: 1em;
        background: var(--ghost);
      }
      .done {
        height: 100%;
        border-radius: 1em;
        background: var(--accent);
        transform-origin: 0 50%;
      }
      .done:dir(rtl) {
        transform-origin: 100% 50%;
      }
      .unknown {
        width: 30%;
      }
      @media (prefers-reduced-motion: no-preference) {
        .done {
          transition: transform 160ms ease-out;
        }
        .unknown {
          animation: wander 1.4s ease-in-out infinite alternate;
        }
      }
      @keyframes wander {
        to {
          margin-inline-start: 70%;
        }
      }
      @media (forced-colors: active) {
        .track {
          border: 1px solid CanvasText;
        }
        .done {
          background: Highlight;
        }
      }
    `,
  ];

  /** From 0 to `max`; nothing where it is not known. */
  declare value?: number | null;
  /** 100 without. */
  declare max?: number;
  /** What is going on, for assistive technology. */
  declare label?: string;

  protected override render(): unknown {
    const { value, max = 100, label = 'Progress' } = this;
    const known = value != null;
    const share = known ? Math.min(Math.max(value / max, 0), 1) : 0;
    return html`<div class="track" role="progressbar" aria-label=${label} aria-valuemin="0" aria-valuemax=${max} aria-valuenow=${known ? value : nothing}>
      <div class=${known ? 'done' : 'done unknown'} .share=${share}></div>
    </div>`;
  }

  /** By the style's own object: an attribute would need the page's policy to allow it. */
  protected override updated(): void {
    const bar = this.renderRoot.querySelector<HTMLElement & { share: number }>('.done')!;
    bar.style.transform = this.value == null ? '' : `scaleX(${bar.share})`;
  }
}
