/** Tables without cages: row lines only; a list of cards on a phone. */
import { css } from 'lit';

export const table = css`
  .scroll { overflow-x: auto; }
  table { border-collapse: collapse; inline-size: 100%; }
  caption { text-align: start; }
  th, td { text-align: start; padding: 9px 16px 9px 0; vertical-align: middle; border-block-end: 1px solid var(--hairline); }
  th:last-child, td:last-child { padding-inline-end: 0; }
  :is(th, td):dir(rtl) { padding: 9px 0 9px 16px; }
  th { font-weight: 500; color: var(--muted); font-size: 0.8125rem; white-space: nowrap; }
  th button { border: 0; background: none; padding: 0; min-block-size: 24px; font-weight: 500; color: inherit; gap: 2px; }
  th button:hover { background: none; color: var(--ink); }
  th svg.icon { inline-size: 16px; block-size: 16px; }
  td { max-inline-size: 320px; overflow-wrap: anywhere; }
  td.line { white-space: nowrap; }
  td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; }
  td.end, th.end { text-align: end; white-space: nowrap; }
  td.end .actions { justify-content: flex-end; flex-wrap: nowrap; }
  tbody tr { transition: background-color var(--quick); }
  tr.open { cursor: pointer; }
  tr.open:hover { background: color-mix(in oklch, var(--ghost) 60%, transparent); }
  td a.name { color: var(--ink); font-weight: 500; }
  .more { display: flex; align-items: center; gap: 16px; padding-block: 12px; flex-wrap: wrap; }
  @media (max-width: 720px) {
    table.cards, table.cards tbody, table.cards tr, table.cards td { display: block; inline-size: 100%; max-inline-size: none; }
    table.cards thead { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    table.cards tr { padding-block: 12px; border-block-end: 1px solid var(--hairline); }
    table.cards td { border: 0; padding: 2px 0; text-align: start; display: flex; gap: 12px; justify-content: space-between; }
    table.cards td[data-label]::before { content: attr(data-label); color: var(--muted); flex: none; max-inline-size: 45%; }
    table.cards td:empty, table.cards td.none { display: none; }
    table.cards td:first-child::before { content: none; }
    table.cards td.end { justify-content: flex-start; padding-block-start: 8px; }
    table.cards td.end .actions { flex-wrap: wrap; justify-content: flex-start; }
  }
`;
