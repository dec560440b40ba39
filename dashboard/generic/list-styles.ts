/** Search above the table and the menu of steps in a row. */
import { css } from 'lit';

export const listStyles = css`
  .tools { display: flex; gap: 8px; flex-wrap: wrap; }
  .search { position: relative; flex: 0 1 320px; min-inline-size: 180px; }
  .search svg { position: absolute; inset-block-start: 50%; inset-inline-start: 9px; translate: 0 -50%; inline-size: 16px; block-size: 16px; color: var(--muted); pointer-events: none; }
  .search input { padding-inline-start: 32px; }
  .states { inline-size: auto; max-inline-size: 240px; }
  td.end button.icon-only { min-block-size: 28px; inline-size: 28px; margin-block: -4px; color: var(--muted); }
  .menu { inset: auto; margin: 4px 0; padding: 4px; min-inline-size: 168px; border: 1px solid var(--hairline); border-radius: 8px; background: var(--raised); color: inherit; box-shadow: var(--shadow); position-area: block-end span-inline-start; position-try-fallbacks: flip-block; }
  .menu button { display: flex; inline-size: 100%; justify-content: flex-start; padding-inline: 8px; font-weight: 400; }
  @media (max-width: 720px) { .search { flex: 1 1 100%; } .states { max-inline-size: none; } }
`;
