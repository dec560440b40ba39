/** What a hundred mounts and unmounts leave behind. */
import { type OpenPage, openPage, pause, show } from '../browser.ts';
import { print } from '../row.ts';
import type { World } from '../world.ts';

interface Counts {
  readonly listeners: number;
  readonly nodes: number;
  readonly frames: number;
  /** On the window and the document. */
  readonly global: number;
  readonly styles: string;
}

/** Until what counts visits is there. */
const BEACON_MS = 2500;

const cycle = (times: number): string => `(async () => {
  for (let index = 0; index < ${times}; index++) {
    const shown = window.__bench.ready + 1;
    const mounted = Inlay('mount', 'inlay-booking', { target: 'main' });
    while (window.__bench.ready < shown) await new Promise(resolve => setTimeout(resolve, 5));
    mounted.unmount();
  }
})()`;

async function count({ session, evaluate }: OpenPage): Promise<Counts> {
  // A sample of the host's colours is due 400 ms after a mount.
  await pause(800);
  for (let round = 0; round < 3; round++) {
    await session.send('HeapProfiler.collectGarbage');
    await pause(100);
  }
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find(item => item.name === name)?.value ?? 0;
  let global = 0;
  for (const expression of ['window', 'document', 'document.documentElement', 'document.body']) {
    const { result } = await session.send('Runtime.evaluate', { expression });
    const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId! });
    global += listeners.length;
    await session.send('Runtime.releaseObject', { objectId: result.objectId! });
  }
  return {
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
    frames: metric('Frames'),
    global,
    styles: await evaluate(
      `document.body.outerHTML.match(/^<body[^>]*>/)[0] + document.documentElement.outerHTML.match(/^<html[^>]*>/)[0]`,
    ),
  };
}

export async function mounts({ browser, url }: World): Promise<void> {
  const open = await openPage(browser);
  await open.session.send('Performance.enable');
  await show(open, url('strict'));
  // What counts visits comes by itself and stays, and the first mounts fill caches that stay by design.
  await pause(BEACON_MS);
  await open.evaluate(cycle(5));
  const before = await count(open);
  await open.evaluate(cycle(100));
  const after = await count(open);
  await open.close();
  const row = (name: string, unit: string, value: number) =>
    print({ name: `100 mounts: ${name}`, value, unit, target: 0 });
  row('listeners left', 'listeners', Math.max(0, after.listeners - before.listeners));
  row('listeners left on window and document', 'listeners', Math.max(0, after.global - before.global));
  row('nodes left', 'nodes', Math.max(0, after.nodes - before.nodes));
  row('frames left', 'frames', Math.max(0, after.frames - before.frames));
  row('changes of html and body', 'changes', before.styles === after.styles ? 0 : 1);
}
