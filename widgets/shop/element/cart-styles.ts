/** Looks of the cart, and of the two sides that the checkout has too. */
import { css } from 'lit';

export const cartStyles = css`
  .sides {
    display: grid;
    gap: 1.5em;
  }
  @container (min-width: 720px) {
    .sides {
      grid-template-columns: minmax(0, 1.4fr) minmax(0, 1fr);
      gap: 4em;
      align-items: start;
    }
    .sum {
      position: sticky;
      inset-block-start: 1em;
    }
  }
  .bone.thumb {
    height: auto;
    margin: 0;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4em 1em;
    margin-top: 0.5em;
  }
  .tools .link {
    min-height: 2.75em;
    color: var(--muted);
    font-size: 0.875em;
  }
  .removed {
    padding: 1em 0;
    border-top: 1px solid var(--hairline);
    color: var(--muted);
  }
  .wide {
    width: 100%;
    margin-top: 1.2em;
  }
  .code {
    padding-bottom: 0.6em;
  }
  p.code {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.4em;
  }
  .code form {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6em;
    padding-bottom: 0.6em;
  }
  .code input {
    flex: 1;
    min-width: 6em;
    padding: var(--field-padding);
    border: var(--field-border);
    background: none;
  }
  .code .error {
    width: 100%;
  }
  .error {
    font-size: 0.875em;
    color: var(--danger);
  }
  [aria-invalid='true'] {
    border-color: var(--danger);
  }
`;
