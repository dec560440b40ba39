/** What the page of elements gives these widgets in the place of a site: a shop in the page's memory. */
import type { InlayElement } from '../../kit/base-element.ts';
import { fakeClient } from './testing.ts';

const shop = (element: Element): void => {
  (element as InlayElement).client = fakeClient();
};

export const examples: Readonly<Record<string, (element: Element) => void>> = {
  'inlay-shop': shop,
  'inlay-shop-order': shop,
};
