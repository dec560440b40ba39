import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CDPSession, Page } from 'playwright-core';
import { type ForeignPage, type ForeignWorld, startForeignWorld } from './foreign-world.ts';
import type { Watched } from './watch.ts';

const MOUNTS = 100;
const modes = ['inline', 'popup', 'float', 'frame'] as const;

interface Left {
  readonly listeners: number;
  readonly observed: number;
  readonly intervals: number;
  /** Of the whole process, after garbage was collected. */
  readonly nodes: number;
  readonly everyListener: number;
  readonly frames: number;
  readonly body: string;
}

/** Mounts and unmounts, each once it has shown what it shows at first; popups are opened in between. */
const cycle = (page: Page, mode: string, times: number) =>
  page.evaluate(
    async ([how, count]) => {
      const { watched, Inlay } = window as unknown as { watched: Watched; Inlay: NonNullable<Window['Inlay']> };
      const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
      const until = async (what: () => unknown) => {
        for (const begin = Date.now(); !what(); await pause(1))
          if (Date.now() - begin > 20_000) throw new Error(`${how}: nothing shows`);
      };
      const heard = (type: string) => watched.events.filter(event => event === type).length;
      for (let index = 0; index < count; index++) {
        const ready = heard('ready');
        const mounted = Inlay('mount', 'inlay-booking', { target: 'main', mode: how, label: 'Visit' });
        if (!mounted.ok) throw new Error(mounted.error.message);
        if (how === 'popup' || how === 'float') {
          mounted.element.click();
          mounted.update({ open: '' });
        }
        await until(() => heard('ready') > ready);
        mounted.unmount();
      }
    },
    [mode, times] as const,
  );

async function left({ page, watched }: ForeignPage, session: CDPSession): Promise<Left> {
  // A tag that opens on demand is held for 2.5 s by the loader's own timer; the site's beacon comes after 1.5 s.
  await page.waitForTimeout(3000);
  for (let round = 0; round < 3; round++) {
    await session.send('HeapProfiler.collectGarbage');
    await page.waitForTimeout(100);
  }
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find(item => item.name === name)!.value;
  const { listeners, observed, intervals } = await watched();
  return {
    listeners,
    observed,
    intervals,
    nodes: metric('Nodes'),
    everyListener: metric('JSEventListeners'),
    frames: page.frames().length,
    body: await page.evaluate(
      () =>
        `${(document.documentElement.cloneNode() as Element).outerHTML}${document.body.outerHTML}${document.head.children.length}`,
    ),
  };
}

describe('a hundred mounts and unmounts', () => {
  let world: ForeignWorld;
  before(async () => {
    world = await startForeignWorld();
  });
  after(() => world?.stop());

  for (const mode of modes)
    it(`${mode}: leave no listener, observer, interval, node or frame, and the page as it was`, async () => {
      const foreign = await world.open(world.script(), { policy: 'strict' });
      const { page } = foreign;
      await page.waitForFunction(() => window.Inlay?.on);
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
      // The first ones fill caches that stay by design: templates, sheets, modules, the session.
      await cycle(page, mode, 5);
      const before = await left(foreign, session);
      await cycle(page, mode, MOUNTS);
      const after = await left(foreign, session);
      assert.ok(before.listeners > 0, 'the suite sees the listeners that stay by design');
      assert.deepEqual(
        { ...after, nodes: Math.max(0, after.nodes - before.nodes), everyListener: 0 },
        { ...before, nodes: 0, everyListener: 0 },
      );
      assert.ok(after.everyListener <= before.everyListener, `${after.everyListener - before.everyListener} listeners`);
      assert.deepEqual((await foreign.watched()).errors, []);
      await foreign.close();
    });
});
