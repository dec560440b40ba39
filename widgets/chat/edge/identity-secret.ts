/** The secret with which the website vouches for its users, for whoever sets it up. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { ChatModule } from './context.ts';
import { secretOf } from './identify.ts';

export const identitySecret: ActionHandler<ChatModule, 'identitySecret'> = async (_input, ctx) => ({
  secret: await secretOf(ctx),
});
