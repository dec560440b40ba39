/** What every control has to pass: native forms, labels, errors, states by axe, sizes, right to left, a hundred mounts. */
import type { LitElement } from 'lit';
import { ok, same, until } from '../../../../embed-sdk/testing/assert.ts';
import { define } from '../../define.ts';
import { pageListeners } from '../../testing/page-listeners.ts';
import { findings } from '../../testing/test-element.ts';
import { component, primitive, semantic } from '../../tokens/index.ts';
import { english, type Strings } from '../control-words.ts';
import type { FormControl } from '../form-control.ts';
import { words as ar } from '../locales/ar.ts';
import { words as cs } from '../locales/cs.ts';
import { words as de } from '../locales/de.ts';
import { words as es } from '../locales/es.ts';
import { deep } from './visitor.ts';

export type Control = FormControl<unknown> & LitElement & { readonly shadowRoot: ShadowRoot };

export interface ControlSuite {
  readonly tag: string;
  readonly element: CustomElementConstructor & { readonly words: Strings };
  readonly attributes?: Readonly<Record<string, string>>;
  readonly properties?: object;
  /** A value that is right, and what a native form sends for it. */
  readonly value: unknown;
  readonly sent: string | Readonly<Record<string, string>>;
  /** What a native form sends of a control that nobody touched. */
  readonly untouched?: string | null;
  /** Changes the value as a visitor does. */
  act(control: Control): void | Promise<void>;
  /** What has to be large enough for a finger. */
  readonly targets?: string;
}

const night =
  '--ink:#fff;--paper:#16181b;--muted:#a5a9ae;--edge:#80868d;--danger:#ff9d94;--accent:#2fa3b8;--accent-text:#5cc6da;--on-accent:#000';

/** Puts a control on the page, in a form with a button. */
export const mountControl = async (
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  properties: object = {},
  parent: Element = document.body,
): Promise<{ control: Control; form: HTMLFormElement }> => {
  document.adoptedStyleSheets = [primitive, semantic, component].map(({ styleSheet }) => styleSheet!);
  const form = document.createElement('form');
  form.innerHTML = '<fieldset></fieldset><button>Send</button>';
  form.addEventListener('submit', event => event.preventDefault());
  const control = document.createElement(tag) as Control;
  for (const [name, value] of Object.entries({ name: 'it', label: 'What it is', ...attributes }))
    control.setAttribute(name, value);
  Object.assign(control, properties);
  form.firstElementChild!.append(control);
  parent.append(form);
  await control.updateComplete;
  return { control, form };
};

/** Everything that a native form would send, the names without the control's own. */
export const sentBy = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries(
    [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
  );

/** How much of a node shows, with all that it stands in. */
const opacityOf = (node: Element): number => {
  const around = node.parentElement ?? (node.getRootNode() as ShadowRoot).host;
  return Number(getComputedStyle(node).opacity) * (around ? opacityOf(around) : 1);
};

export const testControl = ({
  tag,
  element,
  attributes,
  properties,
  value,
  sent,
  untouched = null,
  act,
  targets = '.box,button,[role]:not(.sr)',
}: ControlSuite): void => {
  const mount = (more: Readonly<Record<string, string>> = {}, parent?: Element) =>
    mountControl(tag, { ...attributes, ...more }, properties, parent);
  const expected = typeof sent === 'string' ? { it: sent } : sent;
  const nothing = untouched === null ? {} : { it: untouched };
  const errorOf = (control: Control) => control.shadowRoot.querySelector('#error')?.textContent?.trim();

  /** What is read out with a node: what describes it or a group that it is in, through the shadow trees of the control. */
  const readOut = (node: Element | null, control: Control): string => {
    if (!node || node === control) return '';
    const root = node.getRootNode() as ShadowRoot;
    const ids = [node.getAttribute('aria-describedby'), node.getAttribute('aria-errormessage')].join(' ');
    const own = ids.split(' ').map(id => (id ? (root.getElementById(id)?.textContent ?? '') : ''));
    return [...own, readOut(node.parentElement ?? root.host, control)].join(' ');
  };
  /** What is marked as wrong, and every one of it with the error read out. */
  const isSpoken = async (control: Control, error: string) => {
    const marked = () => deep<HTMLElement>(control.shadowRoot, '[aria-invalid=true]');
    await until(() => marked().length, 'the control to say that it is wrong');
    ok(error, 'there is an error to say');
    for (const node of marked())
      ok(readOut(node, control).includes(error), `the error is read out with ${node.outerHTML.slice(0, 120)}`);
  };

  describe(`<${tag}> keeps the contract of controls`, () => {
    before(() => define(tag, element));
    afterEach(() => {
      for (const form of document.querySelectorAll('form')) form.remove();
      document.documentElement.removeAttribute('dir');
      document.documentElement.lang = 'en';
      document.documentElement.removeAttribute('style');
    });

    it('is sent, reset and restored by a native form', async () => {
      const { control, form } = await mount();
      same(sentBy(form), nothing, 'untouched');
      control.value = value;
      same(sentBy(form), expected, 'at once');
      const state = control['state'](value);
      form.reset();
      same(sentBy(form), nothing, 'after a reset');
      control.formStateRestoreCallback(state);
      same(control.value, value, 'restored');
      control.setAttribute('name', '');
      same(sentBy(form), {}, 'without a name');
    });

    it('keeps a form back until it is right, says why and takes the focus', async () => {
      const { control, form } = await mount({ required: '' });
      control.value = control['empty']();
      await control.updateComplete;
      let submitted = 0;
      form.addEventListener('submit', () => submitted++);
      form.requestSubmit();
      await control.updateComplete;
      same([submitted, control.validity.valueMissing], [0, true]);
      await isSpoken(control, errorOf(control)!);
      same(document.activeElement === control, true, 'it has the focus');
      control.value = value;
      await control.updateComplete;
      form.requestSubmit();
      same([submitted, errorOf(control)], [1, '']);
    });

    it('shows what the server says, until the visitor changes it', async () => {
      const { control } = await mount();
      control.value = value;
      control.error = 'Taken already.';
      await control.updateComplete;
      same([errorOf(control), control.validity.customError], ['Taken already.', true]);
      await isSpoken(control, 'Taken already.');
      const events: string[] = [];
      for (const type of ['input', 'change']) control.addEventListener(type, () => events.push(type));
      control.value = control['empty']();
      await control.updateComplete;
      await act(control);
      await control.updateComplete;
      same([control.error, control.validity.customError], ['', false]);
      same(deep(control.shadowRoot, '[aria-invalid=true]').length, 0, 'nothing is wrong any more');
      ok(events.includes('input'), 'input was told');
      ok(!control['blank'], 'it has a value');
    });

    it('is disabled with its fieldset, and read only without being judged', async () => {
      const { control, form } = await mount();
      control.value = value;
      await control.updateComplete;
      await new Promise(resume => setTimeout(resume));
      const looks = () =>
        deep(control.shadowRoot, 'input,select,textarea,button,label').map(node => [node, opacityOf(node)] as const);
      const hidden = new Set(looks().flatMap(([node, opacity]) => (opacity ? [] : [node])));
      form.querySelector('fieldset')!.disabled = true;
      await control.updateComplete;
      await new Promise(resume => setTimeout(resume));
      same(sentBy(form), {});
      for (const [node, opacity] of looks())
        ok(hidden.has(node) ? !opacity : opacity > 0.5, `${node.outerHTML.slice(0, 90)} is drawn at ${opacity}`);
      const inner = deep(control.shadowRoot, 'input,select,textarea,button');
      ok(
        inner.length && inner.every(node => node.disabled || node.closest('[popover],dialog,fieldset:disabled')),
        'all of it is disabled',
      );
      const fixed = await mount({ readonly: '', required: '' });
      same(fixed.form.checkValidity(), true);
    });

    it('has no serious finding of axe in any state or language', async () => {
      for (const lang of ['en', 'de', 'cs', 'es', 'ar']) {
        document.documentElement.lang = lang;
        document.documentElement.dir = lang === 'ar' ? 'rtl' : 'ltr';
        if (lang === 'cs')
          document.documentElement.style.cssText = `color-scheme:dark;background:#16181b;color:#fff;${night}`;
        else document.documentElement.removeAttribute('style');
        const all: Record<string, string>[] = [
          { required: '' },
          {},
          { disabled: '' },
          { readonly: '' },
          { hint: 'How to fill this in' },
        ];
        for (const state of lang === 'en' ? all : all.slice(0, 1)) {
          const { control, form } = await mount(state);
          if ('required' in state) control.error = 'This is wrong';
          if ('hint' in state) control.value = value;
          await control.updateComplete;
          same(await findings(form), [], `${lang} ${Object.keys(state)}`);
          form.remove();
        }
      }
    });

    it('is large enough for a finger, and not wider than 280 px from right to left', async () => {
      document.documentElement.dir = 'rtl';
      document.documentElement.lang = 'de';
      const place = document.createElement('div');
      place.style.width = '280px';
      document.body.append(place);
      const { control } = await mount({}, place);
      control.value = value;
      await new Promise(resume => setTimeout(resume, 50));
      await control.updateComplete;
      ok(control.scrollWidth <= 280 && place.scrollWidth <= 280, `it is ${place.scrollWidth} px wide`);
      const found = deep<HTMLElement>(control.shadowRoot, targets).filter(
        node => node.offsetParent && !node.closest('[popover]'),
      );
      ok(found.length, 'there are targets');
      for (const node of found)
        ok(
          node.getBoundingClientRect().height >= 43.9,
          `${node.outerHTML.slice(0, 80)} is ${node.getBoundingClientRect().height} px high`,
        );
      place.remove();
    });

    it('leaves nothing behind after a hundred mounts', async () => {
      const nodes = document.querySelectorAll('*').length;
      const listeners = await pageListeners(async () => {
        for (let i = 0; i < 100; i++) {
          const { form } = await mount();
          form.remove();
          if (i % 10) continue;
          document.body.append(form);
          form.remove();
        }
      });
      same([listeners, document.querySelectorAll('*').length], [0, nodes]);
    });

    it('takes what was set before its class was loaded', async () => {
      const late = `${tag}-late`;
      const { control, form } = await mountControl(late, attributes, { ...properties, value });
      define(late, class extends element {});
      await control.updateComplete;
      same([control.value, sentBy(form)], [value, expected]);
    });

    it('has its words in every language that there is', () => {
      for (const key of Object.keys({ ...english, ...element.words })) {
        const plural = /\.(one|few|many|other)$/.test(key);
        for (const words of [ar, cs, de, es])
          ok(key in words || (plural && key.replace(/\.\w+$/, '.other') in words), `${key} is not translated`);
      }
    });

    it('speaks the language of the page', async () => {
      document.documentElement.lang = 'de';
      const { control } = await mount({ required: '' });
      control.value = control['empty']();
      await until(() => control.validationMessage === de['fault.required'], 'German words');
    });
  });
};
