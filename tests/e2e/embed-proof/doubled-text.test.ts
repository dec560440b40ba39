import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { rest } from '../rest.ts';
import type { Answers } from './answers.ts';
import { openJudged } from './axe.ts';
import { toDone, withSalon } from './booking-details-stops.ts';
import { bookedLink, toCancelled, toMoved } from './booking-manage-stops.ts';
import { toTimes } from './booking-times-stops.ts';
import { toThanks } from './contact-stops.ts';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { hasFocus, tabTo } from './reach-checks.ts';
import { heading } from './steps.ts';
import { doubled, moving, narrow, spilt } from './visitor-settings.ts';
import type { Stop } from './walk.ts';

describe('twice the text on 320 px, less motion, and no pointer', { timeout: 300_000 }, () => {
  let world: ForeignWorld;
  let token: string;
  before(async () => {
    world = await startForeignWorld();
    token = await bookedLink(world);
  });
  after(() => world?.stop());

  const manageTag = () => `<inlay-booking-manage token="${token}"></inlay-booking-manage>`;
  const contactTag = '<inlay-contact></inlay-contact>';

  for (const [name, body, stopsOf] of [
    ['inlay-booking', () => tag, says => [...toTimes(says), ...toDone(says)]],
    ['inlay-contact', () => contactTag, toThanks],
    // What changes the booking is done by keyboard below, as its link is good for that once.
    ['inlay-booking-manage', manageTag, says => [...toMoved(says).slice(0, -1), ...toCancelled(says).slice(0, -1)]],
  ] as const satisfies readonly (readonly [string, () => string, (says: Answers) => readonly Stop[]])[])
    it(`${name}: nothing is cut off or beyond the window, and nothing moves`, async () => {
      const says: Answers = {};
      const { page, close } = await openJudged(world, body(), context => withSalon(context, says), doubled);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await narrow(page);
      for (const { name: stop, go } of stopsOf(says)) {
        await go(page.locator(name));
        await rest(page);
        assert.deepEqual([await spilt(page), await moving(page)], [[], []], stop);
      }
      await close();
    });

  it('a message is written and sent by keyboard alone', async () => {
    const { page, heard, close } = await openJudged(world, contactTag);
    await heard('ready');
    await page.locator('inlay-contact inlaykit-phone input').waitFor();
    await tabTo(page, /^input name/);
    await page.keyboard.type('Jana Testová');
    await tabTo(page, /^input email/);
    await page.keyboard.type('jana.testova@mail.example');
    await tabTo(page, /^textarea message/);
    await page.keyboard.type('Do you have time on Friday?');
    await tabTo(page, /^input consent/);
    await page.keyboard.press('Space');
    await tabTo(page, /^button .*Send/s);
    // A form that is sent too soon after it was shown is a machine's.
    await page.waitForTimeout(1_500);
    await page.keyboard.press('Enter');
    await hasFocus(page, /^h2 .*Thank you/s, 'sent by keyboard');
    await tabTo(page, /^button .*Write another/s);
    await close();
  });

  it('a booking is moved and cancelled by its link, by keyboard alone', async () => {
    const { page, close } = await openJudged(world, manageTag());
    const widget = page.locator('inlay-booking-manage');
    await heading(widget, 'Your booking');
    await tabTo(page, /^button .*Change the time/s);
    await page.keyboard.press('Enter');
    await hasFocus(page, /^h2 .*Choose a new time/s, 'times by keyboard');
    await widget.locator('.slot').first().waitFor();
    await tabTo(page, /^td /);
    await tabTo(page, /^button\s+\d{1,2}:\d\d/);
    await page.keyboard.press('Enter');
    await hasFocus(page, /^h2 .*Move your booking/s, 'another time by keyboard');
    await tabTo(page, /^button .*Move to/s);
    await page.keyboard.press('Enter');
    await hasFocus(page, /^h2 .*Your booking/s, 'moved by keyboard');
    await tabTo(page, /^button .*Cancel the booking/s);
    await page.keyboard.press('Enter');
    await hasFocus(page, /^h2 .*Cancel this booking/s, 'asked by keyboard');
    await tabTo(page, /^button .*Cancel the booking/s);
    await page.keyboard.press('Enter');
    await widget.getByText('is cancelled').waitFor();
    await hasFocus(page, /^h2 .*Your booking/s, 'cancelled by keyboard');
    await close();
  });
});
