/** A visitor whom the website vouches for has one conversation, on every device (CH-08). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { oneLine } from '../../../schemas/mail/index.ts';
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { ChatContext, ChatModule, Conversation, ConversationPatch } from './context.ts';
import { MOST_MERGED, merge } from './merge.ts';
import { begin } from './start.ts';
import { idIn, opens, tokenOf } from './token.ts';

/** Derived from the installation's key, so that it lies nowhere. */
export const secretOf = (ctx: Pick<ChatContext, 'secret' | 'settings'>): Promise<string> =>
  ctx.secret('identity', String(ctx.settings.identityVersion));

/** HMAC-SHA256 of the user's id in hexadecimal digits (RFC 2104). */
export const vouchFor = (secret: string, userId: string): string =>
  createHmac('sha256', secret).update(userId).digest('hex');

const isVouched = async (ctx: ChatContext, userId: string, hash: string): Promise<boolean> => {
  const expected = Buffer.from(vouchFor(await secretOf(ctx), userId));
  const given = Buffer.from(hash.toLowerCase());
  return given.length === expected.length && timingSafeEqual(given, expected);
};

/** What the website knows stands before what was typed. */
const known = ({
  name,
  email,
}: {
  readonly name?: string | null;
  readonly email?: string | null;
}): ConversationPatch => ({
  ...(name ? { name: oneLine(name) } : {}),
  ...(email ? { email } : {}),
});

const differs = (row: Conversation, patch: ConversationPatch): boolean =>
  Object.entries(patch).some(([field, value]) => row[field as keyof Conversation] !== value);

export const identify: ActionHandler<ChatModule, 'identify'> = async ({ token = null, userId, hash, ...who }, ctx) => {
  if (!(await isVouched(ctx, userId, hash))) return ctx.fail('IDENTITY_INVALID');
  const { conversation, message } = ctx.asSystem();
  const opening = await opens(ctx, token ?? '');
  const [theirs, held, messages] = await Promise.all([
    conversation.first({ user: { eq: userId } }),
    token ? conversation.first(opening) : undefined,
    token ? message.list({ where: { conversation: { eq: idIn(token) } }, sort: ['seq'], limit: MOST_MERGED + 1 }) : [],
  ]);
  // A conversation of somebody else on the same device stays theirs.
  const anonymous = held && held.user === null ? held : undefined;
  if (theirs) {
    const changed = anonymous ? merge(ctx, anonymous, messages, theirs) : {};
    const patch = { ...changed, ...known(who) };
    if (differs(theirs, patch)) conversation.update(theirs.id, patch, { rev: theirs.rev, retry: true });
    return { token: await tokenOf(ctx, theirs) };
  }
  if (!anonymous) {
    const made = await begin(ctx, { user: userId, ...known(who) });
    conversation.update(made.row.id, { tokenHash: await ctx.hash(made.token) });
    return { token: made.token };
  }
  // Whoever had the token before they were known does not see what they write from now on.
  const next = { id: anonymous.id, generation: anonymous.generation + 1 };
  const fresh = await tokenOf(ctx, next);
  const change = { user: userId, generation: next.generation, tokenHash: await ctx.hash(fresh), ...known(who) };
  conversation.update(anonymous.id, change, { rev: anonymous.rev, retry: true });
  return { token: fresh };
};
