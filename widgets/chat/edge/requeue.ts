/** Gives what an absent person has left waiting to somebody who is there, or to all (CH-03). */
import type { JobHandler } from '../../../schemas/module/index.ts';
import { allAgents, isPresent } from './agents.ts';
import { among, append, told } from './append.ts';
import { giveOut, readLoads } from './choose-agent.ts';
import type { ChatModule } from './context.ts';
import { asRead } from './find.ts';

export const requeue: JobHandler<ChatModule, { readonly conversation: string }> = async (ctx, { conversation: id }) => {
  const { conversation } = ctx.asSystem();
  const [row, agents, loads] = await Promise.all([conversation.get(id), allAgents(ctx), readLoads(ctx)]);
  if (row?.status !== 'open' || row.waitingSince === null) return;
  const had = agents.find(agent => agent.id === row.assignee);
  if (had && isPresent(had, ctx.now)) return;
  const next = giveOut(ctx, agents, loads);
  if ((next?.id ?? null) === row.assignee) return;
  const { patch } = append(ctx, row, [next ? told('joined', next.name) : among('left')]);
  conversation.update(id, { ...patch, assignee: next?.id ?? null }, asRead(row));
};
