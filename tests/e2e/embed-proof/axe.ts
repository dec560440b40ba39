/** Judges what a widget shows by axe-core: WCAG 2.0 to 2.2, A and AA, serious and critical findings. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { ForeignPage, ForeignWorld } from './foreign-world.ts';

/** Text of the script, for `addInitScript`. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Looks of a page of light and dark that axe can judge. */
export const judgedCss = `:root { color-scheme: light dark } body { font: 16px/1.5 Georgia, serif; color: #222; background: #fff }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #15171a } }`;
const widths = [390, 1280];
const schemes = ['light', 'dark'] as const;

/** Serious and critical findings in the widget, or in the whole page of its frame. */
export const judge = (frame: Frame, within: string): Promise<string[]> =>
  frame.evaluate(async selector => {
    const { run } = (window as unknown as { axe: typeof import('axe-core') }).axe;
    const { violations, passes } = await run(selector, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
      iframes: false,
    });
    if (passes.length === 0) return ['nothing was judged'];
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  }, within);

export const openJudged = (
  world: ForeignWorld,
  body: string,
  prepare?: (context: BrowserContext) => Promise<unknown>,
  root = 'lang="en"',
): Promise<ForeignPage> =>
  world.open(`${world.script()}${body}`, {
    css: judgedCss,
    root,
    async prepare(context) {
      await context.addInitScript({ content: axe });
      await prepare?.(context);
    },
  });

/** Fails on anything serious, in light and dark, narrow and wide. */
export async function check(page: Page, state: string, selector = 'main'): Promise<void> {
  const found: string[] = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      // Colours are sampled again after 400 ms; a step fades in for 180.
      await page.waitForTimeout(500);
      const frames = page.frames().filter(frame => !frame.url().startsWith('about:'));
      for (const frame of frames)
        for (const text of await judge(frame, frame === page.mainFrame() ? selector : 'html'))
          found.push(`${state}, ${colorScheme}, ${width}: ${text}`);
    }
  }
  assert.deepEqual(found, []);
}
