/** Form controls: one look for native inputs, with hint and error below. */
import { css } from 'lit';

export const form = css`
  form, .fields { display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr); }
  .field { display: grid; gap: 4px; grid-template-columns: minmax(0, 1fr); }
  .field > label, .field > .label, legend { font-weight: 500; padding: 0; display: flex; gap: 8px; align-items: baseline; flex-wrap: wrap; }
  .optional { font-weight: 400; color: var(--muted); font-size: 0.8125rem; }
  .hint { color: var(--muted); font-size: 0.8125rem; line-height: 1.25rem; overflow-wrap: anywhere; }
  .wrong { color: var(--danger); font-size: 0.8125rem; line-height: 1.25rem; overflow-wrap: anywhere; }
  input, select, textarea {
    font: inherit; color: inherit; background: var(--paper); inline-size: 100%; min-inline-size: 0;
    border: 1px solid var(--edge); border-radius: var(--radius); padding: 5px 10px; min-block-size: 34px; margin: 0;
  }
  select { padding-inline-end: 4px; text-overflow: ellipsis; }
  textarea { resize: vertical; min-block-size: 76px; field-sizing: content; max-block-size: 60vh; }
  textarea.code { font-family: var(--mono); font-size: 0.8125rem; min-block-size: 120px; }
  input::placeholder, textarea::placeholder { color: var(--muted); opacity: 1; }
  :is(input, select, textarea):focus-visible { outline: 2px solid var(--accent); outline-offset: -1px; border-color: var(--accent); }
  :is(input, select, textarea)[aria-invalid='true'] { border-color: var(--danger); }
  input[type='checkbox'], input[type='radio'] { inline-size: 16px; block-size: 16px; min-block-size: 0; padding: 0; accent-color: var(--accent); flex: none; margin: 2px 0; }
  input[type='color'] { inline-size: 48px; padding: 3px; flex: none; }
  input[type='number'] { font-variant-numeric: tabular-nums; }
  .check, .field > label.check { display: flex; gap: 10px; align-items: flex-start; font-weight: 400; flex-wrap: nowrap; }
  legend { margin-block-end: 4px; }
  .items.bare .item { max-inline-size: 444px; }
  .short { max-inline-size: 200px; }
  .medium { max-inline-size: 400px; }
  .pair { display: flex; gap: 8px; flex-wrap: wrap; }
  .pair > * { flex: 1 1 120px; }
  .pair > .tiny { flex: 0 1 96px; }
  .group { border-inline-start: 2px solid var(--hairline); padding-inline-start: 16px; display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); }
  .item { display: flex; gap: 8px; align-items: flex-start; }
  .item > :first-child { flex: 1; min-width: 0; }
  .item + .item { border-block-start: 1px solid var(--hairline); padding-block-start: 12px; }
  .items { display: grid; gap: 12px; grid-template-columns: minmax(0, 1fr); }
  .items.bare .item + .item { border: 0; padding: 0; }
  .items.bare { gap: 8px; }
  .bare-item > .field > :is(label, .label) { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  .days { display: flex; flex-wrap: wrap; gap: 4px; }
  .days label { position: relative; }
  .days input { position: absolute; opacity: 0; inset: 0; inline-size: 100%; block-size: 100%; margin: 0; cursor: pointer; }
  .days span { display: grid; place-items: center; min-inline-size: 44px; block-size: 32px; padding-inline: 8px; border: 1px solid var(--hairline); border-radius: var(--radius); }
  .days input:checked + span { background: var(--wash); border-color: var(--accent); color: var(--accent-text); font-weight: 600; }
  .days input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 2px; }
  .buttons { display: flex; gap: 8px; flex-wrap: wrap; align-items: center; }
  @media (max-width: 720px) {
    /* Smaller text makes a phone zoom into the field. */
    input, select, textarea { font-size: 1rem; min-block-size: 40px; }
    .days span { block-size: 40px; }
  }
`;
