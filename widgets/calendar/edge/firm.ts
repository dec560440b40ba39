/** Makes an allocation firm; the constraints judge it anew, so one that ran out is firm only where nobody took its place. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { calendar } from '../module.ts';

export const firm: ActionHandler<typeof calendar, 'firm'> = ({ allocation }, ctx) => {
  ctx.asSystem().allocation.update(allocation, { status: 'firm', expiresAt: null });
};
