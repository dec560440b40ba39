import { same } from '../../../embed-sdk/testing/assert.ts';
import { ChoiceControl } from './choice-control.ts';
import { type Control, mountControl, testControl } from './testing/test-control.ts';

const tag = 'inlaykit-choice';
const options = ['Red', 'Green', 'Blue'].map(label => ({ value: label.toLowerCase(), label }));
const inputs = (control: Control) => [...control.shadowRoot.querySelectorAll('input')];
const suite = {
  tag,
  element: ChoiceControl,
  properties: { options },
  targets: '.choice',
  act: (control: Control) => inputs(control)[1]!.click(),
};

testControl({ ...suite, value: 'red', sent: 'red' });
testControl({
  ...suite,
  tag: 'inlaykit-choices',
  element: class extends ChoiceControl {},
  attributes: { multiple: '' },
  value: ['blue'],
  sent: 'blue',
});

describe('a choice', () => {
  afterEach(() => document.querySelector('form')?.remove());

  it('is one of a radio group', async () => {
    const { control } = await mountControl(tag, { value: 'blue' }, { options });
    same(
      inputs(control).map(({ checked }) => checked),
      [false, false, true],
    );
    inputs(control)[0]!.click();
    same(control.value, 'red');
  });

  it('is some in the order of the list, each sent by itself, at most so many', async () => {
    const { control, form } = await mountControl(tag, { multiple: '', max: '2', value: 'blue' }, { options });
    inputs(control)[0]!.click();
    same(
      [control.value, new FormData(form).getAll('it'), control.validity.valid],
      [['red', 'blue'], ['red', 'blue'], true],
    );
    inputs(control)[1]!.click();
    same([control.validity.valid, control.validationMessage], [false, 'At most 2 can be chosen.']);
    await control.updateComplete;
    inputs(control)[0]!.click();
    same(control.value, ['green', 'blue']);
  });

  it('names its group', async () => {
    const { control } = await mountControl(tag, {}, { options });
    const group = control.shadowRoot.querySelector('[role=radiogroup]')!;
    same(
      control.shadowRoot.getElementById(group.getAttribute('aria-labelledby')!)!.textContent,
      'What it is (optional)',
    );
  });
});
