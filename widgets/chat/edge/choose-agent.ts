/** Who gets a conversation by itself (CH-03). */
import { isPresent } from './agents.ts';
import type { Agent, ChatContext } from './context.ts';

/** Open conversations by agent. */
export type Loads = ReadonlyMap<string, number>;

/** The present one with the fewest open conversations below `capacity`, then who has waited longest for one; nobody where all are full. */
export const chooseAgent = (
  agents: readonly Agent[],
  loads: Loads,
  { capacity, now }: { readonly capacity: number; readonly now: number },
): Agent | undefined =>
  agents
    .filter(agent => isPresent(agent, now) && (loads.get(agent.id) ?? 0) < capacity)
    .sort(
      (a, b) =>
        (loads.get(a.id) ?? 0) - (loads.get(b.id) ?? 0) ||
        (a.assignedAt ?? 0) - (b.assignedAt ?? 0) ||
        (a.id < b.id ? -1 : 1),
    )[0];

/** Read only where conversations are given out. */
export const readLoads = async (ctx: ChatContext): Promise<Loads> => {
  if (ctx.settings.capacity === 0) return new Map();
  const where = { status: { eq: 'open' }, assignee: { null: false } } as const;
  const rows = await ctx.asSystem().conversation.list({ where, fields: ['assignee'] });
  const loads = new Map<string, number>();
  for (const { assignee } of rows) if (assignee) loads.set(assignee, (loads.get(assignee) ?? 0) + 1);
  return loads;
};

/** Chooses, and keeps two commits at once from filling the same place: the later one runs again and counts anew. */
export const giveOut = (ctx: ChatContext, agents: readonly Agent[], loads: Loads): Agent | undefined => {
  const { capacity } = ctx.settings;
  const agent = chooseAgent(agents, loads, { capacity, now: ctx.now });
  if (agent) ctx.asSystem().agent.update(agent.id, { assignedAt: ctx.now }, { rev: agent.rev, retry: true });
  return agent;
};
