/** Five websites that look unlike the demo, and what a widget should take from each. */
import type { Page } from 'playwright-core';

export interface Theme {
  readonly css: string;
  /** What the widget's main button should have of the page's. */
  readonly font: RegExp;
  readonly radius: string;
  readonly fill: string;
}

const button = (css: string) => `button.cta { padding: 12px 20px; border: 0; ${css} }`;
export const themes: Readonly<Record<string, Theme>> = {
  'serif editorial': {
    css: `body { font: 19px/1.65 Palatino, Georgia, serif; color: #2b2622; background: #faf6ef } h1 { font-weight: 400 } ${button('background: #7a1f1f; color: #fff; border-radius: 0; font: inherit')}`,
    font: /Palatino/,
    radius: '0px',
    fill: 'rgb(122, 31, 31)',
  },
  'dark SaaS': {
    css: `body { font: 15px/1.5 Inter, system-ui, sans-serif; color: #e6e8ee; background: #0b0d12 } ${button('background: #7c5cff; color: #fff; border-radius: 10px')}`,
    font: /Inter/,
    radius: '10px',
    fill: 'rgb(124, 92, 255)',
  },
  brutalist: {
    css: `body { font: 18px/1.3 "Courier New", monospace; color: #000; background: #ff0 } h1 { font-weight: 900; text-transform: uppercase } ${button('background: #00f; color: #fff; border-radius: 0; font: inherit')}`,
    font: /Courier/,
    radius: '0px',
    fill: 'rgb(0, 0, 255)',
  },
  'corporate blue': {
    css: `body { font: 16px/1.5 Arial, sans-serif; color: #1b2a41; background: #f4f7fb } ${button('background: #0a4ea2; color: #fff; border-radius: 4px')}`,
    font: /Arial/,
    radius: '4px',
    fill: 'rgb(10, 78, 162)',
  },
  pastel: {
    css: `body { font: 17px/1.6 Verdana, sans-serif; color: #5d4a66; background: #fdf1f7 } ${button('background: #c9529b; color: #fff; border-radius: 18px')}`,
    font: /Verdana/,
    radius: '18px',
    fill: 'rgb(201, 82, 155)',
  },
};

/** The main button of the details, as it is painted. */
export const painted = (page: Page): Promise<{ font: string; radius: string; fill: string }> =>
  page.evaluate(() => {
    const { fontFamily, borderTopLeftRadius, backgroundColor } = getComputedStyle(
      document.querySelector('inlay-booking')!.shadowRoot!.querySelector('button.go')!,
    );
    return { font: fontFamily, radius: borderTopLeftRadius, fill: backgroundColor };
  });
