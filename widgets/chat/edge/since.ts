/** What is new in a conversation, for its visitor. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { allAgents } from './agents.ts';
import type { ChatModule } from './context.ts';
import { idIn, opens } from './token.ts';
import { assigneeView, shownStatus, visible, visitorMessage } from './view.ts';

const PAGE = 100;

export const since: ActionHandler<ChatModule, 'since'> = async ({ token, seq }, ctx) => {
  const { conversation, message, attendance } = ctx.asSystem();
  const id = { eq: idIn(token) };
  const opening = await opens(ctx, token);
  const [row, messages, seen, agents] = await Promise.all([
    conversation.first(opening),
    message.list({ where: { conversation: id, seq: { gt: seq }, ...visible }, sort: ['seq'], limit: PAGE + 1 }),
    attendance.first({ conversation: id }),
    allAgents(ctx),
  ]);
  if (!row) return ctx.fail('UNKNOWN_CONVERSATION');
  const assignee = assigneeView(row, agents);
  const isResolved = row.status === 'resolved' && !row.blocked;
  return {
    messages: messages.slice(0, PAGE).map(found => visitorMessage(found, row.locale)),
    more: messages.length > PAGE,
    status: shownStatus(row),
    agent: assignee && { name: assignee.name },
    seen: seen?.agentSeen ?? 0,
    typing: (seen?.agentTyping ?? 0) > ctx.now,
    rating: isResolved ? row.rating : null,
    canRate: isResolved && row.resolutions > 0 && row.rating === null,
  };
};
