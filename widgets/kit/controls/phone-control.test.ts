import { getExampleNumber } from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/mobile/examples';
import { same } from '../../../embed-sdk/testing/assert.ts';
import { callings, countryOfZone } from './calling-codes.ts';
import { PhoneControl } from './phone-control.ts';
import { mountControl, testControl } from './testing/test-control.ts';
import { fillIn, part } from './testing/visitor.ts';

const tag = 'inlaykit-phone';

testControl({
  tag,
  element: PhoneControl,
  value: '+420777123456',
  sent: '+420777123456',
  act: control => fillIn(control, '+1 202 555 0123'),
});

describe('a phone control', () => {
  afterEach(() => {
    document.querySelector('form')?.remove();
    document.documentElement.lang = 'en';
  });

  it('takes a number as it is dialled at home or from abroad, and shows it in groups', async () => {
    document.documentElement.lang = 'cs';
    const { control } = await mountControl(tag);
    for (const text of ['777 123 456', '+420 777-123-456', '00420 (777) 123 456']) {
      fillIn(control, text);
      await control.updateComplete;
      same(
        [control.value, part(control).value, part(control, 'select').value],
        ['+420777123456', '777 123 456', 'CZ'],
        text,
      );
    }
    fillIn(control, '12');
    same([control.value, control.validity.badInput], ['', true]);
  });

  it('goes to the country of a number, and takes the figures along to another', async () => {
    const { control } = await mountControl(tag, { country: 'GB' });
    fillIn(control, '020 7946 0018');
    same(control.value, '+442079460018');
    await control.updateComplete;
    const select = part<HTMLSelectElement>(control, 'select');
    select.value = 'DE';
    select.dispatchEvent(new Event('input', { bubbles: true }));
    same(control.value, '+492079460018');
    fillIn(control, '+39 06 698 12345');
    await control.updateComplete;
    same([control.value, select.value], ['+390669812345', 'IT']);
  });

  it('begins with the country of the visitor’s clock, and knows when it is no country’s', () => {
    same(
      ['Europe/Prague', 'America/Toronto', 'Asia/Tokyo', 'UTC'].map(zone => countryOfZone(zone, ['en', 'cs-CZ'])),
      ['CZ', 'CA', 'JP', undefined],
    );
  });

  it('reads the example of each country as it is dialled there', async () => {
    const { control } = await mountControl(tag);
    const wrong: string[] = [];
    for (const { country } of callings) {
      const example = getExampleNumber(country as 'CZ', examples);
      if (!example) continue;
      control.value = '';
      control.setAttribute('country', country);
      fillIn(control, example.formatNational());
      if (control.value !== example.number) wrong.push(country);
    }
    // A mobile number is dialled there by other figures than from abroad; the server knows both.
    same(wrong, ['AR']);
  });
});
