import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { findings } from '../testing/test-element.ts';
import { DateControl } from './date-control.ts';
import { type Control, mountControl, testControl } from './testing/test-control.ts';
import { errorOf, fillIn, part, press } from './testing/visitor.ts';

const tag = 'inlaykit-date';
const day = (control: Control) => control.shadowRoot.activeElement?.getAttribute('data-d');
const open = async (control: Control) => {
  part(control, '.tool').click();
  await until(() => day(control), 'a day to have the focus');
};
const settled = async (control: Control) => {
  await control.updateComplete;
  await control.updateComplete;
};

testControl({
  tag,
  element: DateControl,
  value: '2026-04-10',
  sent: '2026-04-10',
  act: control => fillIn(control, '4/12/2026'),
  targets: '.box,.row .tool',
});

describe('a date control', () => {
  afterEach(() => {
    for (const form of document.querySelectorAll('form')) form.remove();
    document.documentElement.lang = 'en';
    document.documentElement.removeAttribute('dir');
  });

  it('is typed in the order of the language, and shows what it understood', async () => {
    document.documentElement.lang = 'de';
    const { control } = await mountControl(tag);
    fillIn(control, '3.4.26');
    await control.updateComplete;
    same([control.value, part(control).value], ['2026-04-03', '03.04.2026']);
    fillIn(control, '31.2.2026');
    same([control.value, control.validity.badInput], ['', true]);
  });

  it('opens at its value, goes by the keys of a date grid, picks by Enter and gives the focus back', async () => {
    const { control } = await mountControl(tag, { value: '2026-04-10' });
    part(control, '.tool').focus();
    await open(control);
    same(day(control), '2026-04-10');
    for (const [key, more, date] of [
      ['ArrowRight', {}, '2026-04-11'],
      ['ArrowDown', {}, '2026-04-18'],
      ['Home', {}, '2026-04-12'],
      ['End', {}, '2026-04-18'],
      ['PageDown', {}, '2026-05-18'],
      ['PageUp', { shiftKey: true }, '2025-05-18'],
      ['ArrowUp', {}, '2025-05-11'],
    ] as const) {
      press(control.shadowRoot.activeElement!, key, more);
      await settled(control);
      same(day(control), date, key);
    }
    const events: string[] = [];
    for (const type of ['input', 'change']) control.addEventListener(type, () => events.push(type));
    press(control.shadowRoot.activeElement!, 'Enter');
    await settled(control);
    same([control.value, events], ['2025-05-11', ['input', 'change']]);
    await until(() => control.shadowRoot.activeElement === part(control, '.tool'), 'the focus to be back');
    same(part(control, '[popover]').matches(':popover-open'), false);
  });

  it('goes the other way from right to left, and the week begins as in the language', async () => {
    document.documentElement.dir = 'rtl';
    document.documentElement.lang = 'de';
    const { control } = await mountControl(tag, { value: '2026-04-10' });
    await open(control);
    press(control.shadowRoot.activeElement!, 'ArrowLeft');
    await settled(control);
    same(day(control), '2026-04-11');
    press(control.shadowRoot.activeElement!, 'Home');
    await settled(control);
    same(day(control), '2026-04-06', 'a Monday');
  });

  it('keeps within its limits and takes no day that is not free', async () => {
    const { control } = await mountControl(
      tag,
      { min: '2026-04-05', max: '2026-04-20', value: '2026-04-06' },
      { accepts: (date: string) => date !== '2026-04-07' },
    );
    await open(control);
    press(control.shadowRoot.activeElement!, 'PageUp');
    await settled(control);
    same(day(control), '2026-04-05');
    press(control.shadowRoot.activeElement!, 'PageDown');
    await settled(control);
    same(day(control), '2026-04-20');
    const cell = (date: string) => part<HTMLElement>(control, `[data-d="${date}"]`);
    same(
      [cell('2026-04-07').ariaDisabled, cell('2026-04-21').ariaDisabled, cell('2026-04-08').ariaDisabled],
      ['true', 'true', 'false'],
    );
    cell('2026-04-07').click();
    same(control.value, '2026-04-06');
    part(control, '[popover]').hidePopover();
    fillIn(control, '4/4/2026');
    control.dispatchEvent(new FocusEvent('focusout'));
    await control.updateComplete;
    same([control.validity.rangeUnderflow, errorOf(control)], [true, 'Choose 04/05/2026 or later.']);
    fillIn(control, '4/7/2026');
    same(control.validationMessage, 'This cannot be chosen.');
  });

  it('has no serious finding of axe while it is open, and stays in the window', async () => {
    const { control, form } = await mountControl(tag, { value: '2026-04-10' });
    await open(control);
    same(await findings(form), []);
    await new Promise(resume => requestAnimationFrame(resume));
    const { left, right, top, bottom } = part(control, '[popover]').getBoundingClientRect();
    ok(
      left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
      `it is at ${[left, top, right, bottom]} of ${[innerWidth, innerHeight]}`,
    );
  });

  it('goes with its box while the page scrolls, and closes by the button that opened it', async () => {
    const { control, form } = await mountControl(tag, { value: '2026-04-10' });
    form.style.paddingBlock = '40px 3000px';
    await open(control);
    const off = () =>
      part(control, '[popover]').getBoundingClientRect().top - part(control).getBoundingClientRect().top;
    const before = off();
    scrollBy(0, 60);
    await until(() => scrollY >= 60, 'the page to scroll');
    await until(() => Math.abs(off() - before) < 1, 'the calendar to be beside its box again');
    // As the browser does: the press closes what is open, and the click comes after it.
    part(control, '.tool').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    part(control, '[popover]').hidePopover();
    part(control, '.tool').click();
    await settled(control);
    same(part(control, '[popover]').matches(':popover-open'), false);
    await open(control);
  });

  it('opens from the box by Alt and arrow, not when it is read only', async () => {
    const { control } = await mountControl(tag);
    press(part(control), 'ArrowDown', { altKey: true });
    await until(() => day(control));
    const fixed = (await mountControl(tag, { readonly: '' })).control;
    press(part(fixed), 'ArrowDown', { altKey: true });
    await fixed.updateComplete;
    same(part(fixed, '[popover]').matches(':popover-open'), false);
  });
});
