/** Mails the conversation to the visitor's own address. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { type ChatModule, MINUTE } from './context.ts';
import { opens } from './token.ts';

/** An address that somebody else gave is not to be flooded. */
const ONCE_IN = 5 * MINUTE;

export const transcript: ActionHandler<ChatModule, 'transcript'> = async ({ token }, ctx) => {
  const { conversation } = ctx.asSystem();
  const row = await conversation.first(await opens(ctx, token));
  if (!row) return ctx.fail('UNKNOWN_CONVERSATION');
  if (!row.email) ctx.fail('NO_ADDRESS');
  conversation.expectNone({ id: { eq: row.id }, transcriptAt: { gt: ctx.now - ONCE_IN } }, 'RATE_LIMITED');
  conversation.update(row.id, { transcriptAt: ctx.now });
  ctx.schedule('mailTranscript', { conversation: row.id }, { at: ctx.now, key: row.id });
  return {};
};
