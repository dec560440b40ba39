/** The panel stands beside the day; on a phone it rises from the bottom. */
import { css } from 'lit';
import { screenStyles } from './screen-styles.ts';

export const panelStyles = [
  screenStyles,
  css`
    aside { display: grid; gap: 16px; align-content: start; padding: 20px; block-size: 100%; overflow-y: auto; }
    header { display: flex; gap: 8px; align-items: flex-start; }
    header > div { flex: 1; min-inline-size: 0; }
    .close { inline-size: 32px; padding: 0; border-color: transparent; background: none; margin: -4px; }
    dl { display: grid; gap: 12px; }
    dt { color: var(--muted); font-size: 0.8125rem; line-height: 1.25rem; }
    dd { overflow-wrap: anywhere; white-space: pre-line; }
    .ask { display: grid; gap: 12px; padding: 12px; border-radius: var(--radius); background: var(--danger-soft, var(--ghost)); }
  `,
];
