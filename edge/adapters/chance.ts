/** Chance from the host's own generator; for spreading load, never for secrets. */
import type { Chance } from '../../schemas/ports/index.ts';

export const systemChance: Chance = { next: () => Math.random() };
