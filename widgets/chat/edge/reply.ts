/** Answers the visitor. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { append, told } from './append.ts';
import { openBetween } from './business-hours.ts';
import { type ChatContext, type ChatModule, type Conversation, type ConversationPatch, MINUTE } from './context.ts';
import { asRead, findSaid } from './find.ts';
import { hoursOf } from './hours.ts';
import { tellVisitorLater } from './mail/tell-visitor.ts';
import { deskMessage } from './view.ts';

/** How long the first answer took, of the hours (CH-05). */
const firstReply = (ctx: ChatContext, { firstReplyAt, waitingSince }: Conversation): ConversationPatch => {
  if (firstReplyAt !== null || waitingSince === null) return {};
  const replyMinutes = Math.floor(openBetween(hoursOf(ctx), waitingSince, ctx.now) / MINUTE);
  return { firstReplyAt: ctx.now, replyMinutes };
};

const restsAt = ({ settings, now }: ChatContext, { status }: Conversation): number | null =>
  settings.resolveAfter > 0 && status === 'open' ? now + settings.resolveAfter * MINUTE : null;

export const reply: ActionHandler<ChatModule, 'reply'> = async ({ conversation: id, clientId, text }, ctx) => {
  const { row, caller, mark, earlier } = await findSaid(ctx, id, clientId);
  if (earlier) return { message: deskMessage(earlier, mark) };
  const { messages, patch } = append(ctx, row, [
    { kind: 'agent', text, author: caller.name, source: mark + clientId },
    ...(row.assignee === null ? [told('joined', caller.name)] : []),
  ]);
  const { conversation, attendance } = ctx.asSystem();
  const answered = { waitingSince: null, dueAt: null, unread: 0, quietUntil: restsAt(ctx, row) };
  const assignee = row.assignee ?? caller.id;
  conversation.update(id, { ...patch, ...answered, ...firstReply(ctx, row), assignee }, asRead(row));
  attendance.updateWhere({ conversation: { eq: id } }, { agentSeen: row.lastSeq, agentTyping: null });
  if (row.waitingSince !== null) {
    ctx.unschedule('tellDesk', id);
    ctx.emit('answered', { conversation: id }, { key: id });
  }
  tellVisitorLater(ctx, row);
  return { message: deskMessage(messages[0]!, mark) };
};
