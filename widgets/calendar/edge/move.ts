/** Moves an allocation in one update, so that it never meets its own old span (BK-08). */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { calendar } from '../module.ts';
import { guardBuffers, spanColumns } from './span.ts';

export const move: ActionHandler<typeof calendar, 'move'> = (input, ctx) => {
  guardBuffers(ctx, input, input.allocation);
  ctx.asSystem().allocation.update(input.allocation, spanColumns(input));
};
