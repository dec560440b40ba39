import { same } from '../../../embed-sdk/testing/assert.ts';
import { NumberControl } from './number-control.ts';
import { mountControl, sentBy, testControl } from './testing/test-control.ts';
import { fillIn, part, press } from './testing/visitor.ts';

const tag = 'inlaykit-number';

testControl({ tag, element: NumberControl, value: 1234, sent: '1234', act: control => fillIn(control, '7') });

describe('a number control', () => {
  afterEach(() => {
    document.querySelector('form')?.remove();
    document.documentElement.lang = 'en';
  });

  it('reads and shows numbers as the language writes them', async () => {
    document.documentElement.lang = 'de';
    const { control } = await mountControl(tag, { scale: '2' });
    fillIn(control, '1234,5');
    await control.updateComplete;
    same([control.value, part(control).value], ['1234.5', '1.234,5']);
  });

  it('keeps what it cannot read, says so, and sends nothing', async () => {
    const { control, form } = await mountControl(tag);
    for (const text of ['twelve', '1.5']) {
      fillIn(control, text);
      await control.updateComplete;
      same(
        [control.value, part(control).value, control.validationMessage, sentBy(form)],
        [null, text, 'Enter a number.', {}],
      );
    }
    fillIn(control, '');
    same(control.validity.valid, true);
  });

  it('holds to its limits, which it says as the language writes them', async () => {
    const { control } = await mountControl(tag, { min: '1000', max: '2000' });
    fillIn(control, '12');
    same([control.validity.rangeUnderflow, control.validationMessage], [true, 'This must be 1,000 or more.']);
    fillIn(control, '2001');
    same(control.validity.rangeOverflow, true);
  });

  it('goes up and down by the arrows, within its limits', async () => {
    const { control } = await mountControl(tag, { value: '3', max: '4', step: '2' });
    for (const [key, value] of [
      ['ArrowUp', 4],
      ['ArrowDown', 2],
      ['ArrowDown', 0],
    ] as const) {
      press(part(control), key);
      same(control.value, value);
    }
  });
});
