/** The time of day, from the host's own clock. */
import type { Clock } from '../../schemas/ports/index.ts';

export const systemClock: Clock = { now: () => Date.now() };
