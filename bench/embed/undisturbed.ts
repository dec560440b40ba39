/** A virtual machine's processors may be with other machines while a time is taken; what was taken then is taken again. */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Share of all processors' time; a page that loads a widget uses 20 to 30 % of it. */
const MOST = 0.05;
const TRIES = 8;
/** `USER_HZ`, the same on every Linux. */
const TICKS_PER_SECOND = 100;
/** The place of "steal" in a line of /proc/stat, its name included. */
const STEAL = 8;

/** Seconds of processor time that other machines had since this one started, as Linux tells (proc_stat(5), "steal"); 0 elsewhere. */
function stolen(): number {
  try {
    const [all = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
    return Number(all.split(/\s+/)[STEAL]) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** From now on: the share of the processors' time, 0 to 1, that others have had. */
export function watchProcessors(): () => number {
  const [since, before] = [performance.now(), stolen()];
  return () => (stolen() - before) / (((performance.now() - since) / 1000) * cpus().length);
}

/** In whole percent, for a row's detail. */
export const percentDisturbed = (visits: readonly { readonly disturbed: number }[]): number[] =>
  visits.map(({ disturbed }) => Math.round(disturbed * 100));

/** The first visit that kept its processors, or of several the one that was disturbed least; `disturbed` is what `watchProcessors` said. */
export async function undisturbed<Visit extends { readonly disturbed: number }>(
  visit: () => Promise<Visit>,
): Promise<Visit> {
  let best = await visit();
  for (let tries = 1; best.disturbed > MOST && tries < TRIES; tries++) {
    const next = await visit();
    if (next.disturbed < best.disturbed) best = next;
  }
  return best;
}
