/** What the page of elements gives this widget in the place of a site: a desk in the page's memory. */
import type { InlayElement } from '../../kit/base-element.ts';
import { fakeClient } from './testing.ts';

export const examples: Readonly<Record<string, (element: Element) => void>> = {
  'inlay-chat': element => {
    (element as InlayElement).client = fakeClient();
  },
};
