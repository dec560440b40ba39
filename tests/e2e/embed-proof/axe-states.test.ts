import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Locator } from 'playwright-core';
import { changeHello, cutOff, refusal, silent } from './answers.ts';
import { check, openJudged } from './axe.ts';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { hasFocus } from './reach-checks.ts';
import { inPage, steps } from './steps.ts';
import { press } from './walk.ts';

describe('axe finds nothing serious, in rare states and in a booking by its link', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());
  const open = (body: string, prepare?: (context: BrowserContext) => Promise<unknown>, root?: string) =>
    openJudged(world, body, prepare, root);

  it('booking while it loads, with nothing to book, with a time that was taken, and when it failed', {
    timeout: 110_000,
  }, async () => {
    const loading = await open(tag, context => context.route('**/session?*', silent));
    await inPage(loading.page).locator('.bone').first().waitFor();
    await check(loading.page, 'loading', 'html');
    await loading.close();

    const empty = await open(tag, context =>
      changeHello<{ services: unknown[] }>(context, 'booking', data => {
        data.services = [];
      }),
    );
    await empty.heard('ready');
    await check(empty.page, 'empty');
    await empty.close();

    const taken = await open(tag, context =>
      context.route('**/actions/hold', route => route.fulfill(refusal('SLOT_TAKEN'))),
    );
    await taken.heard('ready');
    for (const step of steps.slice(0, 3)) await step.go(inPage(taken.page));
    const times = inPage(taken.page).getByRole('button', { name: /^\d{1,2}:\d\d/ });
    await times.first().click();
    await inPage(taken.page).getByRole('alert').waitFor();
    await hasFocus(taken.page, /^h2 .*When suits you/s, 'taken');
    // Back at the first month its button goes no further, and keeps the focus.
    await press(inPage(taken.page), /^Next month$/);
    await press(inPage(taken.page), /^Previous month$/);
    await inPage(taken.page).getByRole('button', { name: 'Previous month', disabled: true }).waitFor();
    await hasFocus(taken.page, /^button /, 'the first month');
    await check(taken.page, 'taken');
    await taken.close();

    const failed = await open(tag, context => context.route('**/embed/c/**', route => route.abort()));
    await failed.page.getByRole('button', { name: 'Try again' }).waitFor();
    await check(failed.page, 'failed');
    await failed.close();
  });

  it('booking with times that cannot be had, a month without any, a confirmation without a connection and one too late', {
    timeout: 110_000,
  }, async () => {
    let times: 'fail' | 'none' | 'real' = 'fail';
    let confirms: 'fail' | 'late' = 'fail';
    const { page, heard, close } = await open(tag, async context => {
      await context.route('**/actions/availability', async route => {
        if (times === 'fail') return route.abort();
        const response = await route.fetch();
        if (times === 'real') return route.fulfill({ response });
        const { data, ...rest } = (await response.json()) as { data: object };
        return route.fulfill({ response, json: { ...rest, data: { ...data, days: [], next: null } } });
      });
      await context.route('**/actions/confirm', route =>
        confirms === 'fail' ? route.abort('internetdisconnected') : route.fulfill(refusal('HOLD_EXPIRED')),
      );
    });
    await heard('ready');
    const widget = inPage(page);
    await steps[1]!.go(widget);
    await widget.getByRole('button', { name: /Jakub Marek/ }).click();
    await widget.getByRole('alert').waitFor();
    await check(page, 'availability failed');
    times = 'none';
    await press(widget, /^Try again$/);
    await hasFocus(page, /^h2 .*When suits you/s, 'times asked for again');
    await widget
      .getByText(/no free|nothing is free|No times/i)
      .first()
      .waitFor();
    await check(page, 'empty month');
    times = 'real';
    await widget.getByRole('button', { name: /^Change: Jakub/ }).click();
    await steps[2]!.go(widget);
    await steps[3]!.go(widget);
    await widget.getByRole('textbox', { name: 'Name' }).fill('Jana Testová');
    await widget.getByRole('textbox', { name: 'E-mail' }).fill('jana.testova@mail.example');
    await widget.getByRole('button', { name: /^Book / }).click();
    await widget.getByRole('alert').waitFor();
    await check(page, 'confirm offline');
    confirms = 'late';
    await widget.getByRole('button', { name: /^Book / }).click();
    await widget.getByRole('heading', { name: 'When suits you?' }).waitFor();
    await widget.getByRole('alert').waitFor();
    await hasFocus(page, /^h2 .*When suits you/s, 'hold expired');
    await check(page, 'hold expired');
    await close();
  });

  it('contact as it is, and with faults', { timeout: 110_000 }, async () => {
    const { page, heard, close } = await open('<inlay-contact></inlay-contact>');
    await heard('ready');
    const widget = page.locator('inlay-contact');
    await widget.locator('inlaykit-phone input').waitFor();
    await check(page, 'contact');
    await widget.getByRole('button', { name: 'Send' }).click();
    await widget.locator('[aria-invalid=true]').first().waitFor();
    await hasFocus(page, /^input name/, 'contact with faults');
    await check(page, 'contact with faults');
    await close();
  });

  it('a booking by its link: seen, moved, agreed to, cancelled, and a link that leads nowhere', {
    timeout: 110_000,
  }, async () => {
    const lost = await open('<inlay-booking-manage token="none"></inlay-booking-manage>');
    await lost.page.getByRole('alert').waitFor();
    await check(lost.page, 'missing');
    await lost.close();

    const offline = await open('<inlay-booking-manage token="none"></inlay-booking-manage>', context =>
      context.route('**/actions/view', cutOff),
    );
    const again = () => press(offline.page.locator('inlay-booking-manage'), /^Try again$/);
    await again();
    await hasFocus(offline.page, /^button .*Try again/s, 'still offline');
    await check(offline.page, 'manage offline');
    await offline.close();

    const booking = await open(tag);
    await booking.heard('ready');
    for (const step of steps) await step.go(inPage(booking.page));
    const link = (await inPage(booking.page).locator('a.link').getAttribute('href'))!;
    await booking.close();

    const token = link.split('#')[1];
    for (const [mode, dir] of [
      ['inline', 'rtl'],
      ['popup', 'ltr'],
      ['float', 'rtl'],
      ['frame', 'ltr'],
    ] as const) {
      const other = await open(
        `<inlay-booking-manage token="${token}" mode="${mode}" label="Your booking"></inlay-booking-manage>`,
        undefined,
        `lang="en" dir="${dir}"`,
      );
      const onDemand = mode === 'popup' || mode === 'float';
      if (onDemand) await press(other.page.locator('main'), /^Your booking$/);
      const place = mode === 'frame' ? other.page.frameLocator('iframe') : other.page;
      await place.getByRole('button', { name: /Cancel the booking/ }).waitFor();
      await check(other.page, `manage ${mode} ${dir}`, 'html');
      if (onDemand) {
        await other.page.keyboard.press('Escape');
        await hasFocus(other.page, /^button .*Your booking/s, `manage ${mode} closed`);
      }
      await other.close();
    }

    const { page, close } = await open(`<inlay-booking-manage token="${token}"></inlay-booking-manage>`);
    const widget: Locator = page.locator('inlay-booking-manage');
    const shows = (name: RegExp) => widget.getByRole('heading', { name }).waitFor();
    await shows(/Your booking/);
    await widget.getByRole('button', { name: /Cancel the booking/ }).waitFor();
    await check(page, 'manage');
    await press(widget, /Change the time/);
    await shows(/Choose a new time/);
    await hasFocus(page, /^h2 .*Choose a new time/s, 'manage times');
    await widget
      .getByRole('button', { name: /^\d{1,2}:\d\d/ })
      .first()
      .waitFor();
    await check(page, 'manage times');
    await press(widget, /^\d{1,2}:\d\d/);
    await shows(/Move your booking/);
    await check(page, 'manage check');
    await widget.locator('button.link').click();
    await press(widget, /Cancel/);
    await shows(/Cancel this booking/);
    await check(page, 'manage cancel');
    await press(widget, /Cancel/);
    await widget.getByRole('status').waitFor();
    await hasFocus(page, /^h2 .*Your booking/s, 'manage cancelled');
    await check(page, 'manage cancelled');
    await close();
  });
});
