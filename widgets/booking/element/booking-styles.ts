/** Looks of the booking widgets. */
import { css } from 'lit';

export const bookingStyles = css`
  .rows {
    max-height: calc(var(--room) - 4em);
    overflow: auto;
    animation: end;
    animation-timeline: scroll(self);
  }
  @keyframes end {
    from {
      mask: linear-gradient(red 70%, #0000);
    }
  }
  section,
  .chosen {
    max-width: 46em;
  }
  .main {
    flex: 1;
    min-width: 0;
  }
  .rows li + li,
  .chosen li + li {
    border-top: 1px solid var(--hairline);
  }
  .row {
    width: 100%;
    display: flex;
    gap: 0.9em;
    align-items: center;
    text-align: start;
    padding: var(--row-padding);
  }
  .row small {
    display: block;
  }
  .row:hover b {
    color: var(--accent-text);
  }
  .row .icon {
    color: var(--muted);
  }
  .aside {
    text-align: end;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .chosen {
    margin-bottom: 1.3em;
    border-block: 1px solid var(--hairline);
  }
  .chosen li {
    display: flex;
    gap: 1em;
    align-items: baseline;
    padding: 0.5em 0;
  }
  .pick {
    display: grid;
    gap: 1.5em;
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
  .tool:disabled {
    opacity: 0.3;
  }
  table {
    width: 100%;
    table-layout: fixed;
    border-spacing: 0.15em;
    text-align: center;
    font-variant-numeric: tabular-nums;
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
    background: var(--press);
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
  .slots {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(5.4em, 1fr));
    gap: 0.5em;
    margin-top: 0.35em;
  }
  .lengths {
    margin-bottom: 1.3em;
    max-width: 30em;
  }
  .slot {
    border-color: var(--edge);
    padding: 0.5em 0.2em;
    font-variant-numeric: tabular-nums;
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
  }
  @media (forced-colors: active) {
    .free {
      border: 1px solid;
    }
    [aria-selected='true'].free,
    [aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .bone {
      border: 1px solid GrayText;
    }
  }
`;
