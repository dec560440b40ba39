/** Looks of the first view: header, greeting, composer. */
import { css } from 'lit';

export const chatStyles = css`
  .chat {
    display: flex;
    flex-direction: column;
    height: var(--room, 30em);
    min-height: 20em;
    border: 1px solid var(--hairline);
    border-radius: min(var(--radius), 1rem);
    overflow: hidden;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.5em;
    padding: 0.8em 1em;
    border-bottom: 1px solid var(--hairline);
  }
  h2 {
    flex: 1;
    overflow-wrap: anywhere;
    font-size: 1.1em;
    margin: 0;
  }
  .state {
    width: 100%;
  }
  .state::before {
    content: '';
    display: inline-block;
    width: 0.5em;
    height: 0.5em;
    margin-inline-end: 0.5em;
    border: 1.5px solid;
    border-radius: 50%;
    vertical-align: 0.05em;
  }
  .on::before {
    border-color: #1a8a4a;
    background: #1a8a4a;
    forced-color-adjust: none;
  }
  /* Upside down, so that the end is what shows. */
  .log {
    flex: 1;
    display: flex;
    flex-direction: column-reverse;
    padding: 1em;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .log:focus-visible {
    outline-offset: -2px;
  }
  .log > * {
    margin-bottom: auto;
  }
  .bubble {
    width: fit-content;
    max-width: 85%;
    padding: 0.55em 0.85em;
    border-radius: 1.1em;
    border-end-start-radius: 0.3em;
    background: var(--ghost);
    white-space: pre-wrap;
  }
  .bone.bubble {
    width: 60%;
    height: 2.5em;
  }
  .composer {
    display: flex;
    align-items: end;
    gap: 0.5em;
    padding: 0.6em;
    border-top: 1px solid var(--hairline);
  }
  textarea {
    flex: 1;
    min-width: 0;
    height: 2.75em;
    max-height: 8em;
    padding: 0.6em 0.75em;
    resize: none;
    background: none;
    border: var(--field-border);
  }
  textarea:focus-visible {
    outline-offset: -1px;
  }
  textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  .composer .go {
    width: 2.75em;
    height: 2.75em;
    padding: 0;
    flex: none;
  }
  .go:disabled {
    background: var(--ghost);
    color: var(--muted);
    cursor: default;
  }
  .chat > .notice {
    margin: 0.5em 1em;
  }
  .launch .icon {
    margin-inline-end: 0.2em;
  }
  .badge {
    position: absolute;
    inset: -0.5em -0.4em auto auto;
    min-width: 1.7em;
    padding: 0 0.45em;
    border-radius: 1em;
    background: #c1121f;
    color: #fff;
    font-size: 0.8em;
    line-height: 1.7em;
    text-align: center;
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
  }
  @media (min-width: 40.01rem) {
    dialog[open] {
      height: 40rem;
      border: 1px solid var(--hairline);
    }
  }
  dialog .caption {
    position: absolute;
    inset-inline: auto 0;
    border: 0;
    background: none;
  }
  .caption b {
    display: none;
  }
  dialog .sheet {
    flex: 1;
    min-height: 0;
    padding: 0;
  }
  dialog .chat {
    height: 100%;
    border: 0;
    border-radius: 0;
  }
  dialog header {
    padding-inline-end: 3.75em;
  }
`;
