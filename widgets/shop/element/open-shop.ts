/** Opens a shop in a test, over the server in memory. */
import { until } from '../../../embed-sdk/testing/assert.ts';
import './inlay-shop.ts';
import type { InlayShop } from './shop-element.ts';
import { type FakeOptions, fakeClient } from './testing.ts';

export const text = (el: Element | null | undefined): string => el?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

/** `$` waits for the first of a selector with a part of text in it; `width` puts the tag into a place so wide. */
export const openShop = async (attributes: Record<string, string> = {}, options: FakeOptions = {}, width = 0) => {
  const el = document.createElement('inlay-shop') as InlayShop;
  const client = fakeClient(options);
  for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, value);
  el.client = client;
  const place = width ? document.body.appendChild(document.createElement('div')) : document.body;
  if (width) place.style.width = `${width}px`;
  place.append(el);
  await until(() => el.frame?.querySelector('h2,.notice'));
  const $ = <E extends HTMLElement>(selector: string, part = ''): Promise<E> =>
    until(
      () => [...el.frame.querySelectorAll<E>(selector)].find(node => text(node).includes(part)),
      `${selector} ${part}`,
    );
  const focused = () => el.shadowRoot!.activeElement as HTMLElement;
  return { el, client, $, focused };
};
