/** The kit's own elements in a browser: keyboard, focus, names, what they leave behind. */
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { findings } from '../testing/test-element.ts';
import { primitive, semantic } from '../tokens/index.ts';
import { confirm } from './confirm.ts';
import type { Dialog } from './dialog.ts';
import type { Menu } from './menu.ts';
import type { Pager } from './pager.ts';
import type { Popover } from './popover.ts';
import type { Tabs } from './tabs.ts';
import type { Toasts } from './toasts.ts';

const names = 'dialog popover tooltip menu toasts skeleton progress empty pager tabs disclosure'.split(' ');
const examples = new Map<string, string>();

describe('overlays', () => {
  let place: HTMLElement;
  before(async () => {
    document.adoptedStyleSheets = [primitive.styleSheet!, semantic.styleSheet!];
    document.documentElement.lang = 'en';
    await Promise.all(
      names.map(async name => {
        await import(`./inlaykit-${name}.ts`);
        examples.set(name, await (await fetch(new URL(`./inlaykit-${name}.example.html`, import.meta.url))).text());
      }),
    );
  });
  beforeEach(() => {
    place = document.createElement('main');
    document.body.append(place);
  });
  afterEach(() => {
    place.remove();
    document.documentElement.dir = '';
  });

  const show = async <E extends HTMLElement>(name: string): Promise<E> => {
    place.innerHTML = examples.get(name)!;
    const el = place.querySelector<E & { updateComplete: Promise<unknown> }>(`inlaykit-${name}`)!;
    await el.updateComplete;
    await new Promise(resume => setTimeout(resume, 0));
    return el;
  };
  const press = (target: Element | null, key: string) =>
    target!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  const inside = (el: HTMLElement, selector: string) => el.shadowRoot!.querySelector<HTMLElement>(selector)!;

  it('every example passes axe, left to right and right to left, and fits 280 px', async () => {
    for (const name of names)
      for (const dir of ['ltr', 'rtl']) {
        document.documentElement.dir = dir;
        place.style.width = '280px';
        await show(name);
        same(await findings(place), [], `${name} ${dir}`);
        ok(place.scrollWidth <= 280, `${name} is ${place.scrollWidth} px wide`);
      }
  });

  it('a dialog opens by a command of the page, is named, and gives the focus back', async () => {
    const el = await show<Dialog>('dialog');
    const trigger = place.querySelector('button')!;
    trigger.focus();
    trigger.click();
    await until(() => inside(el, 'dialog[open]'));
    ok(inside(el, 'dialog').matches(':modal'), 'modal');
    same(await findings(place), []);
    let closed = 0;
    el.addEventListener('close', () => closed++);
    inside(el, '.dismiss').click();
    await until(() => closed === 1 && !el.hasAttribute('open'));
    ok(document.activeElement === trigger, 'the focus is back');
    same(document.body.getAttribute('style'), null);
  });

  it('a dialog that is taken away while it is open is closed when it comes back', async () => {
    const el = await show<Dialog>('dialog');
    el.open = true;
    await until(() => inside(el, 'dialog[open]'));
    el.remove();
    place.append(el);
    await el.updateComplete;
    ok(!inside(el, 'dialog').hasAttribute('open') && !el.open, 'closed');
  });

  it('a dialog that the browser has closed stays closed, whatever is drawn before that is told', async () => {
    const el = await show<Dialog>('dialog');
    for (const _ of [1, 2]) {
      el.open = true;
      await until(() => inside(el, 'dialog[open]'));
      (inside(el, 'dialog') as HTMLDialogElement).close();
      el.requestUpdate();
      await el.updateComplete;
      ok(!inside(el, 'dialog').hasAttribute('open'), 'closed');
      await until(() => !el.open && !el.hasAttribute('open'));
    }
  });

  it('a question answers yes to one button alone, and leaves nothing behind', async () => {
    const question = { title: 'Delete?', text: 'It will be gone.', yes: 'Delete', no: 'Keep', danger: true };
    const answer = async (find: (root: ShadowRoot) => HTMLElement | null, dialog?: true) => {
      const asked = confirm(place, question);
      const el = await until(
        () =>
          place.querySelector<Dialog>('inlaykit-dialog')?.hasAttribute('open') &&
          place.querySelector<Dialog>('inlaykit-dialog'),
      );
      same(await findings(place), []);
      find(dialog ? (el as Dialog).shadowRoot! : (el as Dialog).querySelector('div')!.shadowRoot!)!.click();
      const result = await asked;
      same(place.childElementCount, 0);
      return result;
    };
    same(await answer(root => root.querySelector('.go')), true);
    same(await answer(root => root.querySelector('.plain')), false);
    same(await answer(root => root.querySelector('.dismiss'), true), false);
  });

  it('a popover stands beside its trigger without moving the page', async () => {
    const el = await show<Popover>('popover');
    const trigger = place.querySelector('button')!;
    const height = document.documentElement.scrollHeight;
    trigger.click();
    const popup = inside(el, '[popover]');
    ok(popup.matches(':popover-open') && el.open, 'open');
    same(trigger.getAttribute('aria-expanded'), 'true');
    same(document.documentElement.scrollHeight, height);
    const box = trigger.getBoundingClientRect();
    ok(Math.abs(popup.offsetTop - box.bottom - 6) <= 1, `${popup.offsetTop} under ${box.bottom}`);
    same(await findings(place), []);
    trigger.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    trigger.click();
    ok(!popup.matches(':popover-open') && !el.open, 'closed');
    same(trigger.getAttribute('aria-expanded'), 'false');
  });

  it('a menu is walked by keys and letters, chooses, and gives the focus back', async () => {
    const el = await show<Menu>('menu');
    const trigger = place.querySelector<HTMLElement>('[slot=trigger]')!;
    trigger.focus();
    press(trigger, 'ArrowDown');
    const text = () => document.activeElement?.textContent;
    same(text(), 'Move to another time');
    same(await findings(place), []);
    press(document.activeElement, 'ArrowDown');
    same(text(), 'Book again');
    press(document.activeElement, 'End');
    press(document.activeElement, 'ArrowDown');
    same(text(), 'Move to another time');
    press(document.activeElement, 'c');
    same(text(), 'Cancel the visit');
    const chosen: unknown[] = [];
    el.addEventListener('select', event => chosen.push((event as CustomEvent).detail.value));
    (document.activeElement as HTMLElement).click();
    same(chosen, ['cancel']);
    ok(!el.open, 'closed');
    ok(document.activeElement === trigger, 'the focus is back');
  });

  it('what is pressed in a menu and in a message is large enough for a finger', async () => {
    const low = (nodes: Iterable<HTMLElement>) => [...nodes].filter(({ offsetHeight }) => offsetHeight < 44);
    const menu = await show<Menu>('menu');
    place.querySelector('button')!.click();
    same([menu.open, low(menu.querySelectorAll('[role=menuitem]')).length], [true, 0]);
    const toasts = await show<Toasts>('toasts');
    toasts.show({ text: 'Moved.', action: { label: 'Undo', run() {} } });
    await until(() => inside(toasts, '.toast button'));
    const buttons = toasts.shadowRoot!.querySelectorAll<HTMLElement>('.toast button');
    same([buttons.length, low(buttons).length], [2, 0]);
  });

  it('a tooltip describes its control, shows with the focus and goes by Escape', async () => {
    const el = await show('tooltip');
    const control = place.querySelector('button')!;
    match(control.getAttribute('aria-description'));
    control.focus();
    await until(() => inside(el, ':popover-open'));
    press(control, 'Escape');
    ok(!el.shadowRoot!.querySelector(':popover-open'), 'hidden');
    ok(document.activeElement === control, 'the focus is back');
  });

  it('messages are spoken, wait under the pointer, run their action and go', async () => {
    const el = await show<Toasts>('toasts');
    place.querySelector('button')!.click();
    await until(() => inside(el, ':popover-open'));
    same(inside(el, '[role=status]').textContent, 'The visit was moved to Tuesday.');
    let undone = 0;
    el.show({ text: 'Deleted', seconds: 0.3, action: { label: 'Undo', run: () => undone++ } });
    await el.updateComplete;
    inside(el, '[popover]').dispatchEvent(new PointerEvent('pointerenter'));
    await new Promise(resume => setTimeout(resume, 900));
    same(el.shadowRoot!.querySelectorAll('.toast').length, 2);
    same(await findings(place), []);
    [...el.shadowRoot!.querySelectorAll('button')].find(button => button.textContent === 'Undo')!.click();
    same(undone, 1);
    el.show({ text: 'Short', seconds: 0.1 });
    await until(() => el.shadowRoot!.querySelectorAll('.toast').length === 1, 'the short one to go');
    inside(el, '.toast button').click();
    await until(() => !el.shadowRoot!.querySelector(':popover-open'));
  });

  it('tabs are walked by keys, mirrored right to left', async () => {
    document.documentElement.dir = 'rtl';
    const el = await show<Tabs>('tabs');
    const visible = () =>
      [...el.children].filter(panel => !panel.hasAttribute('hidden')).map(panel => panel.getAttribute('aria-label'));
    same(visible(), ['Coming']);
    inside(el, '[role=tab]').focus();
    press(inside(el, '[role=tab]'), 'ArrowLeft');
    await el.updateComplete;
    same(visible(), ['Past']);
    same(el.shadowRoot!.activeElement?.getAttribute('aria-selected'), 'true');
  });

  it('a pager asks for pages that there are', async () => {
    const el = await show<Pager>('pager');
    const asked: unknown[] = [];
    el.addEventListener('page', event => asked.push((event as CustomEvent).detail.page));
    const [back, next] = el.shadowRoot!.querySelectorAll('button');
    back!.click();
    next!.click();
    same(asked, [1, 3]);
    el.page = 7;
    await el.updateComplete;
    ok(next!.disabled, 'the last page has no next');
  });

  it('nothing listens on the page, and nothing runs, once they are gone', async () => {
    const added = new Set<string>();
    const { addEventListener: add } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      if (this === undefined || this === window || this === document) {
        const { signal } = (typeof options === 'object' && options) || {};
        const key = `${type} ${added.size}`;
        added.add(key);
        signal?.addEventListener('abort', () => added.delete(key));
      }
      return add.call(this, type, listener, options);
    };
    for (const name of names) {
      const el = await show<HTMLElement & { show?(options?: unknown): void; open?: boolean }>(name);
      if (name === 'dialog') el.open = true;
      else if (name === 'menu') place.querySelector('button')!.click();
      else el.show?.({ text: 'x' });
      await new Promise(resume => setTimeout(resume, 0));
      if (name === 'popover') ok(added.size > 0, 'the test sees listeners');
      el.remove();
      same([...added], [], name);
    }
    EventTarget.prototype.addEventListener = add;
  });
});

const match = (text: string | null) => ok(text?.includes('invoice'), `described by ${text}`);
