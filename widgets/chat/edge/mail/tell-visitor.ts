/** Sends what the desk has written to a visitor who has left: one mail for all that they have not seen. */
import { oneLine } from '../../../../schemas/mail/index.ts';
import type { JobHandler } from '../../../../schemas/module/index.ts';
import { type ChatContext, type ChatModule, type Conversation, MINUTE } from '../context.ts';
import { letter } from './letter.ts';

/** Whoever has not looked for so long has left. */
const AWAY = 3 * MINUTE;
const MOST_SHOWN = 50;

/** Asked for by every answer: the last one counts. */
export const tellVisitorLater = (ctx: ChatContext, { id, email }: Pick<Conversation, 'id' | 'email'>): void => {
  if (email) ctx.schedule('tellVisitor', { conversation: id }, { at: ctx.now + AWAY, key: id });
};

/** Where the visitor goes on: the page they wrote on, which is the website's own, else ours. */
export const placeOf = (ctx: ChatContext, { pageUrl, site, locale }: Conversation): string =>
  pageUrl ?? ctx.pageUrl('chat', { site, locale });

export const tellVisitor: JobHandler<ChatModule, { readonly conversation: string }> = async (
  ctx,
  { conversation: id },
) => {
  const { conversation, message, attendance } = ctx.asSystem();
  const of = { conversation: { eq: id } };
  const [row, seen, latest] = await Promise.all([
    conversation.get(id),
    attendance.first(of),
    message.list({
      where: { ...of, kind: { eq: 'agent' }, internal: { eq: false } },
      sort: ['-seq'],
      limit: MOST_SHOWN,
    }),
  ]);
  if (!row?.email || !seen || row.blocked) return;
  const from = Math.max(seen.visitorSeen, row.mailedSeq);
  const unseen = latest.filter(({ seq }) => seq > from).reverse();
  const last = unseen.at(-1);
  if (!last) return;
  if (seen.visitorAt > ctx.now - AWAY) {
    ctx.schedule('tellVisitor', { conversation: id }, { at: seen.visitorAt + AWAY, key: id });
    return;
  }
  conversation.update(id, { mailedSeq: last.seq });
  const name = oneLine(row.name);
  await ctx.mail({
    to: { address: row.email, ...(name ? { name } : {}) },
    ...(ctx.settings.notify ? { replyTo: ctx.settings.notify } : {}),
    ...letter(
      {
        kind: 'answered',
        messages: unseen,
        name,
        agent: last.author ?? '',
        number: row.number ?? '',
        business: ctx.client.name,
        url: placeOf(ctx, row),
      },
      { locale: row.locale, zone: row.zone ?? ctx.client.zone },
    ),
  });
};
