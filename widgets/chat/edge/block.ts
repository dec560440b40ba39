/** Lets what a visitor writes no longer come up. They are not told. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { among, append } from './append.ts';
import type { ChatModule } from './context.ts';
import { asRead, find } from './find.ts';
import { settled } from './resolve.ts';

export const block: ActionHandler<ChatModule, 'block'> = async ({ conversation: id, blocked }, ctx) => {
  const { row, caller } = await find(ctx, id);
  if (row.blocked === blocked) return {};
  const { conversation } = ctx.asSystem();
  const { patch } = append(ctx, row, [among(blocked ? 'blocked' : 'unblocked', caller.name)]);
  const change = { ...patch, blocked, ...(blocked ? settled : {}) };
  ctx.unschedule('tellDesk', id);
  if (!blocked || row.status === 'resolved') conversation.update(id, change, asRead(row));
  else conversation.transition(id, 'resolve', change, asRead(row));
  return {};
};
