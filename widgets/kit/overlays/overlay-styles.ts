/** What the kit's own elements share in their looks; colours, corners and type come from the widget or page they stand in. */
import { css } from 'lit';

export const overlayStyles = css`
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
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 1px solid transparent;
    border-radius: var(--radius);
    padding: 0;
    cursor: pointer;
  }
  button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  :focus-visible {
    outline: 2px solid var(--accent-text);
    outline-offset: 2px;
  }
  .icon {
    width: 1.25em;
    height: 1.25em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
    vertical-align: -0.25em;
  }
  :dir(rtl) > :is(.next, .back) {
    scale: -1 1;
  }
  .go {
    background: var(--accent);
    color: var(--on-accent);
    padding: var(--button-padding);
    font-weight: 600;
  }
  .go.danger {
    background: var(--danger);
    color: var(--paper);
  }
  .plain {
    border-color: var(--edge);
    padding: 0.5em 0.9em;
  }
  .plain:hover:enabled {
    background: var(--wash);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6em;
    align-items: center;
  }
  .muted {
    color: var(--muted);
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  [popover] {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 0.75em 1em;
    max-width: min(24rem, calc(100vw - 16px));
    max-height: calc(100dvh - 16px);
    overflow: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--hairline);
    border-radius: min(var(--radius), 1rem);
    background: var(--paper);
    color: var(--ink);
    box-shadow: 0 2px 6px rgb(0 0 0 / 0.12), 0 8px 24px rgb(0 0 0 / 0.16);
  }
  @media (prefers-reduced-motion: no-preference) {
    [popover]:popover-open {
      animation: in 140ms ease-out;
    }
  }
  @keyframes in {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }
  @media (forced-colors: active) {
    .go {
      border-color: ButtonText;
    }
    [popover] {
      border-color: CanvasText;
    }
  }
`;
