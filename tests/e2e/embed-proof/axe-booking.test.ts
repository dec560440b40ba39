import { after, before, describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { type Answers, changeHello, cutOff, heldBack, holdPatience } from './answers.ts';
import { check, openJudged } from './axe.ts';
import { toDone, withSalon } from './booking-details-stops.ts';
import { toTimes } from './booking-times-stops.ts';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { hasFocus } from './reach-checks.ts';
import { inPage, slot } from './steps.ts';
import { button, press, walk } from './walk.ts';

interface Hello {
  services: { description: string | null; price: unknown; name: string; durations: number[] }[];
  staff: { name: string; title: string | null }[];
}

/** Stops that differ where the widget is not in its place. */
const elsewhere = [
  'people',
  'times on their way',
  'times did not come',
  'nothing free this month',
  'next free day',
  'a time being taken',
  'taken',
  'kept',
  'faults that the server found',
  'no connection',
  'run out',
];

describe('axe finds nothing serious in a booking, whatever comes between, and the focus goes on', {
  timeout: 600_000,
}, () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  const open = (body: string, prepare?: (context: BrowserContext) => Promise<unknown>, root?: string) =>
    openJudged(world, body, prepare, root);
  const tagIn = (mode: string) => `<inlay-booking mode="${mode}" label="Make an appointment"></inlay-booking>`;

  it('in its place, from the services to what was asked for', async () => {
    const says: Answers = {};
    const { page, close } = await open(tag, context => withSalon(context, says));
    await walk({ page, name: 'booking', tag: 'inlay-booking', stops: [...toTimes(says), ...toDone(says)] });
    await close();
  });

  for (const [mode, dir] of [
    ['popup', 'rtl'],
    ['float', 'ltr'],
    ['frame', 'ltr'],
  ] as const)
    it(`${mode} ${dir}, from the services to a time that ran out`, async () => {
      const says: Answers = {};
      const root = `lang="en" dir="${dir}"`;
      const { page, close } = await open(tagIn(mode), context => withSalon(context, says), root);
      const framed = mode === 'frame';
      if (!framed) await press(page.locator('main'), /^Make an appointment$/);
      const stops = [...toTimes(says), ...toDone(says)].filter(({ name }) => elsewhere.includes(name));
      await walk({ page, name: `booking ${mode}`, tag: 'inlay-booking', stops, framed });
      if (!framed) {
        await page.keyboard.press('Escape');
        await hasFocus(page, /^button .*Make an appointment/s, `booking ${mode} closed`);
      }
      await close();
    });

  for (const [mode, dir] of [
    ['inline', 'ltr'],
    ['popup', 'ltr'],
    ['float', 'rtl'],
    ['frame', 'rtl'],
  ] as const)
    it(`${mode} ${dir}, while it loads, when nothing comes, and with nothing to book`, async () => {
      const root = `lang="en" dir="${dir}"`;
      const onDemand = mode === 'popup' || mode === 'float';
      const late = heldBack();
      const loading = await open(
        tagIn(mode),
        async context => {
          await context.addInitScript(holdPatience);
          await context.route('**/session?*', late.answer);
        },
        root,
      );
      if (onDemand) await press(loading.page.locator('main'), /^Make an appointment$/);
      // A frame begins once there is something to show in it.
      if (mode !== 'frame') {
        await inPage(loading.page).locator('.bone').first().waitFor();
        await check(loading.page, `loading ${mode}`, 'html');
      }
      late.go(cutOff);
      await button(loading.page.locator('main'), /^Try again$/).waitFor();
      await check(loading.page, `failed ${mode}`, 'html');
      if (onDemand) {
        await loading.page.context().unroute('**/session?*');
        // What lies under the dialog cannot be focused.
        const again = button(loading.page.locator('main'), /^Try again$/);
        await again.focus();
        await hasFocus(loading.page, /^button .*Try again/s, `${mode} failed`);
        await again.press('Enter');
        await hasFocus(loading.page, /^button\s*$/, `${mode} tried again`);
        await button(inPage(loading.page), /^Cut and finish/).waitFor();
        await loading.page.keyboard.press('Escape');
        await hasFocus(loading.page, /^button .*Make an appointment/s, `${mode} closed`);
      }
      await loading.close();

      const empty = await open(
        tagIn(mode),
        context =>
          changeHello<Hello>(context, 'booking', data => {
            data.services = [];
          }),
        root,
      );
      if (onDemand) await press(empty.page.locator('main'), /^Make an appointment$/);
      const place = mode === 'frame' ? empty.page.frameLocator('iframe') : empty.page;
      await place.getByText('Nothing can be booked online').waitFor();
      await check(empty.page, `empty ${mode}`, 'html');
      await empty.close();
    });

  it('with long words and no prices, and with what the page has fixed', async () => {
    const wordy = await open(tag, context =>
      changeHello<Hello>(context, 'booking', ({ services, staff }) => {
        for (const service of services) service.price = null;
        Object.assign(services[0]!, { description: null });
        Object.assign(services[1]!, {
          name: 'Haarverlängerung mit Tiefenpflege und Farbauffrischung',
          description: 'Everything from the first talk over a cup of coffee to the last look into the mirror. '.repeat(
            3,
          ),
          durations: [120, 20, 30, 45, 150],
        });
        Object.assign(staff[0]!, { name: 'Wolfeschlegelsteinhausenbergerdorff', title: null });
      }),
    );
    const widget = inPage(wordy.page);
    await button(widget, /^Haar/).waitFor();
    await check(wordy.page, 'long words');
    await press(widget, /^Haar/);
    await hasFocus(wordy.page, /^h2 .*With whom/s, 'people with long names');
    await check(wordy.page, 'people with long names');
    await press(widget, /^Wolfe/);
    await hasFocus(wordy.page, /^h2 .*When suits you/s, 'five lengths');
    await button(widget, slot).waitFor();
    await check(wordy.page, 'five lengths');
    const person = await widget.evaluate(el => (el as unknown as { person: { id: string } }).person.id);
    await wordy.close();

    const late = heldBack();
    const fixed = await open(tag.replace('>', ` service="colour" staff="${person}">`), context =>
      context.route('**/embed/c/next-*.js', late.answer),
    );
    await inPage(fixed.page).locator('.bone').first().waitFor();
    await check(fixed.page, 'fixed by the page, on its way');
    late.go();
    await button(inPage(fixed.page), slot).waitFor();
    await check(fixed.page, 'fixed by the page');
    await fixed.close();
  });
});
