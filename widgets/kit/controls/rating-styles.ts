/** Looks of stars: an outline, filled when given; halves are two stars, each cut in the middle. */
import { css } from 'lit';

export const ratingStyles = css`
  .stars {
    display: flex;
    flex-wrap: wrap;
    direction: inherit;
    /* A star is smaller than what a finger hits: its edge stands below the label's. */
    margin-inline-start: -6px;
  }
  [role='img'] {
    margin: 0;
  }
  label:has(:disabled) {
    opacity: 0.55;
    cursor: default;
  }
  label {
    position: relative;
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    cursor: pointer;
  }
  .half {
    grid-template-columns: 22px;
    width: 22px;
    overflow: hidden;
  }
  input {
    position: absolute;
    inset: 0;
    opacity: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    cursor: inherit;
  }
  .star {
    width: 32px;
    height: 32px;
    fill: none;
    stroke: var(--edge);
    stroke-width: 1.5;
    stroke-linejoin: round;
  }
  .full {
    fill: var(--accent);
    stroke: var(--accent);
  }
  .half .star {
    width: 44px;
    height: 36px;
  }
  .start {
    justify-self: start;
  }
  .end {
    justify-self: end;
  }
  [role='img'] .start {
    margin-inline-end: -16px;
    clip-path: inset(0 calc(50% - 0.5px) 0 0);
  }
  [role='img'] .end {
    margin-inline-start: -16px;
    clip-path: inset(0 0 0 calc(50% - 0.5px));
  }
  :host(:dir(rtl)) [role='img'] .start {
    clip-path: inset(0 0 0 calc(50% - 0.5px));
  }
  :host(:dir(rtl)) [role='img'] .end {
    clip-path: inset(0 calc(50% - 0.5px) 0 0);
  }
  label:has(:focus-visible) {
    outline: 2px solid var(--accent-text);
    outline-offset: -2px;
    border-radius: var(--radius);
  }
  label:hover .star {
    stroke: var(--accent-text);
  }
  @media (forced-colors: active) {
    .star {
      stroke: CanvasText;
    }
    .full {
      fill: Highlight;
      stroke: Highlight;
    }
  }
`;
