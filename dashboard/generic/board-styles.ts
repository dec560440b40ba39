/** Columns side by side that scroll together; on a phone one at a time, with the next in sight. */
import { css } from 'lit';

export const boardStyles = css`
  .board { position: relative; display: grid; grid-auto-flow: column; grid-auto-columns: minmax(248px, 1fr); gap: 12px; overflow-x: auto; scroll-snap-type: x proximity; padding-block-end: 12px; scrollbar-width: thin; }
  .column { background: var(--canvas); border-radius: 10px; padding: 4px 8px 8px; display: grid; gap: 8px; align-content: start; min-inline-size: 0; min-block-size: 200px; scroll-snap-align: start; border: 1px solid transparent; transition: opacity var(--quick), border-color var(--quick); }
  .column.open { border-color: var(--accent); background: var(--wash); }
  .column.shut { opacity: 0.5; }
  header { display: flex; align-items: center; justify-content: space-between; gap: 8px; padding: 8px 4px 0; min-block-size: 32px; }
  h2 { font-size: 0.8125rem; line-height: 1.25rem; font-weight: 600; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; }
  .plain-badge::before { display: none; }
  ul { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
  .card { background: var(--paper); border: 1px solid var(--hairline); border-radius: 8px; padding: 8px 10px; display: grid; gap: 4px; cursor: default; transition: border-color var(--quick), opacity var(--quick); }
  .card[draggable='true'] { cursor: grab; }
  .card:hover, .card:focus-within { border-color: var(--edge); }
  .card.held { opacity: 0.4; }
  .top { display: flex; gap: 4px; align-items: flex-start; min-inline-size: 0; }
  .name { flex: 1; min-inline-size: 0; color: var(--ink); font-weight: 500; overflow-wrap: anywhere; padding-block: 2px; }
  .top .icon-only { min-block-size: 24px; inline-size: 24px; margin-inline-end: -4px; color: var(--muted); }
  .facts { display: flex; flex-wrap: wrap; gap: 0 12px; }
  .facts > span { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .waiting { gap: 10px; padding-block: 14px; }
  .short { inline-size: 55%; }
  .nothing { padding: 8px 4px; }
  .column > button { justify-self: start; color: var(--accent-text); }
  .notice { padding: 8px 10px; }
  @media (max-width: 720px) {
    .board { grid-auto-columns: min(84%, 320px); margin-inline: -16px; padding-inline: 16px; scroll-padding-inline: 16px; scroll-snap-type: x mandatory; }
    .top .icon-only { min-block-size: 32px; inline-size: 32px; margin-block: -2px; }
  }
`;
