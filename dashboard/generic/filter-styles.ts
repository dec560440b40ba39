/** Chips of a filter: field, operator and value in one quiet frame. */
import { css } from 'lit';

export const filterStyles = css`
  :host { display: contents; }
  /* A line of their own below the tools, in whose row this element stands. */
  .chips { order: 2; flex: 1 1 100%; display: flex; gap: 8px; flex-wrap: wrap; align-items: center; min-inline-size: 0; }
  .chip { display: flex; align-items: center; border: 1px solid var(--hairline); border-radius: var(--radius); background: var(--canvas); min-block-size: 34px; max-inline-size: 100%; min-inline-size: 0; }
  .chip:focus-within { border-color: var(--edge); }
  .label { padding-inline: 10px 2px; color: var(--muted); white-space: nowrap; }
  .chip :is(select, input:not([type='checkbox'])) { border: 0; background: none; min-block-size: 30px; inline-size: auto; padding: 2px 6px; max-inline-size: 200px; }
  .chip input:not([type='checkbox']) { inline-size: 132px; }
  .chip .op { color: var(--muted); field-sizing: content; }
  .value { display: flex; min-inline-size: 0; }
  .chip desk-ref-picker { inline-size: 200px; }
  .chip button { min-block-size: 28px; }
  .chip .choice { padding: 2px 6px; font-weight: 500; gap: 2px; justify-content: start; }
  .choice svg.icon { inline-size: 16px; block-size: 16px; color: var(--muted); }
  .chip > .icon-only { inline-size: 28px; color: var(--muted); }
  .chip > .icon-only svg.icon { inline-size: 16px; block-size: 16px; }
  .popup .check { padding: 6px 8px; border-radius: var(--radius); cursor: pointer; }
  .popup .check:hover { background: var(--ghost); }
  @media (max-width: 720px) { .chip { flex: 1 1 100%; } .value { flex: 1; } .chip .value > * { flex: 1; max-inline-size: none; } }
`;
