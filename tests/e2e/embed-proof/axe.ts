/** Judges what a widget shows by axe-core: WCAG 2.0 to 2.2, A and AA, serious and critical findings. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { rest } from '../rest.ts';
import type { ForeignPage, ForeignWorld } from './foreign-world.ts';
import { keepViews, noteViews } from './views.ts';

const script = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Has every page and frame of a context, or of one page, ready for the judge. */
export async function bringJudge(place: BrowserContext | Page): Promise<void> {
  await place.addInitScript({ content: script });
  await place.addInitScript(noteViews);
}

/** Looks of a page of light and dark that axe can judge. */
export const judgedCss = `:root { color-scheme: light dark } body { font: 1rem/1.5 Georgia, serif; color: #222; background: #fff }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #15171a } }`;

/** What depends on colours; all else that axe judges is the same in light and dark. */
const colours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } as const;
const all = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } as const;

/** What a state is looked at in: a phone, or 1280 px at 400 % (WCAG 1.4.10), and a desk; colours in the dark and in the system's own too. */
const looks = [
  { width: 320, colorScheme: 'light', forcedColors: 'none', only: all },
  { width: 320, colorScheme: 'light', forcedColors: 'active', only: colours },
  { width: 1280, colorScheme: 'light', forcedColors: 'none', only: all },
  { width: 1280, colorScheme: 'dark', forcedColors: 'none', only: colours },
] as const;

/** Widgets look at the page in turns of 200 ms (decision 0231): one that follows soon on another waits for its own. */
const TURN_MS = 250;
/** What a page shows its colours in, and since when. */
const turned = new WeakMap<Page, { readonly to: string; readonly at: number }>();

/** Resolves when every widget has had its turn to follow. */
async function turn(page: Page, colorScheme: 'light' | 'dark', forcedColors: 'none' | 'active'): Promise<void> {
  await page.emulateMedia({ colorScheme, forcedColors });
  const { to, at } = turned.get(page) ?? { to: 'light', at: Number.NEGATIVE_INFINITY };
  const now = performance.now();
  if (to !== colorScheme) turned.set(page, { to: colorScheme, at: now });
  const left = TURN_MS - (to === colorScheme ? now - at : 0);
  if (left > 0) await page.waitForTimeout(left);
}

/** Pixels by which a page, or a dialog in it, is wider than its window. */
const sideways = (frame: Frame): Promise<number> =>
  frame.evaluate(() => {
    const dialogs = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap(element => [
        ...(element.matches('dialog[open]') ? [element] : []),
        ...(element.shadowRoot ? dialogs(element.shadowRoot) : []),
      ]);
    return Math.max(
      ...[document.documentElement, ...dialogs(document)].map(
        ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
      ),
    );
  });

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

/** Dialogs whose button that closes them is not all within what people see. */
const shutIn = (frame: Frame): Promise<number> =>
  frame.evaluate(() => {
    const buttons = (root: ParentNode): Element[] => [
      ...root.querySelectorAll('dialog[open] .dismiss'),
      ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? buttons(shadowRoot) : [])),
    ];
    return buttons(document).filter(button => {
      const [inner, outer] = [button, button.closest('dialog')!].map(element => element.getBoundingClientRect());
      const beside = inner!.left < Math.max(0, outer!.left) || inner!.right > Math.min(innerWidth, outer!.right);
      return beside || inner!.top < Math.max(0, outer!.top) || inner!.bottom > Math.min(innerHeight, outer!.bottom);
    }).length;
  });

/** Pictures for people, where somebody asks for them. */
async function picture(page: Page, look: string): Promise<void> {
  const folder = process.env['INLAY_PICTURES'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${look.replaceAll(/[^\w]+/g, '-')}.png`), fullPage: true });
}

export const openJudged = (
  world: ForeignWorld,
  body: string,
  prepare?: (context: BrowserContext) => Promise<unknown>,
  root = 'lang="en"',
  key?: string,
): Promise<ForeignPage> =>
  world.open(`<h1>Ours</h1>${world.script(key)}${body}`, {
    css: judgedCss,
    root,
    async prepare(context) {
      await bringJudge(context);
      await prepare?.(context);
    },
  });

/** Fails on anything serious and on what has to be scrolled sideways: narrow and wide, in light, dark and forced colours. */
export async function check(page: Page, state: string, selector = 'main'): Promise<void> {
  const found: string[] = [];
  for (const { width, colorScheme, forcedColors, only } of looks) {
    await page.setViewportSize({ width, height: 900 });
    await turn(page, colorScheme, forcedColors);
    // What is in a frame follows the page around it.
    await rest(page);
    const frames = page.frames().filter(frame => !frame.url().startsWith('about:'));
    const look = `${state}, ${colorScheme}, ${forcedColors === 'active' ? 'forced colours, ' : ''}${width}`;
    for (const frame of frames) {
      const within = frame === page.mainFrame() ? selector : 'html';
      for (const text of await judge(frame, within, only)) found.push(`${look}: ${text}`);
      if (only === all) await keepViews(frame);
      const over = await sideways(frame);
      if (over > 0) found.push(`${look}: ${over} px too wide`);
      if ((await shutIn(frame)) > 0) found.push(`${look}: what closes the dialog is out of sight`);
    }
    await picture(page, look);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  turned.set(page, { to: 'light', at: performance.now() });
  assert.deepEqual(found, []);
}
