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
