/** Looks of the first view. */
import { css } from 'lit';

export const shopStyles = css`
  section {
    scroll-margin-top: 4em;
  }
  h2 {
    min-height: 2.1em;
    display: flex;
    align-items: center;
    gap: 0.4em;
    margin-bottom: 0.5em;
  }
  .bar {
    position: sticky;
    inset-block-start: 0.6em;
    z-index: 1;
    height: 0;
    display: flex;
    justify-content: end;
  }
  .bar + * > h2 {
    padding-inline-end: 5em;
  }
  .bag {
    display: flex;
    align-items: center;
    gap: 0.5em;
    height: 2.75em;
    padding: 0 0.75em;
    border: 1px solid var(--hairline);
    border-radius: 9em;
    background: var(--paper);
  }
  .bag:hover {
    border-color: var(--edge);
  }
  .count {
    min-width: 1.7em;
    padding: 0 0.4em;
    border-radius: 9em;
    background: var(--accent);
    color: var(--on-accent);
    font: 600 0.8em/1.7 var(--font);
    text-align: center;
  }
  .finder {
    display: flex;
    flex-wrap: wrap;
    gap: 0.8em 2em;
    justify-content: space-between;
    margin-bottom: 1.3em;
  }
  .finder:empty {
    display: none;
  }
  .tabs {
    display: flex;
    gap: 1.3em;
    overflow: auto;
    scrollbar-width: none;
  }
  @container (max-width: 18em) {
    .tabs {
      flex-wrap: wrap;
      row-gap: 0;
    }
  }
  .tab {
    padding: 0.4em 0;
    border-width: 0 0 2px;
    border-radius: 0;
    color: var(--muted);
    white-space: nowrap;
  }
  .tab:focus-visible {
    outline-offset: -2px;
  }
  .tab:hover,
  .tab[aria-pressed='true'] {
    color: var(--ink);
  }
  .tab[aria-pressed='true'] {
    border-color: var(--accent-text);
  }
  .search {
    flex: 0 1 16em;
    min-width: 8em;
    padding: 0.5em 0.75em;
    border: var(--field-border);
    background: none;
  }
  .products {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(14em, 40%), 1fr));
    gap: 1.8em 1.2em;
  }
  .two {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.5em;
  }
  @container (min-width: 620px) {
    .two {
      grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr);
      gap: 3em;
    }
  }
  [aria-busy='true'] .picture {
    opacity: 0.6;
  }
  .card {
    position: relative;
  }
  .product {
    width: 100%;
    height: 100%;
    display: flex;
    flex-direction: column;
    text-align: start;
    line-height: 1.4;
  }
  .product b {
    font-weight: 500;
  }
  .price {
    font-variant-numeric: tabular-nums;
    color: var(--muted);
  }
  s {
    font-size: 0.875em;
  }
  .picture {
    position: relative;
    display: grid;
    place-items: center;
    width: 100%;
    height: auto;
    aspect-ratio: 1;
    margin-bottom: 0.3em;
    overflow: hidden;
    border-radius: min(var(--radius), 0.75em);
    background: var(--ghost);
    color: var(--muted);
    font: 300 2.2em var(--title-font);
  }
  .picture img {
    position: absolute;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .out .picture {
    opacity: 0.5;
  }
  .product:hover b {
    color: var(--accent-text);
  }
  /* Not where the bag comes by when the page is scrolled. */
  .quick {
    position: absolute;
    inset-inline-start: 0.6em;
    inset-block-start: 0;
    margin-block-start: calc(100% - 3.1em);
    width: 2.5em;
    height: 2.5em;
    display: grid;
    place-items: center;
    border-radius: 9em;
    background: var(--paper);
  }
  .products + .notice {
    margin: 1.8em 0 0;
  }
  .folded {
    display: flex;
    flex-direction: column;
    max-height: var(--room);
  }
  .folded > * {
    flex: none;
  }
  /* Whatever the page's background is, the last row goes over into it. */
  .folded > .products {
    flex: 0 1 auto;
    overflow: hidden;
    mask-image: linear-gradient(#000 calc(100% - 8em), transparent calc(100% - 2.5em));
  }
  .rest {
    height: 0;
    display: flex;
    justify-content: center;
    align-items: end;
  }
  .more {
    display: block;
    margin: 1.8em auto 0;
  }
  @media (prefers-reduced-motion: no-preference) {
    img {
      transition: scale 300ms ease-out;
    }
    .product:hover img {
      scale: 1.03;
    }
  }
  @media (forced-colors: active) {
    .bone,
    .quick,
    .count,
    .picture {
      border: 1px solid;
    }
    .tab[aria-pressed='true'] {
      border-color: Highlight;
    }
  }
  @media print {
    .bar,
    .finder,
    .quick,
    .rest {
      display: none;
    }
    .folded {
      display: block;
      max-height: none;
    }
    .folded > .products {
      mask: none;
    }
    li {
      break-inside: avoid;
    }
  }
`;
