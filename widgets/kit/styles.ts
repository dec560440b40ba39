/** Looks that every widget shares; the page's own type, colours and corners come in as tokens. */
import { css } from 'lit';
import { component } from './tokens/component.ts';
import { semantic } from './tokens/semantic.ts';

// A tag that floats is out of the page's flow from the first, or what is below it moves until its button is there.
// A container asks its surroundings for no width, and would have none where these go by their content, as in a dialog or a flex row.
const base = css`
  :host {
    display: block !important;
    padding: 0 !important;
    border: 0 !important;
    transition: none !important;
    min-width: 0;
    max-width: 100%;
  }
  :host([mode='float']) {
    position: fixed;
  }
  :host([hidden]) {
    display: none !important;
  }
  .frame {
    all: initial;
    display: block;
    container-type: inline-size;
    contain-intrinsic-width: min(28em, 80vw);
    overflow-wrap: break-word;
    font: var(--size) / var(--leading) var(--font);
    color: var(--ink);
  }
  .painted {
    background: var(--paper);
    padding: 1.25em;
    border-radius: var(--radius);
  }
  * {
    box-sizing: border-box;
    margin: 0;
  }
  button,
  input,
  select,
  textarea {
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
  :focus-visible {
    outline: 2px solid var(--accent-text);
    outline-offset: 2px;
  }
  h3,
  b,
  .go {
    font-weight: 600;
  }
  h2 {
    font: var(--title-weight) 1.3em/1.25 var(--title-font);
    margin-bottom: 0.7em;
    outline: 0;
  }
  h3 {
    font-size: 1em;
  }
  small,
  .muted {
    font-size: 0.875em;
    color: var(--muted);
  }
  ul {
    list-style: none;
    padding: 0;
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
  .check {
    color: var(--accent-text);
  }
  :dir(rtl) > :is(.next, .back) {
    scale: -1 1;
  }
  .go {
    background: var(--accent);
    color: var(--on-accent);
    padding: var(--button-padding);
  }
  .go:hover {
    background: color-mix(in srgb, var(--accent), var(--ink) 12%);
  }
  .plain {
    border-color: var(--edge);
    padding: 0.5em 0.9em;
  }
  .plain:hover,
  .tool:hover:enabled {
    background: var(--wash);
  }
  .link {
    color: var(--accent-text);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  button[aria-busy='true'] {
    text-decoration: underline;
    cursor: wait;
  }
  .notice {
    border-inline-start: 3px solid var(--danger);
    padding: 0.2em 0.8em;
    margin-bottom: 1em;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .bone {
    display: block;
    height: 1.5em;
    margin-bottom: 0.8em;
    border-radius: var(--radius);
    background: var(--ghost);
  }
  .title {
    width: 45%;
  }
  @media (prefers-reduced-motion: no-preference) {
    button {
      transition: background-color var(--quick);
    }
    section {
      transition: opacity var(--quick), transform var(--quick);
    }
    .bone {
      animation: pulse 1.4s ease-in-out infinite alternate;
    }
  }
  @media print {
    :host {
      min-height: 0 !important;
    }
    * {
      color: #000 !important;
      background: #fff !important;
      max-height: none !important;
    }
    .go,
    .link,
    .plain,
    .tool {
      display: none;
    }
  }
  /* Views that follow come in with a movement; the first one is there at once. */
  @starting-style {
    .moved section {
      opacity: 0;
      transform: translateY(10px);
    }
  }
  @keyframes pulse {
    to {
      opacity: 0.5;
    }
  }
`;

/** In this order: semantic tokens, component tokens, looks. Primitive tokens are set by the chameleon. */
export const styles = [semantic, component, base];
