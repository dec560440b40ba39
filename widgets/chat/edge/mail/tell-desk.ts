/** Tells the business of a visitor who waits for an answer, once for each wait. */
import { oneLine } from '../../../../schemas/mail/index.ts';
import type { JobHandler } from '../../../../schemas/module/index.ts';
import type { ChatModule, Conversation } from '../context.ts';
import { letter } from './letter.ts';

const MOST_SHOWN = 30;

export const tellDesk: JobHandler<ChatModule, { readonly conversation: string; readonly to: string }> = async (
  ctx,
  { conversation: id, to },
) => {
  const { conversation, message } = ctx.asSystem();
  const of = { conversation: { eq: id }, kind: { eq: 'visitor' } } as const;
  const [row, latest] = await Promise.all([
    conversation.get(id),
    message.list({ where: of, sort: ['-seq'], limit: MOST_SHOWN }),
  ]);
  const since = row?.waitingSince ?? null;
  // Answered, resolved or put away meanwhile, or told already.
  if (!row || since === null || row.status !== 'open' || row.toldOf === since) return;
  conversation.update(id, { toldOf: since });
  const messages = latest.filter(({ createdAt }) => createdAt >= since).reverse();
  await ctx.mail({
    to: { address: to, name: oneLine(ctx.client.name) },
    ...(row.email ? { replyTo: row.email } : {}),
    ...letter(
      {
        kind: 'waiting',
        messages,
        name: row.name,
        number: row.number ?? '',
        business: ctx.client.name,
        url: ctx.screenUrl('inbox'),
        facts: words => factsOf(row, words),
      },
      { locale: ctx.site?.locale ?? 'en', zone: ctx.client.zone },
    ),
  });
};

const factsOf = (
  { name, email, pageUrl }: Conversation,
  words: { readonly name: string; readonly email: string; readonly page: string },
) =>
  [
    [words.name, oneLine(name)],
    [words.email, email ?? ''],
    [words.page, pageUrl ?? ''],
  ].filter((fact): fact is [string, string] => fact[1] !== '');
