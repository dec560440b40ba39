/** Where a popover stands: below what opened it, above where there is no room below, within the window. */

const gap = 4;

/** Keeps an open popover in its place until it closes: while the page scrolls, and while it grows or shrinks; pixels. */
export const placeBelow = (popover: HTMLElement, anchor: Element): void => {
  const closed = new AbortController();
  const { signal } = closed;
  const place = () => {
    if (!popover.matches(':popover-open')) {
      closed.abort();
      watch.disconnect();
      return;
    }
    const at = anchor.getBoundingClientRect();
    const { width, height } = popover.getBoundingClientRect();
    const rtl = getComputedStyle(anchor).direction === 'rtl';
    const left = rtl ? at.right - width : at.left;
    const above = at.bottom + gap + height > innerHeight && at.top - gap - height >= 0;
    Object.assign(popover.style, {
      position: 'fixed',
      inset: 'auto',
      margin: '0',
      left: `${Math.max(gap, Math.min(left, innerWidth - width - gap))}px`,
      top: `${above ? at.top - gap - height : Math.max(gap, Math.min(at.bottom + gap, innerHeight - height - gap))}px`,
    });
  };
  // It has no size once it is closed or gone.
  const watch = new ResizeObserver(place);
  watch.observe(popover);
  addEventListener('scroll', place, { signal, capture: true, passive: true });
  addEventListener('resize', place, { signal });
  place();
};
