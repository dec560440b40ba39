import { same } from '../../../embed-sdk/testing/assert.ts';
import { MoneyControl } from './money-control.ts';
import { mountControl, testControl } from './testing/test-control.ts';
import { fillIn, part } from './testing/visitor.ts';

const tag = 'inlaykit-money';

testControl({
  tag,
  element: MoneyControl,
  attributes: { currency: 'EUR' },
  value: { amount: 123450, currency: 'EUR' },
  sent: '1234.50 EUR',
  act: control => fillIn(control, '7'),
});

describe('a money control', () => {
  afterEach(() => {
    document.querySelector('form')?.remove();
    document.documentElement.lang = 'en';
  });

  it('takes what people paste, in minor units', async () => {
    document.documentElement.lang = 'cs';
    const { control } = await mountControl(tag, { currency: 'CZK' });
    fillIn(control, '1 234,5 Kč');
    await control.updateComplete;
    same([control.value, part(control).value], [{ amount: 123450, currency: 'CZK' }, '1\u00a0234,50']);
  });

  it('knows how many digits a currency has, and refuses more', async () => {
    const { control } = await mountControl(tag, { currency: 'JPY' });
    fillIn(control, '1200');
    same(control.value, { amount: 1200, currency: 'JPY' });
    fillIn(control, '12.5');
    same([control.value, control.validity.badInput], [null, true]);
    control.setAttribute('currency', 'KWD');
    fillIn(control, '1.2345');
    same(control.value, null);
    fillIn(control, '1.234');
    same(control.value, { amount: 1234, currency: 'KWD' });
  });

  it('says a limit as money', async () => {
    const { control } = await mountControl(tag, { currency: 'USD', min: '500' });
    fillIn(control, '4.99');
    same(control.validationMessage, 'This must be 5.00 USD or more.');
  });

  it('offers a choice of currencies, which keeps the figures', async () => {
    const { control } = await mountControl(tag, { currencies: 'EUR JPY' });
    fillIn(control, '12.60');
    await control.updateComplete;
    const select = part<HTMLSelectElement>(control, 'select');
    select.value = 'JPY';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    same(control.value, { amount: 13, currency: 'JPY' });
  });
});
