/** Looks of the pad that is signed on. */
import { css } from 'lit';

export const signatureStyles = css`
  .pad {
    position: relative;
    display: grid;
    place-items: center;
    width: 100%;
    max-width: 600px;
    aspect-ratio: 3;
    border: var(--field-border);
    border-radius: var(--radius);
    /* Ink is black in the picture that is kept, so the pad is paper in the dark too. */
    background: #fff;
    color: #000;
    touch-action: none;
    user-select: none;
    cursor: crosshair;
  }
  .pad .muted {
    align-self: start;
    padding: 0.75em;
    color: #595959;
    text-align: center;
    pointer-events: none;
  }
  .pad::after {
    content: '';
    position: absolute;
    inset: auto 6% 22%;
    border-bottom: 1px solid #767676;
    pointer-events: none;
  }
  .wrong {
    border-color: var(--danger);
  }
  .still {
    cursor: default;
    touch-action: auto;
  }
  svg {
    width: 100%;
    height: 100%;
    pointer-events: none;
  }
  .pad path {
    fill: none;
    stroke: #000;
    stroke-width: 3;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .pad text {
    font-family: cursive;
  }
  .box,
  .tools {
    margin-top: 0.4em;
    max-width: 600px;
  }
  .tools {
    flex-wrap: wrap;
  }
  .text {
    flex: 0 1 auto;
    width: auto;
    height: auto;
    min-height: 44px;
    text-align: start;
    padding: 0 0.6em;
    color: var(--accent-text);
  }
  @media (forced-colors: active) {
    .pad {
      forced-color-adjust: none;
    }
  }
`;
