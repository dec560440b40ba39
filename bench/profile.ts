/** Reads a CPU profile and says which lines the time goes to. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../tools/root.ts';

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Loading and compiling the program is no part of a request. */
const START_MICROS = 2_000_000;
const LINES = 28;
const OURS = 22;

/** Self time by function, then the functions of ours by the time spent in them and in what they call. Percent of the time that was not idle. */
export function summarise(folder: string): string {
  const file = readdirSync(folder).find(name => name.endsWith('.cpuprofile'));
  if (file === undefined) return 'There is no profile.';
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
  const byId = new Map(nodes.map(node => [node.id, node]));
  const parent = new Map(nodes.flatMap(node => (node.children ?? []).map(child => [child, node.id] as const)));
  const self = new Map<string, number>();
  const whole = new Map<string, number>();
  let busy = 0;
  let clock = 0;
  for (const [index, sample] of samples.entries()) {
    const micros = timeDeltas[index] ?? 0;
    clock += micros;
    if (clock < START_MICROS) continue;
    const name = nameOf(byId.get(sample)!.callFrame);
    if (name === '(idle)') continue;
    busy += micros;
    self.set(name, (self.get(name) ?? 0) + micros);
    const seen = new Set<string>();
    for (let id: number | undefined = sample; id !== undefined; id = parent.get(id))
      seen.add(nameOf(byId.get(id)!.callFrame));
    for (const frame of seen) whole.set(frame, (whole.get(frame) ?? 0) + micros);
  }
  const list = (times: ReadonlyMap<string, number>, count: number, only: (name: string) => boolean) =>
    [...times]
      .filter(([name]) => only(name))
      .sort((a, b) => b[1] - a[1])
      .slice(0, count)
      .map(([name, micros]) => `  ${((micros / busy) * 100).toFixed(1).padStart(5)} %  ${name}`)
      .join('\n');
  const ours = (name: string) => / (?:edge|schemas|widgets)\//.test(name);
  return `Self time\n${list(self, LINES, () => true)}\nOurs, with what they call\n${list(whole, OURS, ours)}`;
}

function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const place = url.startsWith('file:') ? relative(root, new URL(url).pathname) : url;
  const name = functionName || '(anonymous)';
  return place === '' ? name : `${name} ${place.replace(/^.*node_modules\//, '')}:${lineNumber + 1}`;
}
