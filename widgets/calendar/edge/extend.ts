/** Holds an allocation until a later instant. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { calendar } from '../module.ts';

export const extend: ActionHandler<typeof calendar, 'extend'> = ({ allocation, expiresAt }, ctx) => {
  ctx.asSystem().allocation.update(allocation, { expiresAt });
};
