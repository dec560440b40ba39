/** What every element of the desk shares, its own and those that modules bring: text, buttons, badges, notices, skeletons. */
import { css } from 'lit';

export const base = css`
  :host { display: block; min-width: 0; }
  :host([hidden]), [hidden] { display: none !important; }
  *, *::before, *::after { box-sizing: border-box; }
  h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
  ul, ol { list-style: none; }
  h1 { font-size: 1.25rem; line-height: 1.75rem; font-weight: 600; letter-spacing: -0.01em; outline: none; overflow-wrap: anywhere; text-wrap: balance; }
  h2 { font-size: 0.9375rem; line-height: 1.25rem; font-weight: 600; }
  h3 { font-size: 0.875rem; line-height: 1.25rem; font-weight: 600; }
  a { color: var(--accent-text); text-decoration: none; border-radius: 3px; }
  a:hover { text-decoration: underline; text-underline-offset: 3px; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  .muted { color: var(--muted); }
  .small { font-size: 0.8125rem; line-height: 1.25rem; }
  .number { font-variant-numeric: tabular-nums; }
  .clip { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .row { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; min-width: 0; }
  .grow { flex: 1; min-width: 0; }
  svg.icon { inline-size: 20px; block-size: 20px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
  svg.icon.mirror:dir(rtl) { transform: scaleX(-1); }

  button, .button {
    font: inherit; font-weight: 500; color: var(--ink); background: var(--paper);
    border: 1px solid var(--hairline); border-radius: var(--radius);
    min-block-size: 32px; padding: 5px 12px; display: inline-flex; align-items: center; justify-content: center; gap: 6px;
    cursor: pointer; text-align: start; text-decoration: none; transition: background-color var(--quick), border-color var(--quick);
  }
  button:hover, .button:hover { background: var(--ghost); text-decoration: none; }
  button[disabled], button[aria-disabled='true'] { opacity: 0.55; cursor: default; }
  .primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
  .primary:hover { background: var(--accent-hover); border-color: var(--accent-hover); }
  .danger { color: var(--danger); }
  .danger.primary { background: var(--danger); border-color: var(--danger); color: light-dark(white, oklch(0.2 0.03 25)); }
  .plain { border-color: transparent; background: none; }
  .icon-only { inline-size: 32px; padding: 0; }
  .link { border: 0; background: none; padding: 0; min-block-size: 0; color: var(--accent-text); font-weight: 500; }
  .link:hover { background: none; text-decoration: underline; text-underline-offset: 3px; }

  .page { padding: 28px 40px 64px; max-inline-size: 1200px; margin-inline: auto; display: grid; gap: 24px; grid-template-columns: minmax(0, 1fr); }
  .page.narrow > * { max-inline-size: 720px; }
  .head { display: flex; align-items: flex-start; gap: 12px 16px; flex-wrap: wrap; justify-content: space-between; }
  .head > div:first-child { min-width: 0; flex: 1 1 240px; }
  .back { display: inline-flex; align-items: center; gap: 2px; margin-inline-start: -4px; color: var(--muted); min-block-size: 24px; }
  .back svg.icon { inline-size: 16px; block-size: 16px; }
  .actions { display: flex; gap: 8px; flex-wrap: wrap; align-items: center; }
  .section { display: grid; gap: 12px; grid-template-columns: minmax(0, 1fr); }
  .section + .section { border-block-start: 1px solid var(--hairline); padding-block-start: 24px; }

  .badge { display: inline-flex; align-items: center; gap: 6px; white-space: nowrap; font-size: 0.8125rem; line-height: 1.25rem; }
  .badge::before { content: ''; inline-size: 8px; block-size: 8px; border-radius: 50%; border: 1.5px solid var(--tone, var(--muted)); flex: none; }
  .badge.full::before { background: var(--tone); }
  .badge.half::before { background: linear-gradient(to top, var(--tone) 50%, transparent 50%); }
  .tone-ok { --tone: var(--ok); }
  .tone-warn { --tone: var(--warn); }
  .tone-danger { --tone: var(--danger); }
  .tone-accent { --tone: var(--accent); }

  .notice { display: flex; gap: 8px 12px; align-items: flex-start; flex-wrap: wrap; padding: 12px 16px; border-radius: var(--radius); background: var(--ghost); }
  .notice.error { background: var(--danger-soft); }
  .notice.error > svg { color: var(--danger); }
  .notice.warn { background: var(--warn-soft); }
  .notice > div { flex: 1 1 200px; min-width: 0; overflow-wrap: anywhere; }
  .empty { display: grid; gap: 8px; justify-items: start; padding: 32px 0; max-inline-size: 56ch; }
  .empty > svg.icon { color: var(--muted); }
  .empty .actions { margin-block-start: 8px; }

  .popup { inset: auto; margin: 4px 0; padding: 4px; min-inline-size: 168px; max-block-size: 60vh; overflow-y: auto; border: 1px solid var(--hairline); border-radius: 8px; background: var(--raised); color: inherit; box-shadow: var(--shadow); position-area: block-end span-inline-end; position-try-fallbacks: flip-inline, flip-block, flip-block flip-inline; }
  .popup.at-end { position-area: block-end span-inline-start; }
  .popup > button { display: flex; inline-size: 100%; justify-content: flex-start; gap: 10px; padding-inline: 8px; font-weight: 400; }
  .popup > button svg.icon { color: var(--muted); }

  .bone { display: block; block-size: 12px; border-radius: 4px; background: var(--hairline); animation: breathe 1.4s ease-in-out infinite alternate; }
  @keyframes breathe { to { opacity: 0.45; } }
  kbd { font: inherit; font-size: 0.75rem; line-height: 1rem; color: var(--muted); border: 1px solid var(--hairline); border-radius: 4px; padding: 0 5px; }

  @media (max-width: 720px) {
    .page { padding: 16px 16px 48px; gap: 20px; }
    .head > div:first-child { flex-basis: 160px; }
    button, .button { min-block-size: 36px; }
    .icon-only { inline-size: 36px; }
    .link { min-block-size: 24px; }
  }
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { transition: none !important; animation: none !important; }
  }
`;
