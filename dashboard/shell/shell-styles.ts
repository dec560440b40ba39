/** Layout of the frame: navigation beside one surface; a drawer on a phone. */
import { css } from 'lit';

export const shellStyles = css`
  :host { display: grid; grid-template-columns: 264px minmax(0, 1fr); min-block-size: 100dvh; }
  .alone { grid-column: 1 / -1; outline: none; }
  main { background: var(--paper); outline: none; min-inline-size: 0; }
  main:not(.alone) { border-inline-start: 1px solid var(--hairline); }
  desk-navigation { position: sticky; inset-block-start: 0; block-size: 100dvh; background: var(--canvas); }
  .bar, .scrim { display: none; }
  .skip { position: absolute; inset-block-start: 8px; inset-inline-start: 8px; z-index: 30; padding: 8px 16px; background: var(--raised); border-radius: var(--radius); transform: translateY(-200%); }
  .skip:focus { box-shadow: var(--shadow); transform: none; }
  @media (max-width: 860px) {
    :host { grid-template-columns: minmax(0, 1fr); grid-template-rows: auto 1fr; }
    main:not(.alone) { border-inline-start: 0; }
    .alone { grid-row: 1 / -1; }
    .bar { display: flex; align-items: center; gap: 8px; padding: 6px 8px; position: sticky; inset-block-start: 0; z-index: 12; background: var(--canvas); border-block-end: 1px solid var(--hairline); }
    desk-navigation { position: fixed; inset-block: 49px 0; inset-inline-start: 0; inline-size: min(300px, 86vw); block-size: auto; z-index: 11; visibility: hidden; transform: translateX(-100%); transition: transform 180ms ease-out, visibility 180ms; border-inline-end: 1px solid var(--hairline); }
    desk-navigation:dir(rtl) { transform: translateX(100%); }
    desk-navigation[data-open] { visibility: visible; transform: none; }
    .scrim { display: block; position: fixed; inset: 49px 0 0; z-index: 10; background: var(--scrim); }
  }
  @media (prefers-reduced-motion: reduce) { desk-navigation { transition: none; } }
`;
