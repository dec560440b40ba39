import { same } from '../../../embed-sdk/testing/assert.ts';
import { mountControl, testControl } from './testing/test-control.ts';
import { fillIn } from './testing/visitor.ts';
import { TimeControl } from './time-control.ts';

const tag = 'inlaykit-time';

testControl({ tag, element: TimeControl, value: '09:30', sent: '09:30', act: control => fillIn(control, '10:00') });

describe('a time control', () => {
  afterEach(() => document.querySelector('form')?.remove());

  it('holds to its limits and its steps, and says them as the language writes times', async () => {
    const { control } = await mountControl(tag, { min: '09:00', max: '17:00', step: '20' });
    const verdicts = [
      ['08:40', 'Choose 9:00 AM or later.'],
      ['17:20', 'Choose 5:00 PM or earlier.'],
      ['09:30', 'This cannot be chosen.'],
      ['09:40', ''],
    ];
    for (const [time, message] of verdicts) {
      fillIn(control, time!);
      same(control.validationMessage.replace(/\s/g, ' '), message, time);
    }
  });
});
