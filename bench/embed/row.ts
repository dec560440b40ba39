/** One finding: a JSON line with the target beside it. */

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** At most; without one the row is there to be compared. */
  readonly target?: number;
  /** Whatever explains the value. */
  readonly detail?: unknown;
}

export function print({ name, value, unit, target, detail }: Row): void {
  const rounded = Math.round(value * 1000) / 1000;
  console.log(
    JSON.stringify({
      name,
      value: rounded,
      unit,
      ...(target !== undefined && { target, meets: rounded <= target }),
      detail,
    }),
  );
}
