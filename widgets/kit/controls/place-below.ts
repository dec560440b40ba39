/** Where a popover stands: below what opened it, above where there is no room below, within the window. */

/** Sets the place of an open popover; pixels. */
export const placeBelow = (popover: HTMLElement, anchor: Element): void => {
  const gap = 4;
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
