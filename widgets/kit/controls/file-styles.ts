/** Looks of the place where files are dropped, and of the files that are there. */
import { css } from 'lit';

export const fileStyles = css`
  .drop {
    position: relative;
    display: block;
    padding: 1em;
    min-height: 44px;
    border: 1px dashed var(--edge);
    border-radius: var(--radius);
    text-align: center;
    cursor: pointer;
  }
  .drop input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    opacity: 0;
    cursor: inherit;
  }
  .drop b {
    font-weight: 600;
    color: var(--accent-text);
  }
  .drop:hover,
  .over {
    background: var(--wash);
  }
  .drop:has(:focus-visible) {
    outline: 2px solid var(--accent-text);
    outline-offset: 2px;
  }
  .drop:has([aria-invalid='true']) {
    border-color: var(--danger);
  }
  .drop:has(:disabled) {
    opacity: 0.55;
    cursor: default;
  }
  ul {
    list-style: none;
    padding: 0;
  }
  li {
    display: flex;
    align-items: center;
    gap: 0.6em;
    padding: 0.3em 0;
  }
  li + li {
    border-top: 1px solid var(--hairline);
  }
  canvas {
    flex: none;
    width: 44px;
    height: 44px;
    background: var(--ghost);
    border-radius: calc(var(--radius) / 2);
  }
  .name {
    flex: 1;
    min-width: 0;
    display: grid;
    overflow-wrap: anywhere;
  }
  progress {
    width: 100%;
    height: 0.4em;
    accent-color: var(--accent);
  }
`;
