/** Ends a conversation. */
import type { ActionHandler, TransitionHandler } from '../../../schemas/module/index.ts';
import { append, told } from './append.ts';
import type { ChatContext, ChatModule, Conversation, ConversationPatch } from './context.ts';
import { asRead, find } from './find.ts';

/** Nobody waits any more, and what was resolved can be rated. */
export const resolved = (ctx: ChatContext, { resolutions }: Conversation): ConversationPatch => ({
  resolvedAt: ctx.now,
  resolutions: resolutions + 1,
  rating: null,
  ...settled,
});

/** What ends with it. */
export const settled: ConversationPatch = {
  waitingSince: null,
  dueAt: null,
  snoozedUntil: null,
  quietUntil: null,
  unread: 0,
};

export const resolve: ActionHandler<ChatModule, 'resolve'> = async ({ conversation: id }, ctx) => {
  const { row, caller } = await find(ctx, id);
  if (row.status === 'resolved') return {};
  const { patch } = append(ctx, row, [told('resolved', caller.name)]);
  ctx.asSystem().conversation.transition(id, 'resolve', { ...patch, ...resolved(ctx, row) }, asRead(row));
  ctx.unschedule('tellDesk', id);
  ctx.emit('resolved', { conversation: id }, { key: id });
  return {};
};

/** Taken by time where we have answered and nobody has written since. */
export const onRest: TransitionHandler<ChatModule, 'conversation'> = (row, ctx) => {
  const { patch } = append(ctx, row, [told('rested')]);
  ctx.emit('resolved', { conversation: row.id }, { key: row.id });
  return { ...patch, ...resolved(ctx, row) };
};
