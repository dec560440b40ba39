/** What booking's screens share: text, buttons, how each status looks beyond its colour. */
import { css } from 'lit';

export const screenStyles = css`
  :host { display: block; min-width: 0; }
  [hidden] { display: none !important; }
  *, *::before, *::after { box-sizing: border-box; }
  h1, h2, p, dl, dd, ul, ol { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  h1 { font-size: 1.25rem; line-height: 1.75rem; font-weight: 600; letter-spacing: -0.01em; outline: none; }
  h2 { font-size: 0.9375rem; line-height: 1.25rem; font-weight: 600; outline: none; overflow-wrap: anywhere; }
  a { color: var(--accent-text); }
  svg { inline-size: 20px; block-size: 20px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; flex: none; }
  .back:dir(rtl), .next:dir(rtl) { transform: scaleX(-1); }
  .muted { color: var(--muted); }
  .number { font-variant-numeric: tabular-nums; }
  .sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  button, .button { font: inherit; font-weight: 500; color: var(--ink); background: var(--paper); border: 1px solid var(--hairline); border-radius: var(--radius); min-block-size: 32px; padding: 5px 12px; display: inline-flex; align-items: center; justify-content: center; gap: 6px; cursor: pointer; text-decoration: none; }
  button:hover, .button:hover { background: var(--ghost); }
  button[disabled] { opacity: 0.55; cursor: default; }
  .primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
  .primary:hover { background: var(--accent-hover, var(--accent)); }
  .danger { color: var(--danger); }
  .primary.danger { background: var(--danger); border-color: var(--danger); color: var(--paper); }
  .actions { display: flex; gap: 8px; flex-wrap: wrap; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

  .state { display: inline-flex; align-items: center; gap: 6px; font-size: 0.8125rem; line-height: 1.25rem; --tone: var(--muted); }
  .state::before { content: ''; inline-size: 8px; block-size: 8px; border-radius: 50%; border: 1.5px solid var(--tone); flex: none; }
  .confirmed { --tone: var(--accent); }
  .pending { --tone: var(--warn); }
  .completed { --tone: var(--ok); }
  .noShow { --tone: var(--danger); }
  .state:is(.confirmed, .completed, .noShow)::before { background: var(--tone); }
  .state.pending::before { background: linear-gradient(to top, var(--tone) 50%, transparent 50%); }
  @media (max-width: 720px) { button, .button { min-block-size: 40px; } }
`;
