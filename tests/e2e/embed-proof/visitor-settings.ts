/** What visitors set in their browsers: text twice as large in a narrow window, and nothing that moves; and what widgets make of it. */
import type { Frame, Page } from 'playwright-core';

/** Attributes of a page's root, as a browser's own setting of large text has it. */
export const doubled = 'lang="en" style="font-size: 200%"';

/** Makes the window a phone's, and waits until every widget has the largest text that it takes from a page. */
export async function narrow(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 900 });
  await page.waitForFunction(() =>
    [...document.querySelectorAll('main *')]
      .filter(({ localName }) => localName.startsWith('inlay-'))
      .every(
        ({ shadowRoot }) => shadowRoot && getComputedStyle(shadowRoot.querySelector('.frame')!).fontSize === '20px',
      ),
  );
}

/** What of the widgets in a page is cut off, lies beyond the window, or has to be scrolled sideways. */
export const spilt = (place: Page | Frame): Promise<string[]> =>
  place.evaluate(() => {
    const inside = (root: ParentNode): HTMLElement[] =>
      [...root.querySelectorAll<HTMLElement>('*')].flatMap(element => [
        element,
        ...(element.shadowRoot ? inside(element.shadowRoot) : []),
      ]);
    /** Words for readers alone, and what people do not see, have no room by design. */
    const unseen = (element: Element): boolean =>
      !element.checkVisibility({ visibilityProperty: true }) || element.closest('.sr, [aria-hidden=true]') !== null;
    const name = (element: HTMLElement) =>
      `${element.localName}.${element.className} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
    const wrong = (element: HTMLElement): string[] => {
      const { left, right, width } = element.getBoundingClientRect();
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      const { overflowX, overflowY, display } = getComputedStyle(element);
      const isBox = display !== 'inline' && !element.matches('select, input, textarea, option, svg, svg *');
      const clips = (overflow: string) => /hidden|clip/.test(overflow);
      return [
        ...(width > 0 && (left < -1 || right > innerWidth + 1) ? ['beyond the window'] : []),
        ...(isBox && scrollWidth > clientWidth + 1 && (overflowX !== 'visible' || element.matches('button'))
          ? [`wider than its box by ${scrollWidth - clientWidth}`]
          : []),
        ...(isBox && clips(overflowY) && scrollHeight > clientHeight + 1 ? ['cut off below'] : []),
      ];
    };
    return [...document.querySelectorAll<HTMLElement>(':defined')]
      .filter(({ localName }) => localName.startsWith('inlay-'))
      .flatMap(widget => inside(widget.shadowRoot ?? widget))
      .filter(element => !unseen(element))
      .flatMap(element => wrong(element).map(what => `${name(element)}: ${what}`));
  });

/** What moves in the page, in every root: the elements of its animations. */
export const moving = (place: Page | Frame): Promise<string[]> =>
  place.evaluate(() => {
    const roots = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
      root,
      ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? roots(shadowRoot) : [])),
    ];
    return roots(document)
      .flatMap(root => root.getAnimations())
      .filter(({ timeline, effect }) => timeline === document.timeline && effect?.getComputedTiming().endTime !== 0)
      .map(({ effect }) => {
        const { localName, className } = (effect as KeyframeEffect).target!;
        return `${localName}.${className}`;
      });
  });
