/** Gives a conversation to somebody, or to nobody. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { among, append, told } from './append.ts';
import type { ChatModule } from './context.ts';
import { asRead, find } from './find.ts';

export const assign: ActionHandler<ChatModule, 'assign'> = async ({ conversation: id, member = null }, ctx) => {
  const { row, agents } = await find(ctx, id);
  if (row.assignee === member) return {};
  const agent = agents.find(other => other.id === member);
  // One that is not there is refused by the reference itself.
  const { patch } = append(ctx, row, [agent ? told('joined', agent.name) : among('left')]);
  ctx.asSystem().conversation.update(id, { ...patch, assignee: member }, asRead(row));
  return {};
};
