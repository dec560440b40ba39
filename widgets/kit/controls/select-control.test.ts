import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { findings } from '../testing/test-element.ts';
import { SelectControl } from './select-control.ts';
import { type Control, mountControl, testControl } from './testing/test-control.ts';
import { fillIn, part, press } from './testing/visitor.ts';

const tag = 'inlaykit-select';
const few = ['Red', 'Green', 'Blue'].map(label => ({ value: label.toLowerCase(), label }));
const many = [
  'Praha',
  'Plzeň',
  'České Budějovice',
  'Brno',
  'Ostrava',
  'Liberec',
  'Zlín',
  'Opava',
  'Most',
  'Děčín',
  'Jihlava',
  'Kladno',
  'Tábor',
  'Písek',
].map(label => ({ value: label.slice(0, 3), label }));
const choose = (control: Control, value: string) => {
  const select = part<HTMLSelectElement>(control);
  select.value = value;
  for (const type of ['input', 'change'])
    select.dispatchEvent(new Event(type, { bubbles: true, composed: type === 'input' }));
};
const shown = (control: Control) =>
  [...control.shadowRoot.querySelectorAll('[role=option]')].map(node => node.textContent!.trim());

testControl({
  tag,
  element: SelectControl,
  properties: { options: few },
  value: 'green',
  sent: 'green',
  act: control => choose(control, 'blue'),
});

describe('a short list', () => {
  afterEach(() => document.querySelector('form')?.remove());

  it('is a native select that follows its value, and a reset', async () => {
    const { control, form } = await mountControl(tag, { value: 'red' }, { options: few });
    same(part(control).value, 'red');
    choose(control, 'blue');
    await control.updateComplete;
    form.reset();
    await control.updateComplete;
    same([control.value, part(control).value], ['red', 'red']);
    control.value = 'pink';
    same(control.validity.badInput, true);
  });

  it('is read as well as a text is while nobody may change it', async () => {
    const { control } = await mountControl(tag, { readonly: '' }, { options: few, value: 'green' });
    same(getComputedStyle(part<HTMLSelectElement>(control)).opacity, '1');
    control.readonly = false;
    await control.updateComplete;
    same([control.hasAttribute('readonly'), part<HTMLSelectElement>(control).disabled], [false, false]);
  });

  it('takes options as children', async () => {
    const { control } = await mountControl(tag);
    control.innerHTML = '<option value="a">A</option><option value="b" disabled>B</option>';
    control.requestUpdate();
    await control.updateComplete;
    same(
      [...part<HTMLSelectElement>(control).options].map(({ text, disabled }) => [text, disabled]),
      [
        ['Choose…', false],
        ['A', false],
        ['B', true],
      ],
    );
  });
});

testControl({
  tag: 'inlaykit-combobox',
  element: class extends SelectControl {},
  properties: { options: many },
  value: 'Brn',
  sent: 'Brn',
  async act(control) {
    fillIn(control, 'zlin', false);
    await control.updateComplete;
    press(part(control), 'Enter');
  },
});

describe('a long list', () => {
  afterEach(() => document.querySelector('form')?.remove());

  it('is searched without regard to accents, what begins so first, and chosen by keys', async () => {
    const { control, form } = await mountControl(tag, {}, { options: many });
    part(control).focus();
    fillIn(control, 'c', false);
    await control.updateComplete;
    same(shown(control), ['České Budějovice', 'Liberec', 'Děčín']);
    same([part(control).ariaExpanded, part(control).getAttribute('aria-activedescendant')], ['true', 'o0']);
    same(part(control, '[role=status]').textContent, '3 found');
    press(part(control), 'ArrowUp');
    await control.updateComplete;
    same(part(control).getAttribute('aria-activedescendant'), 'o2');
    same(await findings(form), [], 'while it is open');
    const events: string[] = [];
    for (const type of ['input', 'change']) control.addEventListener(type, () => events.push(type));
    press(part(control), 'Enter');
    await control.updateComplete;
    same(
      [control.value, part(control).value, part(control).ariaExpanded, events],
      ['Děč', 'Děčín', 'false', ['input', 'change']],
    );
  });

  it('closes by Escape without closing what it is in, and brings the choice back', async () => {
    const { control } = await mountControl(tag, { value: 'Brn' }, { options: many });
    let passed = 0;
    control.addEventListener('keydown', () => passed++);
    fillIn(control, 'x', false);
    await control.updateComplete;
    same([shown(control), part(control).getAttribute('aria-activedescendant')], [['Nothing found'], null]);
    press(part(control), 'Escape');
    await control.updateComplete;
    same([control.value, part(control).value, part(control).ariaExpanded, passed], ['Brn', 'Brno', 'false', 0]);
    press(part(control), 'Escape');
    same(passed, 1);
  });

  it('takes a name that was typed in full, and an emptied box for none', async () => {
    const { control } = await mountControl(tag, {}, { options: many });
    part(control).focus();
    fillIn(control, 'pisek', false);
    part(control).blur();
    same(control.value, 'Pís');
    part(control).focus();
    fillIn(control, '', false);
    part(control).blur();
    same(control.value, '');
    part(control).focus();
    fillIn(control, 'nowhere', false);
    await control.updateComplete;
    part(control).blur();
    await control.updateComplete;
    same([control.value, part(control).value], ['', '']);
  });

  it('is chosen by a press, at the choice that it has', async () => {
    const { control } = await mountControl(tag, { value: 'Pís' }, { options: many });
    part(control).click();
    await until(() => part(control, '.active')?.textContent === 'Písek');
    const first = part<HTMLElement>(control, '#o0');
    ok(first.getBoundingClientRect().height >= 44, 'large enough');
    first.click();
    await control.updateComplete;
    same([control.value, part(control, '[popover]').matches(':popover-open')], ['Pra', false]);
  });
});
