/** One finding: a JSON line with the target beside it, and at the end how many were met. */

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** At most; without one the row is there to be compared. */
  readonly target?: number;
  /** The least that this machine and browser need for the same work, measured in the same run: the row meets its target too where it adds `most` at most to that. */
  readonly floor?: { readonly value: number; readonly most: number };
  /** Somebody else's: printed beside ours, and not counted. */
  readonly foreign?: boolean;
  /** Whatever explains the value. */
  readonly detail?: unknown;
}

const round = (value: number) => Math.round(value * 1000) / 1000;
const counted = { met: 0, missed: [] as string[] };

export function print({ name, value, unit, target, floor, foreign, detail }: Row): void {
  const rounded = round(value);
  const judged = target !== undefined && {
    target,
    meets: rounded <= Math.max(target, floor ? floor.value + floor.most : 0),
  };
  const beside = floor && { floor: round(floor.value), adds: round(value - floor.value), mayAdd: floor.most };
  if (judged && !foreign) {
    if (judged.meets) counted.met++;
    else counted.missed.push(name);
  }
  console.log(JSON.stringify({ name, value: rounded, unit, ...judged, ...beside, detail }));
}

/** A row of the table that nothing can be measured for yet. */
export function printOpen(name: string, reason: string): void {
  console.log(JSON.stringify({ name, notMeasured: reason }));
}

/** The last line; a row that was missed makes the command fail. */
export function conclude(): void {
  console.log(JSON.stringify(counted));
  if (counted.missed.length > 0) process.exitCode = 1;
}
