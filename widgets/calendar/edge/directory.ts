/** Who and what there is, by name. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { calendar } from '../module.ts';

export const directory: ActionHandler<typeof calendar, 'directory'> = async (_input, ctx) => {
  const found = await ctx.asSystem().resource.list({ sort: ['priority', 'name'], limit: 10_000 });
  return { resources: found.map(({ id, name, title, active }) => ({ id, name, title, active })) };
};
