/** Opens a conversation again. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { append, told } from './append.ts';
import type { ChatModule } from './context.ts';
import { asRead, find } from './find.ts';

export const reopen: ActionHandler<ChatModule, 'reopen'> = async ({ conversation: id }, ctx) => {
  const { row, caller } = await find(ctx, id);
  if (row.status === 'open') return {};
  const { patch } = append(ctx, row, [told('reopened', caller.name)]);
  const awake = { snoozedUntil: null, rating: null, blocked: false };
  ctx.asSystem().conversation.transition(id, 'reopen', { ...patch, ...awake }, asRead(row));
  return {};
};
