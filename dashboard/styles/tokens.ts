/** The kit's tokens with the desk's values: neutral greys, one accent, and a dark set chosen pair by pair. */
import { css } from 'lit';
import { component, primitive, semantic } from '../../widgets/kit/tokens/index.ts';

const desk = css`
  :root {
    --ink: light-dark(oklch(0.25 0.014 230), oklch(0.93 0.005 220));
    --paper: light-dark(oklch(1 0 0), oklch(0.2 0.009 230));
    --canvas: light-dark(oklch(0.975 0.003 220), oklch(0.165 0.008 230));
    --raised: light-dark(oklch(1 0 0), oklch(0.245 0.011 230));
    --muted: light-dark(oklch(0.48 0.014 230), oklch(0.72 0.012 225));
    --edge: light-dark(oklch(0.66 0.01 225), oklch(0.52 0.012 230));
    --hairline: light-dark(oklch(0.915 0.005 220), oklch(0.3 0.01 230));
    --ghost: light-dark(oklch(0.25 0.014 230 / 0.055), oklch(0.93 0.005 220 / 0.075));
    --accent: light-dark(oklch(0.52 0.11 200), oklch(0.79 0.1 200));
    --accent-hover: light-dark(oklch(0.46 0.1 200), oklch(0.84 0.09 200));
    --on-accent: light-dark(oklch(1 0 0), oklch(0.2 0.03 210));
    --accent-text: light-dark(oklch(0.44 0.1 205), oklch(0.83 0.09 200));
    --wash: light-dark(oklch(0.955 0.02 200), oklch(0.3 0.04 205));
    --danger: light-dark(oklch(0.52 0.19 27), oklch(0.76 0.13 25));
    --danger-soft: light-dark(oklch(0.965 0.018 25), oklch(0.28 0.05 25));
    --warn: light-dark(oklch(0.5 0.11 70), oklch(0.82 0.11 80));
    --warn-soft: light-dark(oklch(0.965 0.03 85), oklch(0.29 0.04 75));
    --ok: light-dark(oklch(0.48 0.11 155), oklch(0.8 0.12 155));
    --ok-soft: light-dark(oklch(0.96 0.025 155), oklch(0.28 0.04 155));
    --shadow: 0 8px 32px light-dark(oklch(0.2 0.02 230 / 0.16), oklch(0 0 0 / 0.5));
    --scrim: light-dark(oklch(0.25 0.02 230 / 0.28), oklch(0 0 0 / 0.55));
    --font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', sans-serif;
    --mono: ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace;
    --size: 0.875rem;
  }
`;

/** Puts the tokens on the document, from where they reach every shadow root. */
export const adoptTokens = (): void => {
  const sheets = [primitive, semantic, component, desk].map(style => style.styleSheet!);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...sheets];
};
