/** Begins to keep stock of a thing. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { stock } from '../module.ts';

export const open: ActionHandler<typeof stock, 'open'> = async ({ item, label }, ctx) => {
  const { level } = ctx.asSystem();
  const known = await level.first({ item: { eq: item } });
  if (!known) level.create({ item, label });
  else if (known.label !== label) level.update(known.id, { label });
};
