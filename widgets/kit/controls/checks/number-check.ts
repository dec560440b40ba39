/** Checks of numbers, as the server makes them. */
import { type Fault, fault } from './fault.ts';

export interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
}

export const checkInteger = (
  { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: NumberLimits,
  value: unknown,
): Fault | undefined => {
  if (!Number.isSafeInteger(value)) return fault('number');
  if ((value as number) < min) return fault('low', min);
  return (value as number) > max ? fault('high', max) : undefined;
};

/** A decimal is a text: at most 15 digits before the point, `scale` after it. */
export const checkDecimal = (scale: number, value: unknown): Fault | undefined => {
  const match = typeof value === 'string' && /^-?\d{1,15}(?:\.(\d+))?$/.exec(value);
  if (!match) return fault('number');
  return (match[1]?.length ?? 0) > scale ? fault('decimals', scale) : undefined;
};
