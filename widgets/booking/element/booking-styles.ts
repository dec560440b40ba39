/** Looks of the first view, and of every choice that is a list. */
import { css } from 'lit';

export const bookingStyles = css`
  .line {
    width: 45%;
    margin: 3em 0;
  }
  .rows {
    max-height: calc(var(--room) - 4em);
    overflow: auto;
    animation: end;
    animation-timeline: scroll(self);
  }
  @keyframes end {
    from {
      mask: linear-gradient(red 70%, #0000);
    }
  }
  section {
    max-width: 46em;
  }
  .main {
    flex: 1;
    min-width: 0;
  }
  .rows li + li {
    border-top: 1px solid var(--hairline);
  }
  .row {
    width: 100%;
    display: flex;
    gap: 0.9em;
    align-items: center;
    text-align: start;
    padding: 0.85em 0;
  }
  .row small {
    display: block;
  }
  .row:hover b {
    color: var(--accent-text);
  }
  .row .icon {
    color: var(--muted);
  }
  .aside {
    text-align: end;
    font-variant-numeric: tabular-nums;
    max-width: 45%;
  }
  @media (forced-colors: active) {
    .bone {
      border: 1px solid GrayText;
    }
  }
  @media print {
    .row > .icon {
      display: none;
    }
    li {
      break-inside: avoid;
    }
  }
`;
