/** Looks of the form and of what follows it. */
import { css } from 'lit';

export const checkoutStyles = css`
  .line {
    width: 45%;
    margin: 3em 0;
  }
  form {
    display: grid;
    gap: 1em;
    max-width: 34em;
  }
  .field {
    display: grid;
    gap: 0.3em;
  }
  label {
    font-weight: 500;
  }
  label .muted {
    font-weight: 400;
  }
  input,
  textarea {
    width: 100%;
    padding: var(--field-padding);
    border: var(--field-border);
    background: none;
  }
  textarea {
    resize: vertical;
  }
  [aria-invalid='true'] {
    border-color: var(--danger);
  }
  .error {
    font-size: 0.875em;
    color: var(--danger);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  dl {
    margin-top: 1.2em;
  }
  dl div {
    display: grid;
    grid-template-columns: 6em 1fr;
    gap: 1em;
    padding: 0.6em 0;
  }
  dt {
    color: var(--muted);
  }
  dd {
    font-weight: 600;
  }
  p + form,
  .acts {
    margin-top: 1.2em;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 1.2em;
    align-items: center;
  }
  dl div + div {
    border-top: 1px solid var(--hairline);
  }
  .go {
    justify-self: start;
  }
  .danger {
    background: var(--danger);
    color: var(--paper);
  }
  @starting-style {
    .backwards section {
      transform: translateY(-10px);
    }
  }
  @container (max-width: 480px) {
    .go {
      justify-self: stretch;
    }
  }
  @media (forced-colors: active) {
    [aria-invalid='true'] {
      border-width: 3px;
    }
  }
  @media print {
    .number {
      display: none;
    }
  }
`;
