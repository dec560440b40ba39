/** Sums above a table of sites, with a line in each row. */
import { css } from 'lit';

export const overviewStyles = css`
  .totals { display: flex; flex-wrap: wrap; gap: 12px 48px; }
  .totals dt { color: var(--muted); font-size: 0.8125rem; }
  .totals dd { display: flex; align-items: baseline; gap: 8px; flex-wrap: wrap; }
  .totals .figure { font-size: 1.5rem; line-height: 2rem; }
  table.sites { table-layout: fixed; }
  table.sites th:nth-child(2) { inline-size: 128px; }
  table.sites th:nth-child(n + 3) { inline-size: 152px; }
  table.sites th.number button { justify-content: flex-end; }
  table.sites .arrow:empty { display: none; }
  table.sites .value { font-weight: 500; }
  table.sites .change { display: inline-block; min-inline-size: 64px; }
  .spark { display: block; overflow: visible; }
  .spark path { fill: none; stroke: var(--accent); stroke-width: 1.5; stroke-linejoin: round; stroke-linecap: round; }
  .spark circle { fill: var(--accent); }
  .spark.flat path { stroke: var(--edge); }
  .spark.flat circle { fill: none; }
  .spark:dir(rtl) { transform: scaleX(-1); }
  .bare { display: flex; flex-wrap: wrap; gap: 4px 20px; }
  @media (forced-colors: active) { .spark path { stroke: CanvasText; } .spark circle { fill: CanvasText; } }
  @media (max-width: 960px) { table.sites th:nth-child(n + 3) { inline-size: 120px; } table.sites .change { display: block; } }
  @media (max-width: 720px) {
    .totals { gap: 8px 32px; }
    .totals .figure { font-size: 1.25rem; line-height: 1.75rem; }
    table.sites tr { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px 16px; }
    table.sites td { inline-size: auto; }
    table.sites td:first-child { display: block; grid-column: span 2; }
    table.sites td.trend { justify-content: flex-end; align-items: center; }
    table.sites td.number { display: block; text-align: start; line-height: 1.25rem; }
    table.sites td.number::before { display: block; max-inline-size: none; font-size: 0.8125rem; }
    table.sites .change { display: inline; min-inline-size: 0; margin-inline-start: 4px; }
  }
`;
