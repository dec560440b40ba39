import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page, Route } from 'playwright-core';
import { rest } from '../rest.ts';
import { type ForeignWorld, startForeignWorld, tag } from './foreign-world.ts';
import { inFrame, inPage, steps } from './steps.ts';

type Box = readonly [name: string, left: number, top: number, width: number, height: number];

const hostile = readFileSync(new URL('../../../bench/embed/hostile.css', import.meta.url), 'utf8');
const clean = 'body { margin: 0; font: 16px/1.5 Georgia, serif; color: #222; background: #fff } main { width: 640px }';

const modes = {
  inline: tag,
  popup: '<inlay-booking mode="popup" label="Make an appointment"></inlay-booking>',
  float: '<inlay-booking mode="float" label="Make an appointment"></inlay-booking>',
  frame: tag.replace('<inlay-booking', '<inlay-booking mode="frame"'),
};

/** Of every element in the widget: its box, within the dialog if it is in one, else within the tag. */
const boxes = (page: Page): Promise<Box[]> =>
  page.evaluate(() => {
    const el = document.querySelector('inlay-booking')!;
    const origin = el.getBoundingClientRect();
    // What takes no room (options of a list, slots, probes) has no place either.
    const all = [el, ...el.shadowRoot!.querySelectorAll('*')].filter(element => {
      const { width, height } = element.getBoundingClientRect();
      return width + height > 0;
    });
    return all.map(element => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const dialog = element.parentElement?.closest('dialog');
      const from = dialog ? dialog.getBoundingClientRect() : element.localName === 'dialog' ? new DOMRect() : origin;
      // Whether later views may come in with a movement is a matter of time.
      const name = `${element.localName}.${element.className}`.replace(' moved', '');
      return [name, left - from.left, top - from.top, width, height] as const;
    });
  });

const apart = (calm: readonly Box[], other: readonly Box[]): string[] =>
  calm.flatMap(([name, ...box], index) => {
    const [found, ...values] = other[index] ?? ['nothing'];
    const far = Math.max(...box.map((value, part) => Math.abs(value - (values[part] ?? Number.NaN))));
    return found === name && far <= 1 ? [] : [`${name} is ${far} px off (${box} / ${values})`];
  });

describe('hostile style sheets', () => {
  let world: ForeignWorld;
  /** Replies by what was asked, so that both pages show the same times. */
  const replies = new Map<string, { status: number; headers: Record<string, string>; body: Buffer }>();
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  const replay = async (route: Route) => {
    const request = route.request();
    const key = `${request.method()} ${request.url()} ${request.postData()}`;
    if (!replies.has(key)) {
      const reply = await route.fetch();
      replies.set(key, { status: reply.status(), headers: reply.headers(), body: await reply.body() });
    }
    await route.fulfill(replies.get(key)!);
  };

  /** The boxes of each step that a page with this style sheet goes through. */
  async function walk(mode: keyof typeof modes, css: string): Promise<Map<string, Box[]>> {
    const foreign = await world.open(`${world.script()}${modes[mode]}`, {
      css,
      context: { viewport: { width: 1200, height: 900 } },
      prepare: (context: BrowserContext) => context.route('**/api/m/**', replay),
    });
    const { page } = foreign;
    const found = new Map<string, Box[]>();
    const keep = async (name: string) => {
      await page.mouse.move(0, 0);
      for (const frame of page.frames()) await rest(frame);
      found.set(name, await boxes(page));
    };
    if (mode === 'popup' || mode === 'float') {
      const trigger = page.getByRole('button', { name: 'Make an appointment' });
      await trigger.waitFor();
      await keep('trigger');
      // Pressed by the keyboard: a page may well move what the mouse is over.
      await trigger.press('Enter');
    }
    await foreign.heard('ready');
    const place = mode === 'frame' ? inFrame(page) : inPage(page);
    for (const step of steps) {
      await step.go(place);
      await keep(step.name);
    }
    await foreign.close();
    return found;
  }

  for (const mode of Object.keys(modes) as (keyof typeof modes)[])
    it(`${mode}: every box of every step is where it is on a clean page, give or take a pixel`, async () => {
      const calm = await walk(mode, clean);
      const other = await walk(mode, clean + hostile);
      assert.ok(calm.size >= steps.length);
      const off = [...calm].flatMap(([step, box]) => {
        assert.ok(box.length > 1);
        return apart(box, other.get(step)!).map(text => `${step}: ${text}`);
      });
      assert.deepEqual(off, []);
    });
});
