/** Sends a conversation to its visitor, without what only colleagues see (CH-09). */
import { oneLine } from '../../../../schemas/mail/index.ts';
import type { JobHandler } from '../../../../schemas/module/index.ts';
import type { ChatModule } from '../context.ts';
import { visible } from '../view.ts';
import { letter } from './letter.ts';
import { placeOf } from './tell-visitor.ts';

/** The latest of a very long one. */
const MOST_SHOWN = 500;

export const mailTranscript: JobHandler<ChatModule, { readonly conversation: string }> = async (
  ctx,
  { conversation: id },
) => {
  const { conversation, message } = ctx.asSystem();
  const where = { conversation: { eq: id }, ...visible };
  const [row, latest] = await Promise.all([
    conversation.get(id),
    message.list({ where, sort: ['-seq'], limit: MOST_SHOWN }),
  ]);
  if (!row?.email) return;
  const name = oneLine(row.name);
  await ctx.mail({
    to: { address: row.email, ...(name ? { name } : {}) },
    ...letter(
      {
        kind: 'transcript',
        messages: latest.reverse(),
        name,
        number: row.number ?? '',
        business: ctx.client.name,
        url: placeOf(ctx, row),
      },
      { locale: row.locale, zone: row.zone ?? ctx.client.zone },
    ),
  });
};
