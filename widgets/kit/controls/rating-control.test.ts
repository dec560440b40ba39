import { same, until } from '../../../embed-sdk/testing/assert.ts';
import { RatingControl } from './rating-control.ts';
import { type Control, mountControl, testControl } from './testing/test-control.ts';
import { part } from './testing/visitor.ts';

const tag = 'inlaykit-rating';
const stars = (control: Control) => [...control.shadowRoot.querySelectorAll('input')];

testControl({
  tag,
  element: RatingControl,
  value: 4,
  sent: '4',
  targets: 'label',
  act: control => stars(control)[2]!.click(),
});

describe('a rating', () => {
  afterEach(() => {
    document.querySelector('form')?.remove();
    document.documentElement.lang = 'en';
  });

  it('fills the stars up to the one that was chosen, and is taken back by choosing it again', async () => {
    const { control } = await mountControl(tag);
    stars(control)[2]!.click();
    await control.updateComplete;
    same([control.value, control.shadowRoot.querySelectorAll('.full').length], [3, 3]);
    stars(control)[2]!.click();
    await control.updateComplete;
    same([control.value, control.shadowRoot.querySelectorAll('.full,:checked').length], [null, 0]);
  });

  it('gives halves, said in the language', async () => {
    document.documentElement.lang = 'es';
    const { control } = await mountControl(tag, { half: '', max: '3', value: '2.5' });
    same(stars(control).length, 6);
    await until(() => stars(control)[4]?.ariaLabel?.includes(','), 'the words of the language');
    same(
      [stars(control)[4]!.ariaLabel, stars(control)[4]!.checked, part(control, '.full.end') !== null],
      ['2,5 estrellas', true, true],
    );
    control.value = 2.2;
    same(control.validity.badInput, true);
  });

  it('is one picture with its words when it is read only', async () => {
    const { control } = await mountControl(tag, { readonly: '', value: '1' });
    same([part(control).getAttribute('role'), part(control).ariaLabel, stars(control).length], ['img', '1 star', 0]);
  });
});
