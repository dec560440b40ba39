import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { rest } from '../rest.ts';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inPage, steps } from './steps.ts';

const looks = {
  light: 'body { font: 16px/1.5 Georgia, serif; color: #222; background: #fff }',
  dark: 'body { font: 16px/1.5 Georgia, serif; color: #eee; background: #15171c }',
};
/** What a step's paper has to say, and no more buttons than those that are content. */
const content: Readonly<Record<string, { readonly texts: readonly string[]; readonly buttons: RegExp }>> = {
  services: { texts: ['Cut and finish', 'Beard trim'], buttons: /CZK/ },
  staff: { texts: ['With whom?', 'Elena Horáková', 'Rosa Nováková'], buttons: /Anyone|Elena|Jakub|Rosa/ },
  times: { texts: ['When suits you?', 'Jakub Marek'], buttons: /^\d{1,2}:\d\d/ },
  details: { texts: ['Cut and finish', 'Your details', 'E-mail'], buttons: /^never/ },
  'details with errors': { texts: ['Your details', 'Please enter your name.'], buttons: /^never/ },
  done: { texts: ['You are booked', 'Cut and finish', "Rosa's Salon"], buttons: /^never/ },
};

/** What would be on paper: texts with their colour, buttons, and boxes that hold back a part of what is in them. */
const onPaper = (page: Page) =>
  page.evaluate(() => {
    const { shadowRoot } = document.querySelector('inlay-booking')!;
    const frame = shadowRoot!.querySelector('.frame')!;
    const dot = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    const luminance = (color: string) => {
      dot.clearRect(0, 0, 1, 1);
      dot.fillStyle = color;
      dot.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = dot.getImageData(0, 0, 1, 1).data;
      // What is seen through lies on white.
      const linear = [red!, green!, blue!].map(part => {
        const value = (part * alpha! + 255 * (255 - alpha!)) / 255 / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
    };
    const seen = [...frame.querySelectorAll<HTMLElement>('*')].filter(
      element =>
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest('.sr, option'),
    );
    const own = (element: Element) =>
      [...element.childNodes].map(node => (node instanceof Text ? node.data.trim() : '')).join('');
    const texts = seen.filter(own);
    return {
      texts: texts.map(own),
      /** Of the contrasts with white the smallest. */
      contrast: Math.min(...texts.map(element => 1.05 / (luminance(getComputedStyle(element).color) + 0.05))),
      buttons: seen
        .filter(({ localName }) => /^(?:button|a)$/.test(localName))
        .map(({ innerText }) => innerText.trim()),
      cut: seen
        .filter(
          element =>
            getComputedStyle(element).overflow !== 'visible' &&
            !/^(?:input|textarea|select|svg)$/.test(element.localName),
        )
        .filter(
          ({ scrollHeight, clientHeight, scrollWidth, clientWidth }) =>
            scrollHeight > clientHeight + 1 || scrollWidth > clientWidth + 1,
        )
        .map(({ className }) => className),
      paper: luminance(getComputedStyle(frame).backgroundColor),
      height: frame.getBoundingClientRect().height,
    };
  });

const pages = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

describe('on paper', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  for (const [look, css] of Object.entries(looks))
    it(`a ${look} page: each step in dark on white, whole, without controls that mean nothing there`, async () => {
      const foreign = await world.open(`<h1>Salon</h1>${world.script()}${tag}<p>after</p>`, { css });
      const { page } = foreign;
      await foreign.heard('ready');
      for (const step of steps) {
        await page.emulateMedia({ media: 'screen' });
        await step.go(inPage(page));
        await page.emulateMedia({ media: 'print' });
        await rest(page);
        const paper = await onPaper(page);
        const { texts, buttons } = content[step.name]!;
        const all = paper.texts.join('\n');
        for (const text of texts) assert.ok(all.includes(text), `${step.name}: ${text} is missing in ${all}`);
        assert.deepEqual(
          paper.buttons.filter(name => !buttons.test(name)),
          [],
          step.name,
        );
        assert.ok(paper.contrast >= 4.5, `${step.name}: ${paper.contrast}`);
        // Where the browser is told to print backgrounds, ours is there for the text.
        assert.equal(paper.paper, 1, step.name);
        assert.deepEqual(paper.cut, [], step.name);
      }
      await foreign.close();
    });

  it('a list that is longer than a sheet goes on with the next', async () => {
    const foreign = await world.open(`${world.script()}${tag}`, { css: looks.light });
    await foreign.heard('ready');
    const { page } = foreign;
    const sheet = 150;
    assert.equal(pages(await page.pdf({ width: '500px', height: '1000px' })), 1);
    await page.emulateMedia({ media: 'print' });
    const { height } = await onPaper(page);
    assert.ok(height > 2 * sheet, `${height} px`);
    assert.ok(pages(await page.pdf({ width: '500px', height: `${sheet}px` })) >= Math.ceil(height / sheet));
    await foreign.close();
  });

  it('the room that the page keeps on a screen leaves no gap on paper', async () => {
    const foreign = await world.open(`${world.script()}${tag.replace('420', '2000')}<p>after</p>`, {
      css: looks.light,
    });
    await foreign.heard('ready');
    await foreign.page.emulateMedia({ media: 'print' });
    const height = await foreign.page
      .locator('inlay-booking')
      .evaluate(element => element.getBoundingClientRect().height);
    assert.ok(height < 600, `${height} px`);
    await foreign.close();
  });
});
