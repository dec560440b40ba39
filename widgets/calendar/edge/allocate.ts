/** Allots a span of a resource. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { calendar } from '../module.ts';
import { guardBuffers, spanColumns } from './span.ts';

export const allocate: ActionHandler<typeof calendar, 'allocate'> = (input, ctx) => {
  guardBuffers(ctx, input);
  const { quantity, sourceType, sourceId } = input;
  const status = input.expiresAt == null ? 'firm' : 'held';
  const held = { status, expiresAt: input.expiresAt ?? null, quantity, sourceType, sourceId } as const;
  return { allocation: ctx.asSystem().allocation.create({ ...spanColumns(input), ...held }).id };
};
