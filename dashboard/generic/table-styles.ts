/** What a table of records has beyond any table: the choice of rows, and the menu at their end. */
import { css } from 'lit';

export const tableStyles = css`
  td.end button.icon-only { min-block-size: 28px; inline-size: 28px; margin-block: -4px; color: var(--muted); vertical-align: middle; }
  td.number { white-space: nowrap; }
  .arrow { inline-size: 16px; display: inline-grid; }
  .pick { inline-size: 32px; padding-inline-end: 8px; line-height: 0; }
  .pick input { margin: 0; }
  td.pick label { display: inline-grid; margin: -10px; padding: 10px; cursor: pointer; }
  tr.chosen { background: var(--wash); }
  @media (max-width: 720px) {
    table.cards td.pick { position: absolute; inset-inline-start: 0; inline-size: 32px; padding-block: 5px; }
    table.cards td.lead { justify-content: start; font-weight: 500; }
    table.cards td.lead::before { content: none; }
    table.cards tr { position: relative; }
    table.cards tr:has(td.pick) { padding-inline-start: 36px; }
    table.cards td.end:has(.icon-only) { position: absolute; inset-inline-end: 0; inset-block-start: 8px; inline-size: auto; padding: 0; }
    table.cards tr:has(.icon-only) td:first-of-type, table.cards tr:has(.icon-only) td.pick + td { padding-inline-end: 44px; }
    td.end button.icon-only { min-block-size: 36px; inline-size: 36px; margin: 0; }
  }
`;
