/** Looks of a conversation. */
import { css } from 'lit';

export const talkStyles = css`
  ol {
    list-style: none;
    padding: 0;
  }
  .group {
    display: flex;
    flex-direction: column;
    align-items: start;
    gap: 0.2em;
    margin-top: 1em;
  }
  .group small {
    padding-inline: 0.2em;
  }
  .group.visitor {
    align-items: end;
  }
  /* Stays where it is while its words change. */
  .visitor small {
    align-self: stretch;
    text-align: end;
  }
  .visitor .bubble,
  .bubble.own {
    background: var(--accent);
    color: var(--on-accent);
    border-radius: 1.1em;
    border-end-end-radius: 0.3em;
  }
  .visitor .unsent {
    background: none;
    color: var(--ink);
    border: 1px solid var(--danger);
  }
  .bubble .link {
    color: inherit;
    overflow-wrap: anywhere;
  }
  .bone.bubble {
    margin-top: 1em;
    background: var(--ghost);
  }
  .bone.own {
    width: 40%;
    margin-inline-start: auto;
  }
  .failed {
    color: var(--danger);
    min-height: 1.75em;
  }
  .day {
    margin-block: 1.2em 0;
    font-size: 0.875em;
    color: var(--muted);
    text-align: center;
  }
  .day span {
    display: block;
  }
  .tool {
    display: grid;
    place-items: center;
    width: 2.75em;
    height: 2.75em;
    margin-block: -0.6em;
    color: var(--muted);
    outline-offset: -2px;
  }
  .card {
    display: grid;
    gap: 0.8em;
    margin-top: 1em;
    padding: 1em;
    border: 1px solid var(--hairline);
    border-radius: min(var(--radius), 1rem);
  }
  .field {
    display: grid;
    gap: 0.25em;
  }
  .field input {
    width: 100%;
    min-width: 0;
    padding: var(--field-padding);
    border: var(--field-border);
    background: none;
  }
  .error {
    color: var(--danger);
    font-size: 0.875em;
  }
  [aria-invalid='true'] {
    border-color: var(--danger) !important;
  }
  .card textarea {
    height: auto;
  }
  .stars {
    display: flex;
    gap: 0.25em;
  }
  .stars label {
    position: relative;
    display: grid;
    place-items: center;
    flex: 0 1 2.75em;
    height: 2.75em;
  }
  .stars input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .stars .icon {
    width: 1.75em;
    height: 1.75em;
    color: var(--edge);
  }
  .stars .full .icon {
    fill: currentColor;
    color: var(--accent-text);
  }
  .stars :focus-visible + .icon {
    outline: 2px solid var(--accent-text);
    outline-offset: 2px;
  }
  .dots {
    display: flex;
    gap: 0.3em;
    margin-top: 1em;
    padding-block: 0.95em;
  }
  .dots i {
    width: 0.4em;
    height: 0.4em;
    border-radius: 50%;
    background: var(--muted);
  }
  @media (prefers-reduced-motion: no-preference) {
    .dots i {
      animation: pulse 500ms ease-in-out infinite alternate;
    }
    .dots i:nth-child(2) {
      animation-delay: 160ms;
    }
    .dots i:nth-child(3) {
      animation-delay: 320ms;
    }
  }
  @media (forced-colors: active) {
    .bubble,
    .bone {
      border: 1px solid CanvasText;
    }
    .dots i {
      background: CanvasText;
    }
    /* The system leaves a picture the colour that it was given. */
    .stars .icon,
    .stars .full .icon {
      color: CanvasText;
    }
  }
`;
