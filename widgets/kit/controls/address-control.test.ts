import { same } from '../../../embed-sdk/testing/assert.ts';
import { AddressControl } from './address-control.ts';
import { type Control, mountControl, testControl } from './testing/test-control.ts';
import { fillIn, part } from './testing/visitor.ts';

const tag = 'inlaykit-address';
const brno = { line1: 'Main 1', city: 'Brno', country: 'CZ' };
const order = (control: Control) => [...control.shadowRoot.querySelectorAll('input')].map(({ id }) => id);

testControl({
  tag,
  element: AddressControl,
  value: brno,
  sent: { 'it.line1': 'Main 1', 'it.city': 'Brno', 'it.country': 'CZ' },
  act: control => fillIn(control, 'Side 2', false, '#line1'),
});

describe('an address control', () => {
  afterEach(() => {
    document.querySelector('form')?.remove();
    document.documentElement.lang = 'en';
  });

  it('has its parts in the order of the country, with autofill', async () => {
    document.documentElement.lang = 'cs';
    const { control } = await mountControl(tag, { section: 'billing' });
    same(
      [order(control), part<HTMLSelectElement>(control, '#country').value],
      [['line1', 'line2', 'postalCode', 'city'], 'CZ'],
    );
    same(part(control, '#city').autocomplete, 'billing address-level2');
    const select = part<HTMLSelectElement>(control, '#country');
    select.value = 'JP';
    select.dispatchEvent(new Event('input', { bubbles: true }));
    await control.updateComplete;
    same([order(control), control.value], [['postalCode', 'region', 'city', 'line1', 'line2'], null]);
  });

  it('is an address once it has its parts, and says which one is missing', async () => {
    const { control } = await mountControl(tag, { country: 'CZ' });
    fillIn(control, 'Main 1', false, '#line1');
    same([control.value, control.validationMessage], [{ country: 'CZ', line1: 'Main 1' }, 'Fill in Town.']);
    control.dispatchEvent(new FocusEvent('focusout'));
    await control.updateComplete;
    same([part(control, '#city').ariaInvalid, part(control, '#line1').ariaInvalid], ['true', 'false']);
    fillIn(control, 'Brno', false, '#city');
    same([control.value, control.validity.valid], [{ country: 'CZ', line1: 'Main 1', city: 'Brno' }, true]);
    fillIn(control, '', false, '#line1');
    fillIn(control, '', false, '#city');
    same([control.value, control.validity.valid], [null, true]);
  });

  it('shows the country that it would send, and none as wrong that is there', async () => {
    const { control, form } = await mountControl(tag, { country: 'CZ', required: '' });
    form.requestSubmit();
    await control.updateComplete;
    const wrong = () => [...control.shadowRoot.querySelectorAll('[aria-invalid=true]')].map(({ id }) => id);
    same([control.validationMessage, wrong()], ['This is needed.', ['line1', 'city']]);
    control.value = { line1: 'Main 1', city: 'Brno' };
    await control.updateComplete;
    same(
      [part<HTMLSelectElement>(control, '#country').value, control.validationMessage, wrong()],
      ['', 'Fill in Country.', ['country']],
    );
  });
});
