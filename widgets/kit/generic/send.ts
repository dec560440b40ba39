/** What a form needs once somebody sends it: checks, the call, the errors of the server by field, and the thanks. */
import { html } from 'lit';
import type { Result } from '../../../embed-sdk/types.ts';
import type { FormSubmission, Submitted } from '../../../schemas/protocol/widget.ts';
import { icon } from '../icons.ts';
import { part } from '../part.ts';
import { dressFaults } from './fault-styles.ts';
import type { FormElement, NativeControl } from './form-element.ts';
import type { RichControl } from './rich-controls.ts';

type Control = NativeControl | RichControl;

const isRich = (control: Control): control is RichControl => control.localName.startsWith('inlaykit-');

/** What was sent and has no answer yet: sent again it must be the same, so that it is kept once. */
const unanswered = new WeakMap<FormElement, FormSubmission>();

/** In the words of the form for the kind of control; the browser's own are in the browser's language. */
const faultOf = (el: FormElement, control: Control): string => {
  if (isRich(control)) return control.validationMessage || el.say('wrong');
  const { type, value, validity } = control;
  if (type === 'checkbox' && validity.valueMissing) return el.say('tick');
  if (!value.trim()) return el.say('needed');
  return el.say(['email', 'tel', 'url', 'number'].includes(type) ? type : 'wrong');
};

/** What a control holds, as it is sent. */
const held = (control: Control): unknown => {
  // An empty text stands for nothing, whatever the kind.
  if (isRich(control)) return /^(null|\[\]|\{\})$/.test(JSON.stringify(control.value ?? null)) ? '' : control.value;
  if (control.type === 'checkbox') return (control as HTMLInputElement).checked;
  const { type, value } = control;
  // A time without a zone is the visitor's.
  return type === 'datetime-local' && value ? `${new Date(value).toISOString().slice(0, 19)}Z` : value.trim();
};

/** What proofs are got with; without it the server has the last word. */
export const proofs = () => part(() => import('../captcha.ts')).catch(() => {});

/** Takes no room of the form's while nothing is in it. */
const placeIn = ({ frame }: FormElement): Element | null => {
  const button = frame.querySelector('.go');
  if (!button || frame.querySelector('.captcha')) return frame.querySelector('.captcha');
  const place = document.createElement('div');
  place.className = 'captcha';
  place.style.display = 'contents';
  button.before(place);
  return place;
};

/** A service that the site has chosen is shown above the button, once it has a question. */
const prove = async (el: FormElement, action: string, call: (proof?: string) => Promise<Result<Submitted>>) => {
  const parts = await proofs();
  if (!parts) return call();
  const captcha = parts.createCaptcha(el.client!, () => {
    const place = placeIn(el);
    const dark = getComputedStyle(el.frame).colorScheme === 'dark';
    return place ? { place, dark, title: el.say('captcha'), language: el.language } : undefined;
  });
  return parts.withProof(captcha, action, call, { early: el.view.proof && captcha.proof(action) });
};

const focusOn = async (el: FormElement, found: () => HTMLElement | null | undefined) => {
  el.requestUpdate();
  await el.updateComplete;
  found()?.focus();
};

/** The first that is wrong, in the order of the page. */
const focusFault = (el: FormElement) => {
  const { name } = el.view.controls.find(({ name }) => el.faults[name]) ?? {};
  return focusOn(el, () => (name ? el.controls[name] : undefined));
};

export const send = async (el: FormElement, form: HTMLFormElement): Promise<void> => {
  if (el.busy) return;
  dressFaults(el);
  const { view, controls } = el;
  el.faults = {};
  el.notice = '';
  // A break may have kept some away.
  if (view.controls.some(({ name }) => !controls[name])) await el.enrich();
  const values: Record<string, unknown> = {};
  for (const { name } of view.controls) {
    const control = controls[name];
    if (!control) throw new Error(`${name} could not be loaded`);
    values[name] = held(control);
    // The kit's own show what is wrong once they were asked.
    if (!control.checkValidity() || (control.required && !values[name])) el.faults[name] = faultOf(el, control);
  }
  if (Object.keys(el.faults).length > 0) return focusFault(el);
  const { value: trap } = form.elements.namedItem('trap') as HTMLInputElement;
  const before = unanswered.get(el);
  const same = JSON.stringify(before?.values) === JSON.stringify(values);
  const took = Math.round(performance.now() - el.since);
  const body = same ? before! : { values, took, trap, locale: el.language };
  unanswered.set(el, body);
  el.busy = true;
  el.requestUpdate();
  const call = (proof?: string) =>
    el.client!.call<Submitted>(`widgets/${view.widget}/submit`, body, { write: true, proof });
  const reply = view.action ? await prove(el, view.action, call) : await call();
  el.busy = false;
  if (reply.ok || !['OFFLINE', 'UNREACHABLE'].includes(reply.error.code)) unanswered.delete(el);
  if (reply.ok) return thank(el, reply.value);
  for (const { pointer } of reply.error.errors ?? []) {
    const control = controls[pointer.split('/')[1]!];
    if (!control) continue;
    el.faults[control.name] = faultOf(el, control);
    if (isRich(control)) control.error = el.faults[control.name]!;
  }
  if (Object.keys(el.faults).length > 0) return focusFault(el);
  el.notice = el.explain(reply.error);
  el.emit('inlay:error', reply.error);
};

const thank = (el: FormElement, { id }: Submitted): Promise<void> => {
  const title = () => el.frame.querySelector('h2');
  const again = () => {
    el.done = undefined;
    el.controls = {};
    el.since = performance.now();
    focusOn(el, title);
  };
  el.done = html`<section role="status">
    <h2 tabindex="-1">${icon('check')} ${el.say('thanks')}</h2>
    <button class="plain" @click=${again}>${el.say('again')}</button>
  </section>`;
  el.emit('inlay:submitted', { id });
  return focusOn(el, title);
};
