/** First layer: raw values. On a customer's page the chameleon sets them from the host; elsewhere these stand. */
import { css } from 'lit';

export const primitive = css`
  :is(:root, .frame) {
    --ink: rgb(24 27 31);
    --paper: rgb(255 255 255);
    --accent: oklch(0.52 0.11 200);
    --on-accent: rgb(255 255 255);
    --accent-text: oklch(0.48 0.11 200);
    --muted: rgb(98 104 112);
    --edge: rgb(132 138 146);
    --danger: rgb(176 28 28);
    --radius: 6px;
    --font: system-ui, sans-serif;
    --size: 16px;
    --leading: 1.5;
    --title-font: var(--font);
    --title-weight: 600;
  }
`;
