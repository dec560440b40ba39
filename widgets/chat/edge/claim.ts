/** Takes a conversation that is nobody's; of two who do so at once one has it and the other is told who (CH-02). */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { append, told } from './append.ts';
import type { ChatModule } from './context.ts';
import { asRead, find } from './find.ts';
import { assigneeView } from './view.ts';

export const claim: ActionHandler<ChatModule, 'claim'> = async ({ conversation: id }, ctx) => {
  const { row, agents, caller } = await find(ctx, id);
  const taken = assigneeView(row, agents);
  if (taken && taken.id !== caller.id) ctx.fail('ALREADY_ASSIGNED', { detail: `${taken.name} has taken it.` });
  const assignee = { id: caller.id, name: caller.name };
  if (taken) return { assignee };
  const { patch } = append(ctx, row, [told('joined', caller.name)]);
  ctx.asSystem().conversation.update(id, { ...patch, assignee: caller.id }, asRead(row));
  return { assignee };
};
