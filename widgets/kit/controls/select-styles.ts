/** Looks of a list that is searched. */
import { css } from 'lit';

export const selectStyles = css`
  [popover] {
    max-width: calc(100vw - 1rem);
    max-height: min(20rem, 50vh);
    padding: 0.25em;
    border: var(--field-border);
    border-radius: var(--radius);
    background: var(--paper);
    color: var(--ink);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.16);
    overflow: auto;
  }
  [role='option'] {
    display: flex;
    align-items: center;
    min-height: 44px;
    padding: 0.25em 0.75em;
    border-radius: calc(var(--radius) / 2);
    cursor: pointer;
  }
  [role='option']:where(:hover),
  .active {
    background: var(--wash);
  }
  [aria-selected='true'] {
    font-weight: 600;
  }
  [aria-disabled='true'] {
    color: var(--muted);
    cursor: default;
  }
  @media (forced-colors: active) {
    .active {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
