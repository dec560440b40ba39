/** Whoever calls is at the desk. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { allAgents, callerOf } from './agents.ts';
import type { ChatModule } from './context.ts';

export const attend: ActionHandler<ChatModule, 'attend'> = async (_input, ctx) => {
  callerOf(ctx, await allAgents(ctx));
  return {};
};
