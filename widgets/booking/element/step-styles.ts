/** Looks of what was chosen, and of the choice of a length. */
import { css } from 'lit';

export const stepStyles = css`
  .chosen {
    max-width: 46em;
    margin-bottom: 1.3em;
    border-block: 1px solid var(--hairline);
  }
  .chosen li {
    display: flex;
    gap: 1em;
    align-items: baseline;
    padding: 0.5em 0;
  }
  .chosen li + li {
    border-top: 1px solid var(--hairline);
  }
  .lengths {
    margin-bottom: 1.3em;
    max-width: 30em;
  }
`;
