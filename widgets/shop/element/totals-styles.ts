/** Looks of lines and sums, of a cart and of an order. */
import { css } from 'lit';

export const totalsStyles = css`
  .line {
    display: grid;
    grid-template-columns: 4.5em 1fr auto;
    gap: 1em;
    padding: 1.1em 0;
    border-top: 1px solid var(--hairline);
  }
  .thumb {
    align-self: start;
    aspect-ratio: 1;
    overflow: hidden;
    border-radius: min(var(--radius), 0.5em);
    background: var(--ghost);
  }
  .thumb img {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .what {
    min-width: 0;
  }
  .what small {
    display: block;
  }
  .line b {
    font-weight: 500;
  }
  .cost,
  dd {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .cost s {
    color: var(--muted);
    display: block;
  }
  .totals {
    padding-top: 1em;
    border-top: 1px solid var(--hairline);
  }
  dl div {
    display: flex;
    justify-content: space-between;
    gap: 1.5em;
    padding: 0.25em 0;
  }
  dt {
    color: var(--muted);
    min-width: 0;
  }
  .total {
    margin-top: 0.5em;
    font-size: 1.15em;
    font-weight: 600;
  }
  .total dt {
    color: inherit;
  }
  .told {
    max-width: 40em;
    margin: 1.2em 0;
  }
  .told div {
    padding: 0.7em 0;
    border-top: 1px solid var(--hairline);
  }
  .told dt {
    flex: none;
    max-width: 50%;
  }
  .told dd {
    font-weight: 500;
  }
  .taxed {
    display: block;
    text-align: end;
  }
  summary {
    cursor: pointer;
    min-height: 2.75em;
    align-content: center;
    color: var(--muted);
    border-radius: var(--radius);
  }
  .why dl {
    padding: 0 0 0.6em;
    font-size: 0.875em;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 1.2em;
    align-items: center;
    margin-top: 1.2em;
  }
  .acts .link {
    min-height: 2.75em;
    align-content: center;
  }
`;
