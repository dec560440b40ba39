/** Facts above the form, and the line that saves it. */
import { css } from 'lit';

export const recordStyles = css`
  .main { display: grid; gap: 24px; grid-template-columns: minmax(0, 1fr); align-content: start; min-inline-size: 0; }
  aside { display: grid; gap: 32px; align-content: start; min-inline-size: 0; }
  .sided { grid-template-columns: minmax(0, 1fr) minmax(0, 300px); gap: 24px 56px; }
  .sided .head { grid-column: 1 / -1; }
  @media (max-width: 1120px) { .sided { grid-template-columns: minmax(0, 1fr); } .sided > * { max-inline-size: 720px; } aside { border-block-start: 1px solid var(--hairline); padding-block-start: 24px; } }
  .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(200px, 100%), 1fr)); gap: 16px 24px; padding-block: 16px; border-block: 1px solid var(--hairline); }
  dt { color: var(--muted); font-size: 0.8125rem; }
  dd { overflow-wrap: anywhere; white-space: pre-line; }
  .save { position: sticky; inset-block-end: 0; padding-block: 12px; background: var(--paper); border-block-start: 1px solid var(--hairline); z-index: 2; }
  .save.idle { position: static; border-block-start: 0; padding-block: 0; }
  .last { border-block-start: 1px solid var(--hairline); padding-block-start: 24px; }
  .notice ul { margin-block: 8px; }
  .notice .actions { margin-block-start: 12px; }
`;
