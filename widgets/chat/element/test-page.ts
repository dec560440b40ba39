/** What the tests of the chat share: a page with the element, what a visitor does in it, and its clock. */
import { until } from '../../../embed-sdk/testing/assert.ts';
import { pageNow, setPageClock } from '../../kit/page-clock.ts';
import type { InlayChat } from './chat-element.ts';
import './inlay-chat.ts';
import { type FakeClient, type FakeOptions, fakeClient } from './testing.ts';

export const text = (el: Element | null | undefined) => el?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
export const offline = { code: 'OFFLINE', message: '' };

export interface Page {
  readonly el: InlayChat;
  readonly client: FakeClient;
  $<E extends HTMLElement>(selector: string, part?: string): Promise<E>;
}

export const open = async (attributes: Record<string, string> = {}, options: FakeOptions = {}, given?: FakeClient) => {
  const el = document.createElement('inlay-chat') as InlayChat;
  const client = given ?? fakeClient(options);
  for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, value);
  el.client = client;
  document.body.append(el);
  await until(() => el.opening && el.frame.firstElementChild, 'the element');
  const page: Page = {
    el,
    client,
    $: <E extends HTMLElement>(selector: string, part = '') =>
      until(
        () => [...el.frame.querySelectorAll<E>(selector)].find(node => text(node).includes(part)),
        `${selector} ${part}`,
      ),
  };
  return page;
};

export const type = async ({ $ }: Page, words: string) => {
  const area = await $<HTMLTextAreaElement>('.composer textarea');
  area.focus();
  area.value = words;
  area.dispatchEvent(new Event('input', { bubbles: true }));
  return area;
};
export const press = (area: HTMLElement, key: string, more: KeyboardEventInit = {}) =>
  area.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }));
export const write = async (page: Page, words: string) => press(await type(page, words), 'Enter');
export const bubbles = ({ el }: Page) => [...el.frame.querySelectorAll('li .bubble')].map(text);
export const times = ({ calls }: FakeClient, name: string) => calls.filter(({ action }) => action === name).length;
export const inputs = ({ calls }: FakeClient, name: string) =>
  calls.filter(({ action }) => action === name).map(({ input }) => input);
export const settled = async ({ el }: Page) => {
  await new Promise(resume => setTimeout(resume, 30));
  await el.updateComplete;
};

/** A conversation that this browser has had before. */
export const remembered = (seen = 0) => localStorage.setItem('inlay-chat', JSON.stringify({ token: 'known', seen }));

let restore = () => {};
/** The page's clock goes on by so many seconds at once, and the talk hears its second strike. */
export const pass = async (page: Page, seconds: number) => {
  restore();
  later += seconds;
  const offset = pageNow() - performance.now() + later * 1000;
  restore = setPageClock(() => performance.now() + offset);
  page.el.talk!.tick();
  await settled(page);
};
let later = 0;

export const hide = (hidden: boolean) => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
};

/** After a test: nothing of it is left. */
export const clear = () => {
  for (const el of document.querySelectorAll('inlay-chat')) el.remove();
  Reflect.deleteProperty(document, 'hidden');
  document.documentElement.dir = '';
  localStorage.clear();
  restore();
  restore = () => {};
  later = 0;
};
