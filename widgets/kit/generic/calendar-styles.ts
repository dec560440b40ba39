/** Looks of a calendar: a quiet grid, days with something on them alive, the agenda between hairlines. */
import { css } from 'lit';

export const calendarStyles = css`
  .bar {
    width: 100%;
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin-bottom: 0.5em;
  }
  .tool {
    padding: 0.7em;
  }
  .tool[aria-disabled='true'] {
    opacity: 0.35;
  }
  table {
    width: 100%;
    table-layout: fixed;
    border-collapse: collapse;
    margin-bottom: 1em;
  }
  th,
  td {
    text-align: center;
    height: 2.75em;
    font-variant-numeric: tabular-nums;
    border-radius: var(--radius);
  }
  th {
    font-size: 0.875em;
    font-weight: 400;
    color: var(--muted);
  }
  .free {
    font-weight: 600;
    background: var(--wash);
    cursor: pointer;
  }
  [aria-current] {
    box-shadow: inset 0 -2px var(--accent-text);
  }
  [aria-selected='true'] {
    background: var(--accent);
    color: var(--on-accent);
  }
  @media (prefers-reduced-motion: no-preference) {
    table[aria-busy='true'] {
      animation: pulse 1.4s ease-in-out infinite alternate;
    }
  }
  @media (forced-colors: active) {
    [aria-selected='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
  @container (max-width: 22em) {
    table {
      display: none;
    }
  }
`;
