/** Looks of one product. */
import { css } from 'lit';

export const productStyles = css`
  .way:not(label) {
    display: inline-flex;
    align-items: center;
    gap: 0.3em;
    min-height: 2.75em;
    margin-inline-start: -0.3em;
    color: var(--muted);
    text-decoration: none;
  }
  .page > .way {
    margin-bottom: 0.6em;
  }
  .way:not(label):hover {
    color: var(--ink);
  }
  .gallery .picture {
    font-size: 4em;
    margin: 0;
  }
  .thumbs {
    display: flex;
    gap: 0.6em;
    margin-top: 0.6em;
    overflow: auto;
  }
  .thumbs button {
    flex: none;
    width: 4em;
    aspect-ratio: 1;
    overflow: hidden;
    background: var(--ghost);
    opacity: 0.7;
  }
  .thumbs button[aria-pressed='true'] {
    opacity: 1;
    border-color: var(--ink);
  }
  .thumbs button:focus-visible {
    outline-offset: -3px;
  }
  .thumbs img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .page h2 {
    font-size: 1.6em;
    min-height: 0;
    margin-bottom: 0.15em;
  }
  .facts {
    display: grid;
    gap: 1.2em;
    align-content: start;
  }
  .facts > * {
    margin: 0;
  }
  .large {
    color: inherit;
    font-size: 1.15em;
    margin-top: -0.9em;
  }
  fieldset {
    border: 0;
    padding: 0;
    min-width: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  legend {
    padding: 0 0 0.45em;
    font-weight: 500;
  }
  .choice {
    position: relative;
  }
  .choice input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
  }
  .choice > span {
    display: grid;
    place-items: center;
    min-width: 3em;
    min-height: 2.6em;
    padding: 0 0.9em;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
  }
  .choice:not(.out):hover > span {
    background: var(--wash);
  }
  .choice input:checked + span {
    border-color: var(--ink);
    box-shadow: inset 0 0 0 1px var(--ink);
    font-weight: 500;
  }
  .choice input:focus-visible + span {
    outline: 2px solid var(--accent-text);
    outline-offset: 2px;
  }
  .choice.out > span {
    color: var(--muted);
    border-style: dashed;
    text-decoration: line-through;
  }
  .buy {
    display: flex;
    flex-wrap: wrap;
    gap: 0.8em;
  }
  .buy .go {
    flex: 1;
    min-width: 10em;
  }
  .go:disabled {
    background: var(--ghost);
    color: var(--muted);
    cursor: default;
  }
  .stepper {
    display: flex;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
  }
  .stepper > :not(.sr) {
    width: 2.6em;
    min-height: 2.6em;
    padding: 0;
    border: 0;
    background: none;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .stepper [aria-disabled='true'] {
    color: var(--edge);
    cursor: default;
  }
  .stepper button:hover:not([aria-disabled='true']) {
    background: var(--wash);
  }
  .left {
    color: var(--accent-text);
  }
  .about {
    white-space: pre-line;
  }
  @media (forced-colors: active) {
    .choice input:checked + span {
      border-color: Highlight;
      outline: 2px solid Highlight;
    }
  }
  @starting-style {
    .backwards section {
      transform: translateY(-10px);
    }
  }
`;
