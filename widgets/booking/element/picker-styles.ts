/** Looks of day and time. */
import { css } from 'lit';

export const pickerStyles = css`
  .pick {
    display: grid;
    gap: 0.5em;
    max-width: 46em;
  }
  .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin-bottom: 0.4em;
  }
  .tool {
    width: 2.6em;
    height: 2.6em;
  }
  .tool[aria-disabled='true'] {
    opacity: 0.3;
  }
  table {
    width: 100%;
    table-layout: fixed;
    border-spacing: 0.15em;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  h4,
  th {
    font-size: 0.875em;
    font-weight: 400;
    color: var(--muted);
  }
  th {
    padding: 0.3em 0;
    overflow: hidden;
  }
  td {
    height: 2.6em;
    padding: 0;
    border-radius: var(--radius);
    color: var(--muted);
  }
  .free {
    background: var(--wash);
    color: var(--ink);
    font-weight: 600;
    cursor: pointer;
  }
  .free:hover {
    background: color-mix(in srgb, var(--accent-text) 24%, transparent);
  }
  [aria-current] {
    text-decoration: underline 2px;
    text-underline-offset: 0.3em;
  }
  [aria-selected='true'].free,
  [aria-pressed='true'] {
    background: var(--accent);
    color: var(--on-accent);
  }
  .times {
    min-height: 11em;
  }
  .times > h3 {
    line-height: 2.6;
  }
  .times > * + :is(div, .plain) {
    margin-top: 0.8em;
  }
  .fits {
    display: flex;
    flex-direction: column;
    max-height: max(var(--room), 44em);
  }
  .fits > section {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  .fits .pick {
    min-height: 0;
    grid-template-rows: auto minmax(0, 1fr);
  }
  .fits .times {
    overflow: auto;
    animation: end;
    animation-timeline: scroll(self);
  }
  /* Lengths above the calendar leave no room for times below it. */
  .fits:has(.lengths) {
    max-height: none;
  }
  .fits:has(.lengths) .times {
    max-height: 16em;
  }
  .slots {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(5.4em, 1fr));
    gap: 0.5em;
    margin-top: 0.35em;
  }
  .slot {
    border-color: var(--edge);
    padding: 0.5em 0.2em;
    font-variant-numeric: tabular-nums;
  }
  .fits .slot {
    outline-offset: -2px;
  }
  .slot:hover {
    border-color: var(--accent-text);
  }
  .zone {
    display: flex;
    align-items: center;
    gap: 0.4em;
    margin-top: 1.2em;
    font-size: 0.875em;
    color: var(--muted);
  }
  .late {
    visibility: hidden;
  }
  .zone select {
    min-width: 0;
    border: 0;
    background: none;
    padding: 0.4em 0;
    cursor: pointer;
  }
  .zone option {
    background: var(--paper);
    color: var(--ink);
  }
  @container (min-width: 620px) {
    .pick {
      grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr);
      gap: 2.2em;
    }
    .fits .pick {
      grid-template-rows: minmax(0, 1fr);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    table[aria-busy='true'] tbody {
      animation: pulse 1.4s ease-in-out infinite alternate;
    }
  }
  @media (forced-colors: active) {
    .free {
      border: 1px solid;
    }
    [aria-selected='true'].free,
    [aria-pressed='true'],
    .slot[aria-busy='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
  @media print {
    [role='group'] {
      break-inside: avoid;
    }
    [aria-selected='true'].free,
    [aria-pressed='true'] {
      outline: 2px solid;
    }
    select {
      appearance: none;
    }
  }
`;
