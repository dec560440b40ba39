/** Figures, and tables with bars behind their names. */
import { css } from 'lit';

export const analyticsStyles = css`
  .figures { display: grid; grid-template-columns: repeat(8, minmax(0, 1fr)); gap: 4px; margin-inline: -12px; }
  .figures > * { display: grid; gap: 2px; justify-items: start; justify-content: start; align-content: start; padding: 10px 12px; border-color: transparent; background: none; min-inline-size: 0; font-weight: 400; border-radius: 8px; }
  .figures button:hover { background: var(--ghost); }
  .figures button[aria-pressed='true'] { background: var(--wash); }
  .figures .name { color: var(--muted); font-size: 0.8125rem; }
  .figures .figure { font-size: 1.5rem; line-height: 2rem; }
  .figure { font-weight: 600; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
  .change { font-size: 0.8125rem; line-height: 1.25rem; color: var(--muted); font-variant-numeric: tabular-nums; }
  .change.up { color: var(--ok); }
  .change.down { color: var(--warn); }
  .breakdowns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr)); gap: 40px 48px; border-block-start: 1px solid var(--hairline); padding-block-start: 28px; }
  .card { display: grid; gap: 12px; align-content: start; min-inline-size: 0; grid-template-columns: minmax(0, 1fr); }
  .card.wide { grid-column: 1 / -1; }
  table.bars { table-layout: fixed; border-collapse: separate; border-spacing: 0 3px; }
  table.bars :is(th, td) { border: 0; padding: 5px 8px; line-height: 1.25rem; font-size: 0.875rem; }
  table.bars thead th { font-size: 0.75rem; padding-block: 0; }
  table.bars thead.none th { block-size: 0; line-height: 0; }
  table.bars thead th:not(:first-child) { inline-size: 84px; text-align: end; }
  table.bars th[scope='row'] { position: relative; color: var(--ink); font-weight: 400; white-space: normal; }
  table.bars tbody th > .clip { display: block; position: relative; }
  .bar { position: absolute; inset-block: 0; inset-inline-start: 0; background: var(--wash); border-radius: 4px; min-inline-size: 2px; }
  .funnel .bar { background: color-mix(in oklch, var(--accent) 22%, transparent); }
  table.funnel th[scope='row'] { padding-block: 8px; }
  .segments { display: inline-flex; border: 1px solid var(--hairline); border-radius: var(--radius); padding: 2px; gap: 2px; flex-wrap: wrap; }
  .segments label { position: relative; }
  .segments input { position: absolute; inset: 0; opacity: 0; inline-size: 100%; block-size: 100%; margin: 0; cursor: pointer; }
  .segments span { display: block; padding: 3px 10px; border-radius: calc(var(--radius) - 2px); }
  .segments input:checked + span { background: var(--wash); color: var(--accent-text); font-weight: 500; }
  .segments input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 1px; }
  .choices { display: grid; gap: 12px; max-inline-size: 640px; }
  .facts .figure { font-size: 1.125rem; margin-inline-end: 8px; }
  @media (forced-colors: active) {
    .bar, .funnel .bar { forced-color-adjust: none; background: none; border-block-end: 2px solid Highlight; border-radius: 0; }
    .figures button[aria-pressed='true'] { border-block-end: 4px solid Highlight; }
    .segments input:checked + span { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  }
  .stale { opacity: 0.6; transition: opacity var(--quick); }
  @media (max-width: 1180px) { .figures { grid-template-columns: repeat(4, minmax(0, 1fr)); } }
  @media (max-width: 720px) { .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); } .figures .figure { font-size: 1.25rem; line-height: 1.75rem; } table.bars thead th:not(:first-child) { inline-size: 68px; } table.bars :is(th, td) { padding-inline: 6px; } }
`;
