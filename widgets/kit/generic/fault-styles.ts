/** Looks of what is wrong in a form, which nobody needs before it is sent. */
import { css } from 'lit';
import type { FormElement } from './form-element.ts';

const styles = css`
  [aria-invalid='true'] {
    border-color: var(--danger) !important;
  }
  .error {
    width: 100%;
    margin-top: 0.3em;
    font-size: 0.875em;
    color: var(--danger);
  }
`;

/** Once for a form, however often it is sent. */
export const dressFaults = (el: FormElement): void => {
  const root = el.shadowRoot!;
  const sheet = styles.styleSheet!;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
};
