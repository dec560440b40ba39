/** Looks of a form: labels above, one column, or two where there is room and the manifest says so. */
import { css } from 'lit';

export const formStyles = css`
  form {
    display: grid;
    gap: 1em;
  }
  h2 {
    margin: 0;
  }
  label {
    display: block;
    margin-bottom: 0.3em;
    font-weight: 500;
  }
  .tick {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.6em;
  }
  .tick > input {
    width: 1.125em;
    height: 1.125em;
    accent-color: var(--accent);
  }
  .tick > label {
    flex: 1;
    margin: -0.6em 0;
    padding: 0.6em 0;
    font-weight: 400;
  }
  div:not(.tick) > :is(input, select, textarea) {
    width: 100%;
    min-height: 3em;
    padding: var(--field-padding);
    border: var(--field-border);
    background: var(--paper);
  }
  /* The browser moves its text in by the rest. */
  .select > select {
    padding-inline: 0.5em;
  }
  textarea {
    resize: vertical;
  }
  .go {
    justify-self: start;
  }
  .control {
    height: 2.75em;
    margin: 1.9em 0 0;
  }
  @container (min-width: 30em) {
    .columns {
      grid-template-columns: 1fr 1fr;
    }
    .columns > :not(.input, .select) {
      grid-column: 1 / -1;
    }
  }
`;
