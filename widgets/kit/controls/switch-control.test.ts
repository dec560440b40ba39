import { same } from '../../../embed-sdk/testing/assert.ts';
import { SwitchControl } from './switch-control.ts';
import { mountControl, testControl } from './testing/test-control.ts';
import { part } from './testing/visitor.ts';

const tag = 'inlaykit-switch';

testControl({
  tag,
  element: SwitchControl,
  value: true,
  sent: 'true',
  targets: '.switch',
  act: control => part(control).click(),
});

describe('a switch', () => {
  afterEach(() => document.querySelector('form')?.remove());

  it('goes on and off, not when it is read only', async () => {
    const { control } = await mountControl(tag);
    part(control).click();
    same(control.value, true);
    await control.updateComplete;
    part(control).click();
    same(control.value, false);
    control.readonly = true;
    await control.updateComplete;
    part(control).click();
    same([control.value, part(control).checked], [false, false]);
  });
});
