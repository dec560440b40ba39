/** What the panel shows before anybody has written. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { isOpen, opensAt } from './business-hours.ts';
import type { ChatContext, ChatModule } from './context.ts';
import { hoursOf } from './hours.ts';

/** How many of the latest first replies count, and fewer than which say nothing. */
const LATELY = 25;
const ENOUGH = 3;

export const isOnline = (ctx: ChatContext): boolean => isOpen(hoursOf(ctx), ctx.now);

/** Outside the hours the answer comes by mail. */
export const asksOf = (ctx: ChatContext) => {
  const { askName, askEmail } = ctx.settings;
  return { name: askName, email: isOnline(ctx) ? askEmail : 'required' } as const;
};

export const hello: ActionHandler<ChatModule, 'hello'> = async (_input, ctx) => {
  const answered = await ctx.asSystem().conversation.list({
    where: { replyMinutes: { null: false } },
    sort: ['-createdAt'],
    limit: LATELY,
    fields: ['replyMinutes'],
  });
  const minutes = answered.map(({ replyMinutes }) => replyMinutes ?? 0).sort((a, b) => a - b);
  const online = isOnline(ctx);
  return {
    business: { name: ctx.client.name },
    greeting: ctx.settings.greeting ?? null,
    online,
    opensAt: online ? null : (opensAt(hoursOf(ctx), ctx.now) ?? null),
    asks: asksOf(ctx),
    replyMinutes: minutes.length < ENOUGH ? null : Math.max(1, minutes[minutes.length >> 1]!),
  };
};
