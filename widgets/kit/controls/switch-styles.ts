/** Looks of a switch: a track and a thumb, in shapes that stand without colour. */
import { css } from 'lit';

export const switchStyles = css`
  .switch {
    display: flex;
    align-items: center;
    gap: 0.75em;
    min-height: 44px;
    font-weight: 400;
    cursor: pointer;
  }
  input {
    appearance: none;
    flex: none;
    display: grid;
    align-items: center;
    width: 2.75em;
    height: 1.6em;
    padding: 0.2em;
    border: 1px solid var(--edge);
    border-radius: 1em;
    background: var(--paper);
    cursor: inherit;
  }
  input::before {
    content: '';
    width: 1.1em;
    height: 1.1em;
    border-radius: 50%;
    background: var(--edge);
  }
  input:disabled {
    opacity: 0.55;
  }
  #hint {
    order: 1;
  }
  #error {
    order: 2;
  }
  input:checked {
    justify-items: end;
    border-color: var(--accent);
    background: var(--accent);
  }
  input:checked::before {
    background: var(--on-accent);
  }
  [aria-invalid='true'] {
    border-color: var(--danger);
  }
  @media (forced-colors: active) {
    input,
    input::before {
      forced-color-adjust: none;
      border-color: ButtonText;
      background: ButtonText;
    }
    input {
      background: ButtonFace;
    }
    input:checked {
      border-color: Highlight;
      background: Highlight;
    }
    input:checked::before {
      background: HighlightText;
    }
  }
`;
