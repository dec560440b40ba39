/** Runs floor and product in turns, so that both meet the same weather, and compares pair by pair. */
import type { Job, Load } from '../load/job.ts';
import type { LoadGenerator } from '../load/run-load.ts';
import type { Pace } from '../pace.ts';
import { processorTime } from '../server-process.ts';
import type { Scenario } from './scenarios.ts';

export interface Measured {
  readonly port: number;
  readonly pid: number;
}

export type Sides = Readonly<Record<'floor' | 'product', Measured>>;

/** `cpu`: microseconds of processor time that an operation costs the server. */
type Figures = Pick<Load, 'rps' | 'p50' | 'p99'> & { readonly cpu?: number };

export interface Comparison {
  readonly name: string;
  /** Medians over the rounds. */
  readonly floor: Figures;
  readonly product: Figures;
  /** Median of the ratios of the pairs. */
  readonly ratio: number;
  readonly target: number | null;
  readonly meets: boolean | null;
  /** The floor's processor time over the product's: as `ratio`, and steadier where other programs want the machine. */
  readonly cpuRatio?: number;
  /** Of each pair, so that the spread can be seen. */
  readonly pairs: readonly number[];
}

type Run = Load & Figures;

const WARM_SECONDS = 1;
const MOST = 200_000;
const sides = ['floor', 'product'] as const;

/** One side of a scenario under load; numbers go on where the run before stopped. */
export function runner(generator: LoadGenerator, scenario: Scenario, measured: Sides, connections: number) {
  const first = { floor: 0, product: 0 };
  return async (side: (typeof sides)[number], seconds: number): Promise<Run> => {
    const { vary, [side]: steps } = scenario;
    const { port, pid } = measured[side];
    const job: Job = { port, connections, seconds, most: MOST, first: first[side], steps, vary };
    const before = processorTime(pid);
    const load = await generator.run(job);
    const after = processorTime(pid);
    first[side] += load.operations;
    const micros = before === undefined || after === undefined ? undefined : (after - before) * 1000;
    return { ...load, ...(micros === undefined ? {} : { cpu: Math.round(micros / load.operations) }) };
  };
}

export async function compare(
  generator: LoadGenerator,
  scenario: Scenario,
  measured: Sides,
  { rounds, seconds, connections }: Pace & { readonly connections: number },
): Promise<Comparison> {
  const run = runner(generator, scenario, measured, connections);
  const loads: Record<(typeof sides)[number], Run[]> = { floor: [], product: [] };
  for (const side of sides) await run(side, WARM_SECONDS);
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) loads[side].push(await run(side, seconds));
  }
  const pairs = loads.product.map((load, index) => round2(load.rps / loads.floor[index]!.rps));
  const ratio = median(pairs);
  const [floor, product] = [figures(loads.floor), figures(loads.product)];
  const target = scenario.target ?? null;
  return {
    name: scenario.name,
    floor,
    product,
    ratio,
    target,
    meets: target === null ? null : ratio >= target,
    ...(floor.cpu && product.cpu ? { cpuRatio: round2(floor.cpu / product.cpu) } : {}),
    pairs,
  };
}

const round2 = (value: number): number => Math.round(value * 100) / 100;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function figures(runs: readonly Run[]): Figures {
  const of = (name: 'rps' | 'p50' | 'p99') => median(runs.map(run => run[name]));
  const cpu = runs.flatMap(run => (run.cpu === undefined ? [] : [run.cpu]));
  return { rps: of('rps'), p50: of('p50'), p99: of('p99'), ...(cpu.length > 0 ? { cpu: median(cpu) } : {}) };
}
