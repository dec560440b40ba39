/** Looks of the form of an order. */
import { css } from 'lit';

export const checkoutStyles = css`
  .fields {
    display: grid;
    gap: 1em;
    min-width: 0;
  }
  .field {
    display: grid;
    gap: 0.3em;
  }
  .field label {
    font-weight: 500;
  }
  .field .muted {
    font-weight: 400;
  }
  .field input,
  textarea {
    width: 100%;
    padding: var(--field-padding);
    border: var(--field-border);
    background: none;
  }
  textarea {
    resize: vertical;
  }
  .ways {
    display: block;
    margin: 0.4em 0;
  }
  label.way {
    display: flex;
    gap: 0.8em;
    align-items: baseline;
    padding: 0.8em 0;
    border-top: 1px solid var(--hairline);
    cursor: pointer;
  }
  label.way:last-child {
    border-bottom: 1px solid var(--hairline);
  }
  .way .what {
    flex: 1;
  }
  .way b {
    font-weight: 500;
  }
  .way input {
    accent-color: var(--accent-text);
    width: 1.1em;
    height: 1.1em;
    align-self: center;
    flex: none;
  }
  .lines.small .line {
    grid-template-columns: 3em 1fr auto;
    padding: 0.6em 0;
  }
  .lines.small .line:first-child {
    border: 0;
  }
  .lines.small .tools {
    margin: 0;
  }
  @media (forced-colors: active) {
    [aria-invalid='true'] {
      border-width: 3px;
    }
  }
`;
