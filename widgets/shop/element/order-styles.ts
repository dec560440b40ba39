/** Looks of an order's page. */
import { css } from 'lit';

export const orderStyles = css`
  section {
    max-width: 40em;
  }
  .about {
    white-space: pre-line;
  }
  .news {
    margin-bottom: 1em;
  }
  .danger {
    background: var(--danger);
    color: var(--paper);
  }
`;
