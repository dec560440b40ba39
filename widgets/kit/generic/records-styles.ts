/** Looks of records: rows between hairlines, quotations, cards; a detail with its facts. */
import { css } from 'lit';

export const recordsStyles = css`
  .intro {
    margin-bottom: 1em;
  }
  section:has(> .list) {
    display: flex;
    flex-direction: column;
    align-items: start;
    max-height: var(--room);
  }
  section > * {
    flex: none;
  }
  section > .list {
    flex: 0 1 auto;
    width: 100%;
    overflow-y: auto;
  }
  /* The whole of a record is pressed, its links apart. */
  .open::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  :is(.list, .agenda) > li {
    position: relative;
    padding: 0.8em 0;
    border-top: 1px solid var(--hairline);
  }
  .list > li:first-child {
    border-top: 0;
  }
  .quotes > li {
    border: 0;
    border-inline-start: 2px solid var(--hairline);
    padding: 0.2em 0 0.2em 0.9em;
    margin-bottom: 1em;
  }
  .quotes p {
    white-space: pre-line;
  }
  .open {
    max-width: 100%;
    border: 0;
    text-align: start;
    font-weight: 600;
    color: var(--accent-text);
  }
  .open:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  a {
    position: relative;
    z-index: 1;
    color: var(--accent-text);
    text-underline-offset: 0.2em;
  }
  small {
    display: block;
    font-variant-numeric: tabular-nums;
  }
  .cards {
    display: grid;
    gap: 1.25em;
    grid-template-columns: repeat(auto-fill, minmax(min(14em, 100%), 1fr));
  }
  .wide {
    grid-template-columns: repeat(auto-fill, minmax(min(24em, 100%), 1fr));
  }
  .cards > li {
    border: 0;
  }
  small > span + span::before {
    content: '· ';
  }
  .cards small > span {
    display: block;
  }
  .cards small > span::before {
    content: none !important;
  }
  img {
    display: block;
    width: 100%;
    aspect-ratio: 4 / 3;
    object-fit: cover;
    border-radius: var(--radius);
    margin-bottom: 0.6em;
    background: var(--ghost);
  }
  .plain,
  .notice {
    margin-top: 1em;
  }
  .plain {
    padding-block: 0.6em;
  }
  dl {
    display: grid;
    gap: 0.5em;
    margin-top: 1em;
    overflow-wrap: anywhere;
  }
  dl > div {
    display: grid;
    grid-template-columns: minmax(6em, 30%) 1fr;
    gap: 1em;
  }
  dt {
    color: var(--muted);
  }
  .dots {
    list-style: disc;
    padding-inline-start: 1.2em;
  }
  p + p,
  p + .dots,
  .dots + p {
    margin-top: 0.7em;
  }
  .row {
    height: 3.2em;
  }
  label {
    display: block;
    margin-bottom: 0.3em;
    font-weight: 500;
  }
  input {
    width: 100%;
    min-height: 2.75em;
    padding: var(--field-padding);
    border: var(--field-border);
    background: var(--paper);
  }
  .found {
    margin: 0.5em 0;
    min-height: 1.5em;
  }
`;
