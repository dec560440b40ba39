/** Looks of what is ticked: radio buttons and checkboxes in the page's accent. */
import { css } from 'lit';

export const choiceStyles = css`
  .choice {
    display: flex;
    align-items: center;
    gap: 0.6em;
    min-height: 44px;
    font-weight: 400;
    cursor: pointer;
  }
  .choice input {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    accent-color: var(--accent);
    cursor: inherit;
  }
  .choice:has(:disabled) {
    cursor: default;
    color: var(--muted);
  }
`;
