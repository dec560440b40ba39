import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { rest } from '../rest.ts';
import { type ForeignPage, type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { bookByKeyboard, tooWide } from './reach-checks.ts';
import { inPage, steps } from './steps.ts';

const css = 'body { font: 16px/1.5 Georgia, serif; color: #222; background: #fff; margin: 8px }';

describe('within everybody’s reach', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  const open = async (options: Parameters<ForeignWorld['open']>[1] = {}): Promise<ForeignPage> => {
    const foreign = await world.open(`<h1>Salon</h1>${world.script()}${tag}<p>after</p>`, { css, ...options });
    await foreign.heard('ready');
    return foreign;
  };

  for (const [name, options] of Object.entries({
    '320 px': { context: { viewport: { width: 320, height: 640 } } },
    // What 1280 px are at 200 %, in CSS pixels.
    '200 % zoom': { context: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 } },
    'twice the text': { css: css.replace('16px', '32px'), context: { viewport: { width: 640, height: 900 } } },
    'right to left': { root: 'lang="en" dir="rtl"', context: { viewport: { width: 390, height: 800 } } },
  }))
    it(`${name}: nothing is wider than the window, in any step`, async () => {
      const { page, close } = await open(options);
      for (const step of steps) {
        await step.go(inPage(page));
        await rest(page);
        assert.ok((await tooWide(page)) <= 0, `${step.name}: ${await tooWide(page)} px too wide`);
      }
      await close();
    });

  it('a page from right to left has the widget from right to left', async () => {
    const { page, close } = await open({ root: 'lang="en" dir="rtl"' });
    const row = inPage(page).getByRole('button', { name: /Cut and finish/ });
    const whole = (await row.boundingBox())!;
    const name = (await row.locator('b').boundingBox())!;
    assert.ok(name.x + name.width > whole.x + whole.width / 2, JSON.stringify({ whole, name }));
    await close();
  });

  it('forced colours: what is chosen, wrong or in focus is told in the system’s colours', async () => {
    const { page, close } = await open({ context: { forcedColors: 'active', reducedMotion: 'reduce' } });
    /** What the system paints with a colour of its own. */
    const system = (colour: string) =>
      page.evaluate(name => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.cssText = `forced-color-adjust: none; color: ${name}`;
        const { color } = getComputedStyle(probe);
        probe.remove();
        return color;
      }, colour);
    const looksOf = (selector: string) =>
      inPage(page)
        .locator(selector)
        .first()
        .evaluate(element => {
          const { backgroundColor, color, borderTopStyle, borderTopWidth, outlineStyle, outlineColor, outlineWidth } =
            getComputedStyle(element);
          return { backgroundColor, color, borderTopStyle, borderTopWidth, outlineStyle, outlineColor, outlineWidth };
        });
    const chosen = { backgroundColor: await system('Highlight'), color: await system('HighlightText') };
    const isChosen = async (selector: string) => {
      const { backgroundColor, color } = await looksOf(selector);
      assert.deepEqual({ backgroundColor, color }, chosen, selector);
    };
    await inPage(page)
      .getByRole('button', { name: /Beard trim/ })
      .waitFor();
    for (const step of steps.slice(0, 3)) await step.go(inPage(page));
    await isChosen('td[aria-selected=true]');
    // The last days of a month may have one free day among them.
    await inPage(page).getByRole('button', { name: 'Next month' }).click();
    await isChosen('td[aria-selected=true]');
    assert.equal((await looksOf('td.free:not([aria-selected=true])')).borderTopStyle, 'solid');
    await page.keyboard.press('Tab');
    await inPage(page).locator('button.slot').first().focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    const ring = await looksOf('button.slot');
    assert.equal(ring.outlineStyle, 'solid');
    assert.ok(parseFloat(ring.outlineWidth) >= 2 && ring.outlineColor !== 'rgba(0, 0, 0, 0)');
    // A time is pressed while it is being taken.
    await page.route('**/actions/hold', async route => {
      await new Promise(resume => setTimeout(resume, 2_000));
      await route.continue();
    });
    await inPage(page).locator('button.slot').first().click();
    await isChosen('button.slot[aria-busy=true]');
    await inPage(page).getByRole('heading', { name: 'Your details' }).waitFor();
    await steps[4]!.go(inPage(page));
    const { color } = await looksOf('.error');
    assert.equal(color, await system('CanvasText'));
    const [wrong, right] = [await looksOf('input[aria-invalid=true]'), await looksOf('input[aria-invalid=false]')];
    assert.ok(
      parseFloat(wrong.borderTopWidth) > parseFloat(right.borderTopWidth),
      'the wrong field is told without a colour',
    );
    await close();
  });

  it('forced colours: buttons keep an edge or underline of the system’s', async () => {
    const { page, close } = await open({ context: { forcedColors: 'active' } });
    for (const step of steps.slice(0, 4)) await step.go(inPage(page));
    const go = inPage(page).getByRole('button', { name: /^Book / });
    const { width, style } = await go.evaluate(element => {
      const { borderTopWidth, borderTopStyle } = getComputedStyle(element);
      return { width: parseFloat(borderTopWidth), style: borderTopStyle };
    });
    assert.ok(width >= 1 && style === 'solid');
    await close();
  });

  it('less motion: nothing in the widget is animated or in transition', async () => {
    const { page, close } = await open({ context: { reducedMotion: 'reduce' } });
    const moves = () =>
      page.evaluate(() =>
        document
          .querySelector('inlay-booking')!
          .shadowRoot!.getAnimations()
          .filter(({ timeline }) => timeline instanceof DocumentTimeline)
          .map(animation => `${(animation as CSSAnimation).animationName}`),
      );
    for (const step of steps.slice(0, 5)) {
      await step.go(inPage(page));
      assert.deepEqual(await moves(), [], step.name);
    }
    await close();
    const lively = await open({ context: { reducedMotion: 'no-preference' } });
    await steps[0]!.go(inPage(lively.page));
    await lively.page.locator('inlay-booking .moved').waitFor();
    await lively.page.evaluate(() => {
      const { shadowRoot } = document.querySelector('inlay-booking')!;
      (shadowRoot!.querySelector('button.row') as HTMLElement).click();
    });
    await lively.page.waitForFunction(() =>
      document
        .querySelector('inlay-booking')!
        .shadowRoot!.getAnimations()
        .some(({ timeline, playState }) => timeline instanceof DocumentTimeline && playState === 'running'),
    );
    await lively.close();
  });

  it('by keyboard alone, from the first tab to the confirmation', async () => {
    const { page, heard, close } = await open();
    await bookByKeyboard(page);
    await heard('booking-confirmed');
    await close();
  });
});
