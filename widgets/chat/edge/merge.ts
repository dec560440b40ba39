/** Joins what a visitor wrote before they were known to their own conversation. */
import { among } from './append.ts';
import type { ChatContext, Conversation, ConversationPatch, Message } from './context.ts';

/** One that is longer stays as it is. */
export const MOST_MERGED = 300;

/** What changes in `to`; `from` goes, and its messages follow those of `to` in their order. */
export const merge = (
  ctx: ChatContext,
  from: Conversation,
  messages: readonly Message[],
  to: Conversation,
): ConversationPatch => {
  if (messages.length > MOST_MERGED) return {};
  const { conversation, message } = ctx.asSystem();
  const line = { conversation: to.id, seq: to.lastSeq + 1, ...among('merged') };
  message.create(line);
  for (const [index, { id, rev }] of messages.entries()) {
    const place = { conversation: to.id, seq: line.seq + index + 1, source: null };
    message.update(id, place, { rev, retry: true });
  }
  // What came meanwhile would go with it.
  conversation.update(from.id, { lastSeq: 0 }, { rev: from.rev, retry: true });
  conversation.delete(from.id);
  ctx.unschedule('tellDesk', from.id);
  return {
    lastSeq: line.seq + messages.length,
    ...latest(from, to),
    waitingSince: earlier(to.waitingSince, from.waitingSince),
    dueAt: earlier(to.dueAt, from.dueAt),
    unread: to.unread + from.unread,
    assignee: to.assignee ?? from.assignee,
    name: to.name || from.name,
    email: to.email ?? from.email,
    ...(from.status === 'open' ? { status: 'open', snoozedUntil: null, quietUntil: null, rating: null } : {}),
  };
};

const latest = (from: Conversation, to: Conversation): ConversationPatch => {
  if (from.lastAt <= to.lastAt) return {};
  const { lastAt, lastKind, lastText, pageUrl, pageTitle } = from;
  return { lastAt, lastKind, lastText, pageUrl, pageTitle };
};

const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);
