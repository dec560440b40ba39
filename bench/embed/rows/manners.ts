/** How a widget behaves as a guest: loaded twice, its tag taken, globals, storage, hostile CSS. */
import { inPage, steps } from '../../../tests/e2e/embed-proof/steps.ts';
import { openPage, pause, show } from '../browser.ts';
import type { PageName } from '../foreign-pages.ts';
import { print } from '../row.ts';
import type { World } from '../world.ts';

const SETTLE_MS = 800;
const NAMES = 'Object.getOwnPropertyNames(window)';
/** Of every element in the widget that has a box of its own: that box, relative to the tag's. */
const BOXES = `(() => {
  const tag = document.querySelector('inlay-booking');
  const { left, top } = tag.getBoundingClientRect();
  return [tag, ...tag.shadowRoot.querySelectorAll('*')]
    .filter(element => !['style', 'option'].includes(element.localName))
    .map(element => {
      const box = element.getBoundingClientRect();
      return [element.localName + '.' + element.className, box.left - left, box.top - top, box.width, box.height];
    });
})()`;

type Box = readonly [name: string, ...numbers: number[]];

async function twice({ browser, proxy, url }: World): Promise<void> {
  for (const name of ['twice', 'taken'] as const) {
    const open = await openPage(browser);
    proxy.clear();
    await open.page.goto(url(name));
    await pause(name === 'taken' ? 5000 : 1500);
    const { errors, visible } = await open.probed();
    const asked = (part: string) => proxy.trips.filter(trip => trip.path.includes(part)).length;
    const detail = {
      errors,
      said: open.said,
      shows: visible !== null,
      sessions: asked('/session'),
      runtimes: asked('/runtime-'),
    };
    const title = name === 'twice' ? 'script twice and a second version: errors' : 'tag already defined: errors';
    const value = errors.length + open.said.filter(text => !text.startsWith('Inlay:')).length;
    print({ name: title, value, unit: 'errors', target: 0, detail });
    if (name === 'twice')
      print({ name: 'script twice: sessions', value: asked('/session'), unit: 'requests', target: 1 });
    await open.close();
  }
}

async function footprint({ browser, url }: World): Promise<void> {
  const namesOn = async (page: PageName) => {
    const open = await openPage(browser);
    await open.page.goto(url(page));
    await pause(SETTLE_MS + 700);
    const names = await open.evaluate<string[]>(NAMES);
    const { stored } = await open.probed();
    await open.close();
    return { names, stored };
  };
  const without = new Set((await namesOn('without')).names);
  const { names, stored } = await namesOn('strict');
  const added = names.filter(name => !without.has(name));
  print({ name: 'globals added', value: added.length, unit: 'names', target: 1, detail: added });
  print({ name: 'storage touched', value: stored.length, unit: 'calls', target: 0, detail: stored });
}

async function hostileCss({ browser, url }: World): Promise<void> {
  const boxesOn = async (page: PageName): Promise<Record<string, Box[]>> => {
    const open = await openPage(browser);
    await show(open, url(page));
    const boxes: Record<string, Box[]> = {};
    // No further: a form is a time held, which the other page would not be offered.
    for (const step of steps.slice(0, 3)) {
      await step.go(inPage(open.page));
      // Colours are sampled again after 400 ms.
      await pause(SETTLE_MS);
      boxes[step.name] = await open.evaluate<Box[]>(BOXES);
    }
    await open.close();
    return boxes;
  };
  const [calm, hostile] = [await boxesOn('calm'), await boxesOn('hostile')];
  const off = Object.entries(calm).flatMap(([step, boxes]) =>
    boxes.map(([name, ...box], index) => {
      const other = hostile[step]?.[index]?.slice(1) as number[] | undefined;
      const most = Math.max(...box.map((value, part) => Math.abs(value - (other?.[part] ?? Number.NaN))));
      return { step, name, off: Number.isNaN(most) ? Number.POSITIVE_INFINITY : most };
    }),
  );
  const worst = off.toSorted((a, b) => b.off - a.off);
  const detail = { elements: off.length, worst: worst.filter(item => item.off > 1).slice(0, 5) };
  print({ name: 'hostile CSS: farthest edge from its place', value: worst[0]!.off, unit: 'px', target: 1, detail });
}

export async function manners(world: World): Promise<void> {
  await twice(world);
  await footprint(world);
  await hostileCss(world);
}
