/** One conversation whole, for the desk. */
import type { ActionHandler, WhereOf } from '../../../schemas/module/index.ts';
import { allAgents, knownCaller } from './agents.ts';
import type { ChatModule, Conversation } from './context.ts';
import { agentMark, conversationView, deskMessage } from './view.ts';

const PAGE = 100;
const MOST_PAST = 20;

/** Others of the same person; nobody's where nothing is known of them. */
const othersOf = ({ id, email, user }: Conversation): WhereOf<ChatModule, 'conversation'> => ({
  id: { ne: id },
  lastSeq: { gt: 0 },
  or: [...(email ? [{ email: { eq: email } }] : []), ...(user ? [{ user: { eq: user } }] : [])],
});

export const open: ActionHandler<ChatModule, 'open'> = async ({ conversation: id, before }, ctx) => {
  const { conversation, message, attendance } = ctx.asSystem();
  const of = { conversation: { eq: id } };
  const earlier = { ...of, ...(before ? { seq: { lt: before } } : {}) };
  const [row, latest, seen, agents] = await Promise.all([
    conversation.get(id),
    message.list({ where: earlier, sort: ['-seq'], limit: PAGE + 1 }),
    attendance.first(of),
    allAgents(ctx),
  ]);
  if (!row) return ctx.fail('UNKNOWN_CONVERSATION');
  const past = await conversation.list({ where: othersOf(row), sort: ['-createdAt'], limit: MOST_PAST });
  const caller = knownCaller(ctx, agents);
  const mark = caller && agentMark(caller);
  const { pageUrl, pageTitle, locale, zone } = row;
  return {
    conversation: conversationView(row, agents),
    messages: latest
      .slice(0, PAGE)
      .reverse()
      .map(found => deskMessage(found, mark)),
    more: latest.length > PAGE,
    seen: seen?.visitorSeen ?? 0,
    typing: (seen?.visitorTyping ?? 0) > ctx.now,
    visitor: {
      page: pageUrl ? { url: pageUrl, title: pageTitle } : null,
      locale,
      zone,
      past: past.map(other => ({ id: other.id, number: other.number ?? '', at: other.createdAt })),
    },
  };
};
