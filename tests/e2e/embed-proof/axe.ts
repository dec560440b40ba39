/** Judges what a widget shows by axe-core: WCAG 2.0 to 2.2, A and AA, serious and critical findings. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { rest } from '../rest.ts';
import type { ForeignPage, ForeignWorld } from './foreign-world.ts';

/** Text of the script, for `addInitScript`. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Looks of a page of light and dark that axe can judge. */
export const judgedCss = `:root { color-scheme: light dark } body { font: 16px/1.5 Georgia, serif; color: #222; background: #fff }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #15171a } }`;
const widths = [390, 1280];
const schemes = ['light', 'dark'] as const;

/** What depends on colours; all else that axe judges is the same in light and dark. */
const colours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } as const;
const all = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } as const;

/** Serious and critical findings in the widget, or in the whole page of its frame, once nothing moves. */
export async function judge(
  frame: Frame,
  within: string,
  runOnly: typeof all | typeof colours = all,
): Promise<string[]> {
  await rest(frame);
  return frame.evaluate(
    async ([selector, only]) => {
      const { run } = (window as unknown as { axe: typeof import('axe-core') }).axe;
      const { violations, passes } = await run(selector, {
        runOnly: { ...only, values: [...only.values] },
        resultTypes: ['violations'],
        iframes: false,
      });
      // A page that is a frame and no more has no colour of its own.
      if (passes.length === 0 && only.type === 'tag') return ['nothing was judged'];
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
    },
    [within, runOnly] as const,
  );
}

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
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      // What is in a frame follows the page around it.
      await rest(page);
      const frames = page.frames().filter(frame => !frame.url().startsWith('about:'));
      for (const frame of frames) {
        const within = frame === page.mainFrame() ? selector : 'html';
        for (const text of await judge(frame, within, colorScheme === 'dark' ? colours : all))
          found.push(`${state}, ${colorScheme}, ${width}: ${text}`);
      }
    }
  }
  assert.deepEqual(found, []);
}
