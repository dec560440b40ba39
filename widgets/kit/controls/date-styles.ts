/** Looks of the calendar of a date control. */
import { css } from 'lit';

export const dateStyles = css`
  .row {
    gap: 0;
  }
  .row > .box {
    padding-inline-end: max(44px, 2.75em);
  }
  .row > .tool {
    margin-inline-start: calc(-1 * max(44px, 2.75em));
  }
  [popover] {
    width: min(20rem, 100vw - 1rem);
    padding: 0.75em;
    border: var(--field-border);
    border-radius: var(--radius);
    background: var(--paper);
    color: var(--ink);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.16);
    overflow: auto;
  }
  .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  h3 {
    font-size: 1em;
    font-weight: 600;
  }
  .tool[aria-disabled='true'] {
    opacity: 0.3;
  }
  :dir(rtl) > :is(.next, .back) {
    scale: -1 1;
  }
  table {
    width: 100%;
    table-layout: fixed;
    border-spacing: 2px;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  th {
    font-size: 0.875em;
    font-weight: 400;
    color: var(--muted);
    overflow: hidden;
  }
  td {
    height: 2.75em;
    padding: 0;
    border-radius: var(--radius);
    color: var(--muted);
  }
  [aria-disabled='true'] {
    text-decoration: line-through;
  }
  .free {
    color: var(--ink);
    cursor: pointer;
  }
  .free:hover {
    background: var(--wash);
  }
  [aria-current] {
    font-weight: 600;
    text-decoration: underline 2px;
    text-underline-offset: 0.3em;
  }
  [aria-selected='true'] {
    background: var(--accent);
    color: var(--on-accent);
  }
  @media (forced-colors: active) {
    [aria-selected='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
