/** How far the desk has read, and whether somebody is typing. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { allAgents, callerOf } from './agents.ts';
import type { ChatModule } from './context.ts';
import { asRead } from './find.ts';
import { isNews, TYPING } from './typing.ts';

export const look: ActionHandler<ChatModule, 'look'> = async ({ conversation: id, seen, typing }, ctx) => {
  const { conversation, message, attendance } = ctx.asSystem();
  const of = { conversation: { eq: id } };
  const [row, known, agents, later] = await Promise.all([
    conversation.get(id),
    attendance.first(of),
    allAgents(ctx),
    message.list({ where: { ...of, kind: { eq: 'visitor' }, seq: { gt: seen } }, fields: ['seq'] }),
  ]);
  if (!row || !known) return ctx.fail('UNKNOWN_CONVERSATION');
  callerOf(ctx, agents);
  const unread = Math.min(row.unread, later.length);
  if (unread < row.unread) conversation.update(id, { unread }, asRead(row));
  const agentSeen = Math.max(known.agentSeen, Math.min(seen, row.lastSeq));
  if (agentSeen === known.agentSeen && !isNews(known.agentTyping, typing, ctx.now)) return {};
  attendance.updateWhere(of, { agentSeen, agentTyping: typing ? ctx.now + TYPING : null });
  return {};
};
