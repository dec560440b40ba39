/** How far the visitor has read, and whether they are typing. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { ChatModule } from './context.ts';
import { idIn, opens } from './token.ts';
import { isNews, TYPING } from './typing.ts';

/** How exact it is when they were last there. */
const NOTED_EVERY = 20_000;

export const presence: ActionHandler<ChatModule, 'presence'> = async ({ token, seen, typing }, ctx) => {
  const { conversation, attendance } = ctx.asSystem();
  const of = { conversation: { eq: idIn(token) } };
  const opening = await opens(ctx, token);
  const [row, known] = await Promise.all([conversation.first(opening), attendance.first(of)]);
  if (!row || !known) return ctx.fail('UNKNOWN_CONVERSATION');
  const visitorSeen = Math.max(known.visitorSeen, Math.min(seen, row.lastSeq));
  const isQuiet = visitorSeen === known.visitorSeen && known.visitorAt > ctx.now - NOTED_EVERY;
  if (isQuiet && !isNews(known.visitorTyping, typing, ctx.now)) return {};
  const visitorTyping = typing ? ctx.now + TYPING : null;
  attendance.updateWhere(of, { visitorSeen, visitorAt: ctx.now, visitorTyping });
  return {};
};
