/** Third layer: parts of components. */
import { css } from 'lit';

export const component = css`
  :is(:root, .frame) {
    --field-border: 1px solid var(--edge);
    --field-padding: 0.6em 0.75em;
    --button-padding: 0.7em 1.2em;
  }
`;
