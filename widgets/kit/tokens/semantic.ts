/** Second layer: what a value is for. */
import { css } from 'lit';

export const semantic = css`
  :is(:root, .frame) {
    --hairline: color-mix(in srgb, var(--ink) 14%, transparent);
    --wash: color-mix(in srgb, var(--accent-text) 14%, transparent);
    --ghost: color-mix(in srgb, var(--ink) 8%, transparent);
    --quick: 160ms cubic-bezier(0.2, 0, 0, 1);
  }
`;
