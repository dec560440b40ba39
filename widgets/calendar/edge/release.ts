/** Frees an allocation's span; the row stays as history. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { calendar } from '../module.ts';

export const release: ActionHandler<typeof calendar, 'release'> = ({ allocation }, ctx) => {
  ctx.asSystem().allocation.update(allocation, { status: 'released' });
};
