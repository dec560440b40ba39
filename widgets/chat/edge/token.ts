/** The visitor's key to a conversation: its id and a secret of 128 bits, of which only a hash is kept. */
import type { ChatContext, Conversation } from './context.ts';

type Keyed = Pick<Conversation, 'id' | 'generation'>;

/** The same conversation and generation give the same token, so that an identified visitor has it on every device. */
export const tokenOf = async (ctx: ChatContext, { id, generation }: Keyed): Promise<string> =>
  `${id}.${await ctx.secret('visitor', id, String(generation))}`;

/** A filter that one conversation matches, and none where the token is not one of ours. */
export const opens = async (ctx: ChatContext, token: string) =>
  ({ id: { eq: idIn(token) }, tokenHash: { eq: await ctx.hash(token) } }) as const;

/** The conversation's id: what belongs to it can be read beside it, and counts only where the whole token opens it. */
export const idIn = (token: string): string => token.slice(0, Math.max(token.indexOf('.'), 0));
