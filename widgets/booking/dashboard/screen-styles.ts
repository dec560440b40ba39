/** What booking's screens add to the desk's own looks: how each status looks beyond its colour. */
import { css } from 'lit';
import { base } from '../../kit/desk/base.ts';

export const screenStyles = [
  base,
  css`
  h2 { outline: none; overflow-wrap: anywhere; }
  .state { display: inline-flex; align-items: center; gap: 6px; font-size: 0.8125rem; line-height: 1.25rem; --tone: var(--muted); }
  .state::before { content: ''; inline-size: 8px; block-size: 8px; border-radius: 50%; border: 1.5px solid var(--tone); flex: none; }
  .confirmed { --tone: var(--accent); }
  .pending { --tone: var(--warn); }
  .completed { --tone: var(--ok); }
  .noShow { --tone: var(--danger); }
  .state:is(.confirmed, .completed, .noShow)::before { background: var(--tone); }
  .state.pending::before { background: linear-gradient(to top, var(--tone) 50%, transparent 50%); }
`,
];
