/** How long the loader keeps a slow phone's main thread at a stretch: compiling and running it, and each task that it asks for later, at a quarter of the speed. */
import type { Browser } from 'playwright-core';
import { median, openUnwatched, pause } from '../browser.ts';
import { print } from '../row.ts';
import { percentDisturbed, undisturbed } from '../undisturbed.ts';
import type { World } from '../world.ts';

interface TraceEvent {
  readonly name: string;
  readonly ts: number;
  readonly tid: number;
  readonly dur?: number;
  /** On the thread's own clock, which stands still while other programs have the processor. */
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

const RUNS = 9;
/** Milliseconds that the loader may add to the evaluation of a script that makes one request. */
const MAY_ADD = 8;
/** Long enough for a slow page to have run the loader. */
const RUN_MS = 800;
/** Long enough for one to have loaded. */
const SHOWN_MS = 2500;
const LAYOUT = new Set(['Layout', 'UpdateLayoutTree']);
const time = ({ tdur, dur = 0 }: TraceEvent): number => (tdur ?? dur) / 1000;

interface Evaluation {
  /** Milliseconds of the evaluation, and of that the layout of the host's page that it asked for. */
  readonly evaluation: number;
  readonly layout: number;
  /** Of each later task of the script's, such as a timer, the longest first. */
  readonly afterwards: readonly number[];
  readonly disturbed: number;
}

async function once(browser: Browser, page: string, script: string): Promise<Evaluation> {
  await browser.startTracing(undefined, { categories: ['devtools.timeline', 'v8'] });
  const open = await openUnwatched(browser, page, { slowdown: 4 });
  await pause(RUN_MS);
  const disturbed = open.disturbed();
  await pause(SHOWN_MS - RUN_MS);
  await open.close();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const found = traceEvents.find(({ name, args }) => name === 'EvaluateScript' && args?.data?.url?.endsWith(script));
  if (found === undefined) throw new Error(`The trace does not name ${script}.`);
  const within = traceEvents.filter(
    ({ name, tid, ts }) => LAYOUT.has(name) && tid === found.tid && ts >= found.ts && ts <= found.ts + (found.dur ?? 0),
  );
  const since = found.ts + (found.dur ?? 0);
  const widget = traceEvents.find(
    ({ name, tid, ts }) => name === 'v8.evaluateModule' && tid === found.tid && ts > since,
  );
  // Whatever a timer runs, what follows from its promises included; on this page they are the loader's.
  const afterwards = traceEvents
    .filter(
      ({ name, tid, ts }) =>
        name === 'TimerFire' && tid === found.tid && ts > since && ts < (widget?.ts ?? Number.POSITIVE_INFINITY),
    )
    .map(time)
    .sort((a, b) => b - a);
  return {
    evaluation: time(found),
    layout: within.reduce((sum, event) => sum + time(event), 0),
    afterwards,
    disturbed,
  };
}

export async function evaluation({ browser, url, siteKey }: World): Promise<void> {
  const runs: Evaluation[] = [];
  const floor: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    runs.push(await undisturbed(() => once(browser, url('plain'), `/embed/${siteKey}.js`)));
    floor.push((await undisturbed(() => once(browser, url('plain-floor'), '/floor.js'))).evaluation);
  }
  const longest = runs.map(item => Math.max(item.evaluation, ...item.afterwards));
  const rounded = (values: readonly number[]) => values.map(value => Math.round(value * 10) / 10);
  const detail = {
    runs: rounded(longest),
    percentDisturbed: percentDisturbed(runs),
    evaluations: rounded(runs.map(item => item.evaluation)),
    tasksAfterwards: rounded(runs[RUNS >> 1]!.afterwards.filter(task => task > 0.5)),
    ofThatLayoutOfThePage: median(runs.map(item => item.layout)),
  };
  const beside = { value: median(floor), most: MAY_ADD };
  print({
    name: "loader's longest task, 4x slower",
    value: median(longest),
    unit: 'ms',
    target: 10,
    floor: beside,
    detail,
  });
}
