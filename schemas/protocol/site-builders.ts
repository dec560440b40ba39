/** What websites are made with, and how a widget shows on one. */

/** What a website is made with. */
export const siteBuilders = [
  'html',
  'wordpress',
  'wix',
  'squarespace',
  'webflow',
  'shopify',
  'react',
  'vue',
  'svelte',
  'gtm',
] as const;
export type SiteBuilder = (typeof siteBuilders)[number];

/** How a widget shows on a page. */
export const widgetModes = ['inline', 'popup', 'float', 'frame'] as const;
export type WidgetMode = (typeof widgetModes)[number];
