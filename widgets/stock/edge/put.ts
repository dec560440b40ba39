/** Things arrive, or come back. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { stock } from '../module.ts';
import { levelsOf, move, summed } from './change.ts';

export const put: ActionHandler<typeof stock, 'put'> = async ({ items, source }, ctx) => {
  const wanted = summed(items);
  const levels = await levelsOf(
    ctx,
    wanted.map(({ item }) => item),
  );
  for (const { item, quantity } of wanted) {
    // Whose it is names it better with `open`.
    const level = levels.get(item) ?? ctx.asSystem().level.create({ item, label: item });
    move(ctx, level, quantity, { kind: 'put', onHand: 1, source });
  }
};
