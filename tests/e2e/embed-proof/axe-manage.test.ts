import { after, before, describe, it } from 'node:test';
import { type Answers, answerAs, change, cutOff, heldBack } from './answers.ts';
import { check, openJudged } from './axe.ts';
import { bookedLink, toCancelled, toMoved } from './booking-manage-stops.ts';
import { type ForeignWorld, startForeignWorld } from './foreign-world.ts';
import { hasFocus } from './reach-checks.ts';
import { button, press, walk } from './walk.ts';

/** Bookings that can no longer be changed, with what the visitor reads. */
const over = {
  'Waiting for confirmation': { status: 'pending' },
  Completed: { status: 'completed' },
  Missed: { status: 'noShow' },
  Expired: { status: 'expired', staff: { id: 'gone', name: '' } },
};

/** Stops that differ where the widget is not in its place. */
const elsewhere = [
  'seen',
  'times',
  'another time',
  'the new time taken',
  'kept at its time',
  'asked whether to cancel',
  'too late to cancel',
];

describe('axe finds nothing serious in a booking by its link, and the focus goes on', { timeout: 600_000 }, () => {
  let world: ForeignWorld;
  let token: string;
  before(async () => {
    world = await startForeignWorld();
    token = await bookedLink(world);
  });
  after(() => world?.stop());

  const open = (says: Answers, attributes: string, dir = 'ltr') =>
    openJudged(
      world,
      `<inlay-booking-manage ${attributes}></inlay-booking-manage>`,
      context => answerAs(context, says),
      `lang="en" dir="${dir}"`,
    );

  for (const [mode, dir] of [
    ['popup', 'rtl'],
    ['float', 'ltr'],
    ['frame', 'rtl'],
  ] as const)
    it(`${mode} ${dir}, with what is refused`, async () => {
      const says: Answers = {};
      const { page, close } = await open(says, `token="${token}" mode="${mode}" label="Your booking"`, dir);
      const framed = mode === 'frame';
      if (!framed) await press(page.locator('main'), /^Your booking$/);
      const stops = [...toMoved(says), ...toCancelled(says)].filter(({ name }) => elsewhere.includes(name));
      await walk({ page, name: `manage ${mode}`, tag: 'inlay-booking-manage', stops, framed });
      if (!framed) {
        await page.keyboard.press('Escape');
        await hasFocus(page, /^button .*Your booking/s, `manage ${mode} closed`);
      }
      await close();
    });

  it('in its place: moved, cancelled, an old link, and what is over', async () => {
    const late = heldBack();
    const says: Answers = { view: late.answer };
    const { page, close } = await open(says, `token="${token}"`);
    const widget = page.locator('inlay-booking-manage');
    await widget.locator('.bone').first().waitFor();
    await check(page, 'manage on its way');
    late.go();
    const stops = [...toMoved(says), ...toCancelled(says)];
    await walk({ page, name: 'manage', tag: 'inlay-booking-manage', stops });
    await page.reload();
    await widget.getByText('no longer the newest').waitFor();
    await check(page, 'manage by an old link');
    for (const [words, booking] of Object.entries(over)) {
      says['view'] = change<{ data: object }>(({ data }) => Object.assign(data, { current: true, ...booking }));
      await page.reload();
      await widget.getByText(words, { exact: true }).waitFor();
    }
    await check(page, 'manage what is over');
    await close();
  });

  it('without a connection, and with a link that leads nowhere', async () => {
    const says: Answers = { view: cutOff };
    const { page, close } = await open(says, 'token="none"');
    const widget = page.locator('inlay-booking-manage');
    await press(widget, /^Try again$/);
    await hasFocus(page, /^button .*Try again/s, 'still without a connection');
    await check(page, 'manage without a connection');
    says['view'] = undefined;
    await press(widget, /^Try again$/);
    await hasFocus(page, /^p .*not known/s, 'a link that leads nowhere');
    await button(widget, /^Try again$/).waitFor({ state: 'detached' });
    await check(page, 'manage a link that leads nowhere');
    await close();
  });
});
