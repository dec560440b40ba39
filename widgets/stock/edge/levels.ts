/** What there is of things. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { stock } from '../module.ts';
import { levelsOf } from './change.ts';

export const levels: ActionHandler<typeof stock, 'levels'> = async ({ items }, ctx) => {
  const found = await levelsOf(ctx, items);
  return {
    levels: [...found.values()].map(({ item, onHand, reserved, backorder }) => ({ item, onHand, reserved, backorder })),
  };
};
