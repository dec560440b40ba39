/** Around the table or board: tools above, pages below, what is done to several at the bottom edge. */
import { css } from 'lit';

export const listStyles = css`
  .page.wide { max-inline-size: none; }
  .tools { display: flex; gap: 8px; flex-wrap: wrap; align-items: center; }
  .search { position: relative; flex: 0 1 260px; min-inline-size: 180px; }
  .search svg { position: absolute; inset-block-start: 50%; inset-inline-start: 9px; translate: 0 -50%; inline-size: 16px; block-size: 16px; color: var(--muted); pointer-events: none; }
  .search input { padding-inline-start: 32px; }
  .states { inline-size: auto; max-inline-size: 240px; }
  .tools > .plain { color: var(--muted); }
  .switch { display: flex; border: 1px solid var(--hairline); border-radius: var(--radius); padding: 2px; gap: 2px; }
  .switch button { border: 0; background: none; min-block-size: 28px; inline-size: 32px; padding: 0; color: var(--muted); }
  .switch button:hover { background: var(--ghost); }
  .switch button[aria-pressed='true'] { background: var(--wash); color: var(--accent-text); }
  .more { display: flex; align-items: center; gap: 16px; flex-wrap: wrap; }
  .popup .check { padding: 6px 8px; border-radius: var(--radius); cursor: pointer; align-items: center; }
  .popup .check:hover { background: var(--ghost); }
  .many { position: sticky; inset-block-end: 16px; z-index: 3; display: flex; gap: 8px; flex-wrap: wrap; align-items: center; padding: 8px 8px 8px 16px; background: var(--raised); border: 1px solid var(--hairline); border-radius: 10px; box-shadow: var(--shadow); animation: rise 140ms ease-out; }
  .many:dir(rtl) { padding: 8px 16px 8px 8px; }
  @keyframes rise { from { opacity: 0; transform: translateY(8px); } }
  @media (max-width: 720px) {
    .search { flex: 1 1 100%; }
    .tools .word { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    .switch button { min-block-size: 32px; inline-size: 36px; }
    .many { inset-block-end: 8px; }
  }
`;
