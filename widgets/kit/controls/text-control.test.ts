import { same } from '../../../embed-sdk/testing/assert.ts';
import { type Control, mountControl, testControl } from './testing/test-control.ts';
import { TextControl } from './text-control.ts';

const tag = 'inlaykit-text';
const inner = (control: Control) => control.shadowRoot.querySelector<HTMLInputElement>('#control')!;
const type = (control: Control, text: string) => {
  inner(control).value = text;
  inner(control).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
};

testControl({
  tag,
  element: TextControl,
  value: 'Rosa',
  sent: 'Rosa',
  untouched: '',
  act: control => type(control, 'Ben'),
});

describe('a text control', () => {
  afterEach(() => document.querySelector('form')?.remove());

  it('judges by its type and its length, and shows it when the visitor leaves', async () => {
    const { control } = await mountControl(tag, { type: 'email', maxlength: '20' });
    type(control, 'rosa');
    same(control.validity.typeMismatch, true);
    await control.updateComplete;
    same(control.shadowRoot.querySelector('#error')!.textContent, '', 'not while they type');
    inner(control).focus();
    inner(control).blur();
    await control.updateComplete;
    same(control.shadowRoot.querySelector('#error')!.textContent, 'Enter an e-mail address like name@example.com.');
    type(control, 'rosa@example-of-long.com');
    same(control.validity.tooLong, true);
    type(control, 'rosa@example.com');
    same(control.validity.valid, true);
  });

  it('is sent by Enter, through the button', async () => {
    const { control, form } = await mountControl(tag);
    let by: unknown;
    form.addEventListener('submit', event => {
      by = event.submitter;
    });
    inner(control).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    same(by === form.querySelector('button'), true);
  });

  it('counts what is left of several lines, and speaks near the end', async () => {
    const { control } = await mountControl(tag, { type: 'multiline', maxlength: '30', counter: '' });
    type(control, 'x'.repeat(29));
    await control.updateComplete;
    const count = control.shadowRoot.querySelector('.figures')!;
    same(
      [inner(control).localName, count.textContent, count.getAttribute('aria-live')],
      ['textarea', '1 character left', 'polite'],
    );
  });

  it('takes its name from a native label', async () => {
    const { control, form } = await mountControl(tag, { label: '', id: 'given' });
    form.insertAdjacentHTML('afterbegin', '<label for="given">Your name</label>');
    control.requestUpdate();
    await control.updateComplete;
    same(inner(control).getAttribute('aria-label'), 'Your name');
    form.querySelector('label')!.click();
    same(document.activeElement === control, true);
  });
});
