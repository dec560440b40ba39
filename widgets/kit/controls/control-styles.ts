/** Looks that every control shares, drawn with the tokens of the widget that it stands in. */
import { css } from 'lit';

export const controlStyles = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
    margin: 0;
  }
  .field {
    display: grid;
    gap: 0.3em;
    grid-template-columns: minmax(0, 1fr);
  }
  .parts {
    gap: 1em;
    padding-top: 0.4em;
  }
  label,
  legend,
  .caption {
    font-weight: 500;
    padding: 0;
  }
  .muted {
    font-size: 0.875em;
    font-weight: 400;
    color: var(--muted);
  }
  .error {
    font-size: 0.875em;
    color: var(--danger);
  }
  .error:empty {
    display: none;
  }
  input,
  select,
  textarea,
  button {
    font: inherit;
    color: inherit;
    border-radius: var(--radius);
  }
  button {
    background: none;
    border: 1px solid transparent;
    padding: 0;
    cursor: pointer;
  }
  .box {
    width: 100%;
    min-width: 0;
    min-height: max(44px, 2.75em);
    padding: var(--field-padding);
    border: var(--field-border);
    border-radius: var(--radius);
    background: var(--paper);
  }
  /* A box that opens a list; its arrow is a gradient, since a policy may allow no image. */
  select.box,
  [role='combobox'] {
    appearance: none;
    padding-inline-end: 2em;
    background: conic-gradient(from -45deg at bottom, currentColor 25%, #0000 0) no-repeat var(--end, 100%) 55% / 2.4em 0.35em var(--paper);
  }
  .box:dir(rtl) {
    --end: 0;
  }
  .box::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  textarea.box {
    resize: vertical;
    field-sizing: content;
    min-height: 5.5em;
  }
  .ltr {
    direction: ltr;
  }
  :host(:dir(rtl)) .ltr {
    text-align: right;
  }
  .figures {
    font-variant-numeric: tabular-nums;
  }
  /* The browser's own parts of it have a room around them. */
  [type='time'] {
    padding-block: 0;
  }
  .row {
    display: flex;
    gap: 0.5em;
    align-items: center;
  }
  .row > .box {
    flex: 1;
  }
  .row > .unit {
    flex: none;
    width: auto;
  }
  .row > .dial {
    width: 6em;
  }
  .pair {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .parts > .pair {
    gap: 1em;
  }
  .pair > * {
    flex: 1 1 8em;
    min-width: 0;
  }
  .pair > inlaykit-date {
    flex-basis: 12em;
  }
  .tool {
    display: grid;
    place-items: center;
    flex: none;
    width: max(44px, 2.75em);
    height: max(44px, 2.75em);
  }
  .tool:hover:enabled {
    background: var(--wash);
  }
  :focus-visible {
    outline: 2px solid var(--accent-text);
    outline-offset: 2px;
  }
  .box[aria-invalid='true'] {
    border-color: var(--danger);
  }
  .box:read-only:not(select) {
    background: var(--ghost);
  }
  .box:disabled,
  .tool:disabled {
    opacity: 0.55;
    cursor: default;
  }
  :host([readonly]) select {
    opacity: 1;
    background: var(--ghost);
  }
  .icon {
    width: 1.25em;
    height: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (pointer: coarse) {
    .box {
      font-size: max(16px, 1em);
    }
  }
  @media (forced-colors: active) {
    .box[aria-invalid='true'] {
      border-width: 3px;
    }
    .box:disabled,
    .tool:disabled {
      opacity: 1;
      color: GrayText;
    }
  }
`;
