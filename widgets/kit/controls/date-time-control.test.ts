import { same } from '../../../embed-sdk/testing/assert.ts';
import { DateTimeControl } from './date-time-control.ts';
import { type Control, mountControl, testControl } from './testing/test-control.ts';
import { fillIn, part } from './testing/visitor.ts';

const tag = 'inlaykit-date-time';
const half = (control: Control, name: 'date' | 'time') => part<Control>(control, `inlaykit-${name}`);
const enter = async (control: Control, date: string, time: string) => {
  await half(control, 'time').updateComplete;
  fillIn(half(control, 'date'), date);
  fillIn(half(control, 'time'), time);
  await control.updateComplete;
};

testControl({
  tag,
  element: DateTimeControl,
  attributes: { zone: 'Europe/Prague' },
  value: '2026-06-01T10:30:00Z',
  sent: '2026-06-01T10:30:00Z',
  targets: '.box',
  act: control => enter(control, '2026-06-02', '09:00'),
});

describe('a date and time control', () => {
  afterEach(() => document.querySelector('form')?.remove());

  it('reads the clock of its zone, which it shows', async () => {
    const { control } = await mountControl(tag, { zone: 'America/New_York' });
    await enter(control, '7/4/2026', '18:00');
    same(control.value, '2026-07-04T22:00:00Z');
    same(part(control, '#zone').textContent, 'Eastern Daylight Time (GMT-4)');
    control.value = '2026-12-24T23:00:00Z';
    await control.updateComplete;
    same([half(control, 'date').value, half(control, 'time').value], ['2026-12-24', '18:00']);
    same(part(control, '#zone').textContent, 'Eastern Standard Time (GMT-5)');
  });

  it('keeps one half while the other is missing, and says so', async () => {
    const { control } = await mountControl(tag, { zone: 'UTC' });
    fillIn(half(control, 'date'), '2026-06-02');
    await control.updateComplete;
    same(
      [control.value, control.validationMessage, half(control, 'date').value],
      ['', 'Enter a day and a time.', '2026-06-02'],
    );
    fillIn(half(control, 'time'), '09:00');
    same([control.value, control.validity.valid], ['2026-06-02T09:00:00Z', true]);
    fillIn(half(control, 'time'), '');
    await control.updateComplete;
    same([control.value, half(control, 'date').value], ['', '2026-06-02']);
  });

  it('holds to its limits, said on the clock of the zone', async () => {
    const { control } = await mountControl(tag, { zone: 'Europe/Prague', min: '2026-06-01T10:30:00Z' });
    control.value = '2026-06-01T10:29:00Z';
    same(control.validationMessage.replace(/\s/g, ' '), 'Choose Jun 1, 2026, 12:30 PM or later.');
  });
});
