/** Puts a conversation away until then, or until the visitor writes. */
import type { ActionHandler, TransitionHandler } from '../../../schemas/module/index.ts';
import { among, append } from './append.ts';
import type { ChatModule } from './context.ts';
import { asRead, find } from './find.ts';

export const snooze: ActionHandler<ChatModule, 'snooze'> = async ({ conversation: id, until }, ctx) => {
  if (until <= ctx.now) ctx.fail('SNOOZE_PAST');
  const { row, caller } = await find(ctx, id);
  const { patch } = append(ctx, row, [among('snoozed', caller.name)]);
  const away = { snoozedUntil: until, quietUntil: null };
  ctx.asSystem().conversation.transition(id, 'snooze', { ...patch, ...away }, asRead(row));
  return {};
};

/** Taken by time; nothing where the visitor was first, since the record has moved on then (CH-07). */
export const onWake: TransitionHandler<ChatModule, 'conversation'> = (row, ctx) => {
  const { patch } = append(ctx, row, [among('woken')]);
  return { ...patch, snoozedUntil: null, lastAt: ctx.now };
};
