/** Sets labels and how urgent it is. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { ChatModule } from './context.ts';

export const label: ActionHandler<ChatModule, 'label'> = async ({ conversation: id, labels, priority }, ctx) => {
  const change = {
    ...(labels ? { labels: [...new Set(labels)] } : {}),
    ...(priority ? { priority } : {}),
  };
  if (Object.keys(change).length > 0) ctx.asSystem().conversation.update(id, change);
  return {};
};
