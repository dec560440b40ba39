/** Begins a conversation with its first message. */
import { oneLine } from '../../../schemas/mail/index.ts';
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { allAgents } from './agents.ts';
import { readLoads } from './choose-agent.ts';
import type { ChatContext, ChatModule, Conversation, ConversationPatch } from './context.ts';
import { hear } from './hear.ts';
import { asksOf } from './hello.ts';
import { tokenOf } from './token.ts';
import { visitorMessage } from './view.ts';

interface Given {
  readonly name?: string | null;
  readonly email?: string | null;
}

/** Throws NAME_REQUIRED or EMAIL_REQUIRED. */
const refuseUnknown = (ctx: ChatContext, { name, email }: Given): void => {
  const asks = asksOf(ctx);
  const needed = (field: string) => ({
    errors: [{ pointer: `/${field}`, code: 'REQUIRED', message: 'This is needed' }],
  });
  if (asks.name === 'required' && !name?.trim()) ctx.fail('NAME_REQUIRED', needed('name'));
  if (asks.email === 'required' && !email) ctx.fail('EMAIL_REQUIRED', needed('email'));
};

/** A visitor names only pages of the website they are on: the address stands in mails. */
export const pageOf = (
  { actor }: Pick<ChatContext, 'actor'>,
  page: { readonly url: string; readonly title?: string | null } | null | undefined,
): ConversationPatch => {
  if (!page || !URL.canParse(page.url)) return {};
  const { protocol, origin, href } = new URL(page.url);
  if (protocol !== 'https:' && protocol !== 'http:') return {};
  if (actor.kind === 'visitor' && origin !== actor.origin) return {};
  if (href.length > 2000) return {};
  return { pageUrl: href, pageTitle: page.title ? oneLine(page.title) : null };
};

/** An empty conversation, with its token. */
export const begin = async (
  ctx: ChatContext,
  draft: ConversationPatch,
): Promise<{ readonly row: Conversation; readonly token: string }> => {
  const { conversation, attendance } = ctx.asSystem();
  const site = ctx.actor.siteId ?? null;
  const row = conversation.create({ locale: ctx.site?.locale ?? 'en', ...draft, site, lastAt: ctx.now });
  attendance.create({ conversation: row.id, visitorAt: ctx.now });
  return { row, token: await tokenOf(ctx, row) };
};

export const start: ActionHandler<ChatModule, 'start'> = async (input, ctx) => {
  refuseUnknown(ctx, input);
  const { conversation } = ctx.asSystem();
  const email = input.email ?? null;
  const [agents, loads, unwanted] = await Promise.all([
    allAgents(ctx),
    readLoads(ctx),
    email ? conversation.first({ email: { eq: email }, blocked: { eq: true } }) : undefined,
  ]);
  const { row, token } = await begin(ctx, {
    name: oneLine(input.name ?? ''),
    email,
    ...pageOf(ctx, input.page),
    ...(input.zone ? { zone: input.zone } : {}),
    ...(input.locale ? { locale: input.locale } : {}),
    blocked: unwanted !== undefined,
  });
  const { messages, patch } = hear(ctx, row, input, { agents, loads });
  const change = { ...patch, tokenHash: await ctx.hash(token) };
  const { id, number } = row;
  // Who was blocked is told nothing of it: what they write is kept, and out of the way.
  if (unwanted) conversation.transition(id, 'resolve', change);
  else {
    conversation.update(id, change);
    ctx.emit('started', { conversation: id }, { key: id });
  }
  const message = visitorMessage(messages[0]!, row.locale);
  return { token, conversation: { id, number: number ?? '', status: 'open' }, message };
};
