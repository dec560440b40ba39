/** Pages of others with the widgets of a manifest on them, ready for the judge. */
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { openContext, startBrowser } from '../../support/browser.ts';
import { type FairSite, type FairWorld, fairOrigin, startFairWorld } from '../../support/fair-world.ts';
import { bringJudge, judgedCss } from './axe.ts';

export const tags = ['fair', 'fair-cards', 'fair-find', 'fair-days', 'fair-one', 'fair-ask', 'fair-book'] as const;
export type Tag = (typeof tags)[number];
export const forms = ['fair-ask', 'fair-book'] as const;

export interface FairPages {
  readonly world: FairWorld;
  open(
    body: string,
    site: FairSite,
    prepare?: (context: BrowserContext) => Promise<unknown>,
    root?: string,
  ): Promise<Page>;
  stop(): Promise<void>;
}

export async function startFairPages(): Promise<FairPages> {
  const world = await startFairWorld();
  const browser: Browser = await startBrowser().catch(async error => {
    await world.stop();
    throw error;
  });
  return {
    world,
    async open(body, site, prepare, root = 'lang="en"') {
      // A frame out of sight is not painted, so a colour in transition would stay as it was.
      const { context } = await openContext(browser, { reducedMotion: 'reduce' });
      context.setDefaultTimeout(20_000);
      await bringJudge(context);
      const script = `<script async src="${world.host.url}/embed/${site.siteKey}.js"></script>`;
      await context.route(`${fairOrigin}/`, route =>
        route.fulfill({
          contentType: 'text/html',
          body: `<!doctype html><html ${root}><head><title>Fair</title><meta name="viewport" content="width=device-width"><style>${judgedCss}</style></head><body><main><h1>Fair</h1>${script}${body}</main></body></html>`,
        }),
      );
      await prepare?.(context);
      const page = await context.newPage();
      await page.goto(`${fairOrigin}/`);
      return page;
    },
    async stop() {
      await browser.close();
      await world.stop();
    },
  };
}

export const close = (page: Page): Promise<void> => page.context().close();

export const tagOf = (name: Tag, { stall }: FairSite, attributes = ''): string =>
  `<inlay-${name}${name === 'fair-one' ? ` record="${stall}"` : ''}${attributes}></inlay-${name}>`;

export const all = (site: FairSite, attributes = ''): string =>
  tags.map(name => tagOf(name, site, attributes)).join('<hr>');

/** Until each shows its content, and the controls of the kit have come. */
export async function shown(page: Page | Frame, names: readonly Tag[] = tags): Promise<void> {
  for (const name of names) await page.locator(`inlay-${name} :is(h2, h3, .notice)`).first().waitFor();
  if (names.includes('fair-book'))
    await page.locator('inlay-fair-book inlaykit-signature canvas, inlay-fair-book inlaykit-signature .pad').waitFor();
}
