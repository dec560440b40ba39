import { html, LitElement } from 'lit';
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import type { Client, Result } from '../../../embed-sdk/types.ts';
import { TextControl } from '../controls/text-control.ts';
import { define } from '../define.ts';
import { pageListeners } from '../testing/page-listeners.ts';
import { byAction, DataController } from './data-controller.ts';
import { FocusController } from './focus-controller.ts';
import { FormController } from './form-controller.ts';
import { LocaleController } from './locale-controller.ts';
import { ThemeController } from './theme-controller.ts';
import { VisibilityController } from './visibility-controller.ts';

type Reply = Result<unknown>;
const right = (value: unknown): Reply => ({ ok: true, value });

/** Answers are given by hand, in any order. */
class Asked {
  readonly calls: {
    action: string;
    input: unknown;
    write: boolean;
    signal?: AbortSignal;
    answer(reply: Reply): void;
  }[] = [];
  readonly client: Client = {
    open: async () => ({ ok: true, value: { locale: 'en', strings: {}, data: null } }),
    call: (action, input, { write = false, signal } = {}) =>
      new Promise(resolve =>
        this.calls.push({ action, input, write, signal, answer: reply => resolve(reply as never) }),
      ),
  };
}

class All extends LitElement {
  asked = new Asked();
  declare locale?: string;
  data = new DataController<string, string>(
    this,
    byAction(() => this.asked.client, 'find'),
  );
  place = new LocaleController(this);
  theme = new ThemeController(this);
  view = new VisibilityController(this);
  focuses = new FocusController(this, () => [...this.renderRoot.querySelectorAll<HTMLElement>('button')]);
  form = new FormController<{ id: string }>(this, {
    fields: {
      name: { kind: 'text', required: true },
      email: { kind: 'text', format: 'email', required: false },
      address: { kind: 'address', required: false },
    },
    action: 'ask',
    client: () => this.asked.client,
    explain: ({ code }) => code,
    initial: { name: '' },
  });

  protected override render() {
    const { form } = this;
    return html`<form novalidate @input=${form} @change=${form} @focusout=${form} @submit=${form}>
        <inlaykit-text name="name" label="Name" .value=${form.get('name') ?? ''} .error=${form.error('name')}></inlaykit-text>
        <input name="email" aria-invalid=${!!form.error('email')} .value=${form.get('email') ?? ''} />
        <input name="address.city" .value=${form.get('address.city') ?? ''} />
      </form>
      <div @keydown=${(event: KeyboardEvent) => this.focuses.key(event)}><button>1</button><button>2</button><button>3</button></div>`;
  }
}

const mount = async () => {
  const el = document.createElement('test-all') as All;
  document.body.append(el);
  await el.updateComplete;
  return el;
};
const field = (el: All, name: string) => el.renderRoot.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
const type = (el: All, name: string, text: string) => {
  field(el, name).value = text;
  field(el, name).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
};

describe('controllers', () => {
  before(() => {
    define('inlaykit-text', TextControl);
    define('test-all', All);
  });
  afterEach(() => {
    for (const el of document.querySelectorAll('test-all')) el.remove();
    document.documentElement.removeAttribute('style');
    document.documentElement.lang = 'en';
    document.documentElement.removeAttribute('dir');
  });

  describe('data', () => {
    it('shows the answer to what was asked last, whatever the order of the replies', async () => {
      const el = await mount();
      const { data, asked } = el;
      data.load('a');
      data.load('b');
      same([asked.calls[0]!.signal!.aborted, data.loading], [true, true]);
      asked.calls[1]!.answer(right('B'));
      await until(() => !data.loading);
      asked.calls[0]!.answer(right('A'));
      await el.updateComplete;
      same([data.value, data.stale], ['B', false]);
    });

    it('keeps what it showed while the next reading is on its way or has failed, and tries again', async () => {
      const { data, asked } = await mount();
      data.load('a');
      asked.calls[0]!.answer(right('A'));
      await until(() => !data.loading);
      data.load('b');
      same([data.value, data.stale], ['A', true]);
      asked.calls[1]!.answer({ ok: false, error: { code: 'OFFLINE', message: '' } });
      await until(() => !data.loading);
      same([data.value, data.stale, data.error?.code], ['A', true, 'OFFLINE']);
      dispatchEvent(new Event('online'));
      same([asked.calls[2]!.input, data.error], ['b', undefined]);
      asked.calls[2]!.answer(right('B'));
      await until(() => data.value === 'B');
    });

    it('gives up when it leaves the page and asks again when it comes back', async () => {
      const el = await mount();
      const { data, asked } = el;
      data.load('a');
      el.remove();
      same([asked.calls[0]!.signal!.aborted, data.loading], [true, false]);
      document.body.append(el);
      same([asked.calls.length, data.loading], [2, true]);
      asked.calls[1]!.answer(right('A'));
      await until(() => data.value === 'A');
      el.remove();
      document.body.append(el);
      same(asked.calls.length, 2, 'what is there is not asked for again');
    });

    it('takes an exception for a failure', async () => {
      const el = await mount();
      const broken = new DataController<string, string>(el, async () => {
        throw new Error('no');
      });
      await broken.load('a');
      same(broken.error?.code, 'UNREACHABLE');
    });
  });

  describe('form', () => {
    it('says nothing while somebody types, judges when they leave, and takes it back at once', async () => {
      const el = await mount();
      type(el, 'email', 'rosa');
      same(el.form.error('email'), '');
      field(el, 'email').dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
      same([el.form.error('email'), el.form.touched.has('email'), el.form.dirty], ['email', true, true]);
      type(el, 'email', 'rosa@example.com');
      same(el.form.error('email'), '');
    });

    it('is not sent while something is wrong, and puts the focus there', async () => {
      const el = await mount();
      type(el, 'email', 'x');
      el.renderRoot.querySelector('form')!.requestSubmit();
      await until(() => el.shadowRoot!.activeElement);
      same([el.asked.calls.length, el.shadowRoot!.activeElement!.getAttribute('name')], [0, 'name']);
      same(
        [...el.form.errors],
        [
          ['/name', 'required'],
          ['/email', 'email'],
        ],
      );
    });

    it('is sent once, without what was left empty, as a write; parts of a name go into an object', async () => {
      const el = await mount();
      type(el, 'name', 'Rosa');
      type(el, 'address.city', 'Brno');
      el.form.set('address.line1', 'Main 1');
      el.form.set('address.country', 'CZ');
      const sent = el.form.submit();
      ok(sent === el.form.submit(), 'the same sending');
      same([el.asked.calls.length, el.form.busy], [1, true]);
      const [call] = el.asked.calls;
      same(
        [call!.action, call!.write, call!.input],
        ['ask', true, { name: 'Rosa', address: { city: 'Brno', line1: 'Main 1', country: 'CZ' } }],
      );
      call!.answer(right({ id: '1' }));
      same(await sent, right({ id: '1' }));
      same([el.form.busy, el.form.dirty], [false, false]);
    });

    it('brings errors of the server to their fields, and the rest to the form', async () => {
      const el = await mount();
      type(el, 'name', 'Rosa');
      const sent = el.form.submit();
      const errors = [
        { pointer: '/address/city', code: 'X', message: 'No such town.' },
        { pointer: '/other', code: 'X', message: 'Elsewhere.' },
      ];
      el.asked.calls[0]!.answer({ ok: false, error: { code: 'VALIDATION_FAILED', message: 'Look.', errors } });
      await sent;
      same(
        [el.form.error('address.city'), el.form.error('address'), el.form.problem?.message],
        ['No such town.', 'No such town.', 'Look.'],
      );
      same(el.shadowRoot!.activeElement?.getAttribute('name'), 'address.city');
      el.form.reset();
      same([el.form.errors.size, el.form.problem, el.form.dirty], [0, undefined, false]);
    });
  });

  it('locale: the nearest language through shadow roots, and the page when it changes', async () => {
    const el = await mount();
    document.documentElement.lang = 'cs';
    await until(() => el.place.locale === 'cs');
    document.documentElement.dir = 'rtl';
    same([el.place.rtl, el.place.number().format(1.5)], [true, '1,5']);
    el.lang = 'not a language';
    el.place.update();
    same(el.place.locale, 'cs');
    el.locale = 'de-AT';
    el.place.update();
    same(el.place.locale, 'de-AT');
    const format = el.place.number();
    ok(el.place.number() === format, 'a format is made once');
  });

  it('theme: by the colour scheme that stands around', async () => {
    const el = await mount();
    same([el.theme.dark, el.theme.forced], [false, false]);
    document.documentElement.style.colorScheme = 'dark';
    same(el.theme.dark, true);
  });

  it('focus: arrows go round, also from right to left, and what had the focus gets it back', async () => {
    const el = await mount();
    const buttons = [...el.renderRoot.querySelectorAll('button')];
    const press = (key: string) =>
      el.shadowRoot!.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    buttons[0]!.focus();
    press('ArrowLeft');
    same(el.shadowRoot!.activeElement === buttons[2], true);
    document.documentElement.dir = 'rtl';
    press('ArrowLeft');
    same(el.shadowRoot!.activeElement === buttons[0], true);
    press('End');
    same(el.focuses.current, 2);
    el.focuses.keep();
    buttons[1]!.focus();
    el.focuses.restore();
    same(el.shadowRoot!.activeElement === buttons[2], true);
  });

  it('visibility: tells when the element comes into view', async () => {
    const el = await mount();
    await until(() => el.view.visible && el.view.seen);
    el.style.cssText = 'position:absolute;top:-9999px';
    await until(() => !el.view.visible);
    same(el.view.seen, true);
  });

  it('none of them leaves anything behind after a hundred mounts', async () => {
    const queries = new Map<string, number>();
    const { addEventListener: add } = MediaQueryList.prototype;
    MediaQueryList.prototype.addEventListener = function (
      type: string,
      listener: EventListener,
      options?: AddEventListenerOptions,
    ) {
      queries.set(this.media, (queries.get(this.media) ?? 0) + 1);
      options?.signal?.addEventListener('abort', () => queries.set(this.media, queries.get(this.media)! - 1));
      return add.call(this, type, listener, options);
    };
    const listeners = await pageListeners(async () => {
      for (let i = 0; i < 100; i++) {
        const el = await mount();
        el.data.load('a');
        el.remove();
        document.body.append(el);
        el.remove();
      }
    });
    MediaQueryList.prototype.addEventListener = add;
    ok(queries.size, 'media queries were listened to');
    same([listeners, ...queries.values()], [0, 0, 0]);
  });
});
