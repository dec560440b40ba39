/** What was promised leaves: reserved becomes gone. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { stock } from '../module.ts';
import { moveAll } from './change.ts';

export const take: ActionHandler<typeof stock, 'take'> = async ({ items, source }, ctx) => {
  await moveAll(ctx, items, { kind: 'take', onHand: -1, reserved: -1, source });
};
