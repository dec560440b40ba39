/** Runs in a page before anything of it: notes what moves without anybody's doing, and what the page's policy refuses. */
import type { Frame, Page } from 'playwright-core';

export interface Noted {
  /** Layout shifts that no input asked for (Layout Instability API), each with its score and what moved from where to where. */
  readonly moved: string[];
  readonly violations: string[];
}

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }[];
}

/** To be given to `addInitScript`; what it notes is `window.noted`. */
export const watchPage = (): void => {
  // A context may be given it once for each of its pages.
  if ('noted' in window) return;
  const noted: Noted = { moved: [], violations: [] };
  Object.defineProperty(window, 'noted', { value: noted });
  const at = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].map(Math.round).join(' ');
  const named = (node: Node | null) => {
    const { localName, className } = (node instanceof Element ? node : node?.parentElement) ?? {};
    return localName ? `${localName}.${className}` : 'something';
  };
  new PerformanceObserver(list => {
    for (const { value, hadRecentInput, sources } of list.getEntries() as LayoutShift[]) {
      const moves = sources.map(
        ({ node, previousRect, currentRect }) => `${named(node)} from ${at(previousRect)} to ${at(currentRect)}`,
      );
      if (!hadRecentInput) noted.moved.push([value.toFixed(5), ...moves].join(', '));
    }
  }).observe({ type: 'layout-shift', buffered: true });
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    noted.violations.push(`${violatedDirective} ${blockedURI} ${sample}`),
  );
};

export const notedIn = (place: Page | Frame): Promise<Noted> =>
  place.evaluate(() => (window as unknown as { noted: Noted }).noted);
