/** The screens before the desk: one narrow column, nothing else. */
import { css } from 'lit';

export const door = css`
  :host { display: grid; min-block-size: 100dvh; place-items: start center; padding: clamp(24px, 14vh, 160px) 20px 48px; background: var(--canvas); }
  .door { display: grid; gap: 24px; inline-size: min(376px, 100%); background: var(--paper); border: 1px solid var(--hairline); border-radius: 12px; padding: 32px; }
  .mark { inline-size: 28px; block-size: 28px; border-radius: 7px; background: linear-gradient(var(--paper), var(--paper)) center / 10px 10px no-repeat, var(--accent); }
  .door p a { text-decoration: underline; text-underline-offset: 3px; }
  .door header { display: grid; gap: 4px; }
  .door h1 { margin-block-start: 12px; }
  .door button { min-block-size: 40px; }
  .door input { min-block-size: 40px; }
  @media (max-width: 480px) { :host { padding: 0; background: var(--paper); } .door { border: 0; border-radius: 0; padding: 32px 20px; } }
`;
