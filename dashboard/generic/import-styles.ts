/** The field for the file, and the figures of a trial. */
import { css } from 'lit';

export const importStyles = css`
  .drop { position: relative; display: flex; gap: 12px; align-items: center; flex-wrap: wrap; padding: 20px; border: 1px dashed var(--edge); border-radius: 10px; cursor: pointer; transition: background-color var(--quick), border-color var(--quick); }
  .drop:hover, .drop.over { background: var(--wash); border-color: var(--accent); }
  .drop:has(input:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
  .drop .grow { flex: 1 1 200px; display: grid; overflow-wrap: anywhere; }
  .drop > svg { color: var(--muted); }
  td select { max-inline-size: 260px; }
  .figures { display: flex; gap: 8px 40px; flex-wrap: wrap; }
  .figures dt { color: var(--muted); font-size: 0.8125rem; }
  .figures dd { font-size: 1.25rem; line-height: 1.75rem; font-weight: 600; }
  .figures .bad dd { color: var(--danger); }
  h2 { outline: none; }
`;
