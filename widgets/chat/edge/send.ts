/** Adds a visitor's message; the same name again is the message that is there (CH-01). */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { allAgents } from './agents.ts';
import { readLoads } from './choose-agent.ts';
import type { ChatModule } from './context.ts';
import { hear, refuseFlood, writeHeard } from './hear.ts';
import { idIn, opens } from './token.ts';
import { shownStatus, visitorMessage, visitorSource } from './view.ts';

export const send: ActionHandler<ChatModule, 'send'> = async (input, ctx) => {
  const { conversation, message, attendance } = ctx.asSystem();
  const id = idIn(input.token);
  const opening = await opens(ctx, input.token);
  const [row, earlier, agents, loads] = await Promise.all([
    conversation.first(opening),
    message.first({ conversation: { eq: id }, source: { eq: visitorSource(input.clientId) } }),
    allAgents(ctx),
    readLoads(ctx),
  ]);
  if (!row) return ctx.fail('UNKNOWN_CONVERSATION');
  if (earlier) return { message: visitorMessage(earlier, row.locale), status: shownStatus(row) };
  refuseFlood(ctx, row);
  const isFirst = row.lastSeq === 0;
  const heard = hear(ctx, row, input, { agents, loads });
  const status = writeHeard(ctx, row, heard);
  attendance.updateWhere({ conversation: { eq: id } }, { visitorAt: ctx.now, visitorTyping: null });
  if (isFirst) ctx.emit('started', { conversation: id }, { key: id });
  return { message: visitorMessage(heard.messages[0]!, row.locale), status: shownStatus(row, status) };
};
