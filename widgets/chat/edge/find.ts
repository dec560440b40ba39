/** What most of the desk's actions read: the conversation, and everybody who answers. */
import { allAgents, callerOf } from './agents.ts';
import type { Agent, ChatContext, Conversation, Message } from './context.ts';
import { agentMark } from './view.ts';

export interface Found {
  readonly row: Conversation;
  readonly agents: readonly Agent[];
  readonly caller: Agent;
}

/** Throws UNKNOWN_CONVERSATION. */
export const find = async (ctx: ChatContext, id: string): Promise<Found> => {
  const [row, agents] = await Promise.all([ctx.asSystem().conversation.get(id), allAgents(ctx)]);
  if (!row) return ctx.fail('UNKNOWN_CONVERSATION');
  return { row, agents, caller: callerOf(ctx, agents) };
};

/** The revision that was read; where it moved on, the call runs again. */
export const asRead = ({ rev }: Conversation) => ({ rev, retry: true }) as const;

export interface FoundSaid extends Found {
  /** Of the caller's messages. */
  readonly mark: string;
  /** What the caller has said under this name already. */
  readonly earlier: Message | undefined;
}

/** The same beside what may have been said in an earlier try; the caller's own mark is known only with everybody, so that names are looked for by their end. */
export const findSaid = async (ctx: ChatContext, id: string, clientId: string): Promise<FoundSaid> => {
  const named = { conversation: { eq: id }, source: { contains: `:${clientId}` } } as const;
  const [found, said] = await Promise.all([find(ctx, id), ctx.asSystem().message.list({ where: named, limit: 50 })]);
  const mark = agentMark(found.caller);
  return { ...found, mark, earlier: said.find(({ source }) => source === mark + clientId) };
};
