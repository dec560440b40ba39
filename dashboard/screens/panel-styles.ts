/** A small form that opens in the page, and rows of things with their actions. */
import { css } from 'lit';

export const panel = css`
  .panel { padding: 20px; border: 1px solid var(--hairline); border-radius: 8px; background: var(--canvas); max-inline-size: 640px; animation: open 140ms ease-out; }
  @keyframes open { from { opacity: 0; transform: translateY(-4px); } }
  .rows > li { display: flex; gap: 8px 16px; align-items: center; flex-wrap: wrap; padding-block: 12px; border-block-end: 1px solid var(--hairline); }
  .rows > li > :first-child { flex: 1 1 220px; min-width: 0; overflow-wrap: anywhere; }
  .rows > li > :is(.panel, .settings) { flex: 1 0 100%; }
  .rows > li:last-child { border-block-end: 0; }
  .rows a.name { color: var(--ink); font-weight: 500; }
  .code { display: block; font-family: var(--mono); font-size: 0.8125rem; line-height: 1.25rem; padding: 12px 16px; background: var(--canvas); border: 1px solid var(--hairline); border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere; direction: ltr; text-align: start; }
  .inline { display: flex; gap: 8px; align-items: flex-start; flex-wrap: wrap; }
  .inline .field { flex: 1 1 220px; }
  .inline > button { margin-block-start: 24px; }
  .switch-row { display: flex; gap: 12px; align-items: flex-start; }
  .switch { appearance: none; inline-size: 36px; block-size: 20px; min-block-size: 20px; border-radius: 10px; border: 1px solid var(--edge); background: var(--paper); position: relative; cursor: pointer; padding: 0; flex: none; transition: background-color var(--quick); }
  .switch::after { content: ''; position: absolute; inset-block-start: 3px; inset-inline-start: 3px; inline-size: 12px; block-size: 12px; border-radius: 50%; background: var(--edge); transition: inset-inline-start var(--quick); }
  input.switch { inline-size: 36px; block-size: 20px; border-radius: 10px; margin: 0; }
  .switch:checked { background: var(--accent); border-color: var(--accent); }
  .switch:checked::after { inset-inline-start: 19px; background: var(--on-accent); }
  .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(200px, 100%), 1fr)); gap: 16px 24px; }
  .facts dt { color: var(--muted); font-size: 0.8125rem; }
  .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(280px, 100%), 1fr)); gap: 0 32px; }
`;
