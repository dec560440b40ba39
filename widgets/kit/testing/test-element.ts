/** What every widget has to pass: accessible, defined twice, mounted a hundred times, failed, right to left. */
import 'axe-core/axe.min.js';
import type axeCore from 'axe-core';
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { atRest } from '../../../embed-sdk/testing/at-rest.ts';
import type { Client } from '../../../embed-sdk/types.ts';
import type { InlayElement } from '../base-element.ts';
import { define } from '../define.ts';
import { pageListeners } from './page-listeners.ts';

export interface ElementSuite {
  readonly tag: string;
  readonly element: CustomElementConstructor;
  /** A fresh client that answers as the server would. */
  client(): Client;
  /** Attributes of the tag. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The package is a script that leaves a global. */
const { axe } = window as unknown as { axe: typeof axeCore };

/** Serious and critical findings of axe in what an element shows once it is at rest, as sentences. */
export const findings = async (element: Element): Promise<string[]> => {
  await atRest(element);
  const { violations } = await axe.run(element, { resultTypes: ['violations'] });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' | ')}`);
};

const broken: Client = {
  open: async () => ({ ok: false, error: { code: 'UNREACHABLE', message: 'down' } }),
  call: async () => ({ ok: false, error: { code: 'UNREACHABLE', message: 'down' } }),
};

export const testElement = ({ tag, element, client, attributes = {} }: ElementSuite): void => {
  const mount = (given: Client | null = client(), parent: Element = document.body) => {
    const el = document.createElement(tag) as InlayElement;
    for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, value);
    if (given) el.client = given;
    parent.append(el);
    return el;
  };
  const shown = (el: InlayElement) => until(() => el.frame?.querySelector('h2'), `<${tag}> to show`);

  describe(`<${tag}> keeps the contract`, () => {
    before(() => define(tag, element));
    afterEach(() => {
      for (const el of document.querySelectorAll(tag)) el.remove();
      document.documentElement.dir = '';
    });

    it('says when it is ready, once', async () => {
      let times = 0;
      const count = () => times++;
      document.addEventListener('inlay:ready', count);
      const el = mount();
      await shown(el);
      el.remove();
      document.body.append(el);
      await el.updateComplete;
      document.removeEventListener('inlay:ready', count);
      same(times, 1);
    });

    it('has no serious finding of axe', async () => {
      document.documentElement.lang = 'en';
      const el = mount();
      await shown(el);
      same(await findings(el), []);
    });

    it('may be defined twice, and by another class', () => {
      define(tag, element);
      define(tag, class extends HTMLElement {});
      ok(customElements.get(tag), 'defined');
    });

    it('leaves nothing behind after a hundred mounts', async () => {
      const before = document.querySelectorAll('*').length;
      const style = document.body.getAttribute('style');
      const listeners = await pageListeners(async () => {
        for (let i = 0; i < 100; i++) {
          const el = mount();
          if (i % 10 === 0) await el.updateComplete;
          el.remove();
        }
      });
      same(listeners, 0, 'listeners on the page');
      same(document.querySelectorAll('*').length, before, 'nodes');
      same(document.body.getAttribute('style'), style, 'style of the body');
    });

    it('shows the light DOM and says why when it cannot open', async () => {
      const error = new Promise<CustomEvent>(resolve =>
        document.addEventListener('inlay:error', event => resolve(event as CustomEvent), { once: true }),
      );
      const el = mount(broken);
      same((await error).detail.code, 'UNREACHABLE');
      await until(() => el.frame.querySelector('slot'));
    });

    it('is not wider than its place, at 280 px and right to left', async () => {
      document.documentElement.dir = 'rtl';
      const place = document.createElement('div');
      place.style.width = '280px';
      document.body.append(place);
      const el = mount(client(), place);
      await shown(el);
      ok(place.scrollWidth <= 280, `it is ${place.scrollWidth} px wide`);
      place.remove();
    });

    it('looks the same to a pixel under hostile styles', async () => {
      const el = mount();
      await shown(el);
      await atRest(el);
      const measure = () =>
        [...el.frame.querySelectorAll('h2,button,li,td')].map(node => {
          const { width, height } = node.getBoundingClientRect();
          return [width, height];
        });
      const clean = measure();
      const hostile = document.createElement('style');
      hostile.textContent = `* { letter-spacing: 9px !important; text-transform: uppercase !important; padding: 11px !important;
        border: 5px solid red !important; box-sizing: content-box !important; text-indent: 3em !important; word-spacing: 1em !important;
        white-space: pre !important; font-style: italic !important; text-align: right !important; float: none !important; }
        body, html { padding: 0 !important; border: 0 !important } button { display: none !important; min-height: 99px !important; }`;
      document.head.append(hostile);
      const now = measure();
      hostile.remove();
      const off = clean.flatMap((size, i) => size.map((value, axis) => Math.abs(value - now[i]![axis]!)));
      ok(Math.max(...off) <= 1, `off by ${Math.max(...off)} px`);
    });
  });
};
