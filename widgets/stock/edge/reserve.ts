/** Promises several things at once. What was read names every item that is short; the commit's own constraint decides between callers. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { stock } from '../module.ts';
import { levelsOf, move, requireLevel, summed } from './change.ts';

export const reserve: ActionHandler<typeof stock, 'reserve'> = async ({ items, source }, ctx) => {
  const wanted = summed(items);
  const levels = await levelsOf(
    ctx,
    wanted.map(({ item }) => item),
  );
  const asked = wanted.map(part => ({ ...part, level: requireLevel(ctx, levels, part.item) }));
  const short = asked.filter(
    ({ level, quantity, backorder }) => !backorder && level.onHand - level.reserved < quantity,
  );
  if (short.length > 0) {
    const errors = short.map(({ item, level }) => ({
      pointer: `/items/${items.findIndex(part => part.item === item)}`,
      code: 'OUT_OF_STOCK',
      message: `Of ${level.label} there are ${Math.max(0, level.onHand - level.reserved)} left`,
    }));
    ctx.fail('OUT_OF_STOCK', { errors });
  }
  for (const { level, quantity, backorder } of asked) {
    // Whoever sells it says whether it may be promised beyond what is there.
    if (level.backorder !== backorder) ctx.asSystem().level.update(level.id, { backorder });
    move(ctx, level, quantity, { kind: 'reserve', reserved: 1, source });
  }
};
