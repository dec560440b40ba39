/** How long work that failed waits for its next try. */
import type { Chance } from '../../schemas/ports/index.ts';

/** Tries in all before a person has to look; the last is about six hours after the first. */
export const tries = 8;

const firstMs = 5_000;
const factor = 4;
const longestMs = 4 * 3_600_000;

/** Milliseconds until the next try after `failed` have failed, spread by a fifth either way; undefined after the last. */
export function backoff(failed: number, chance: Chance): number | undefined {
  if (failed >= tries) return undefined;
  const wait = Math.min(firstMs * factor ** (failed - 1), longestMs);
  return Math.round(wait * (0.8 + 0.4 * chance.next()));
}

/** What is kept of an error for the person who looks. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : 'failed').slice(0, 500);
