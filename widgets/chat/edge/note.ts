/** Writes what only colleagues see (CH-09). */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { append } from './append.ts';
import type { ChatModule } from './context.ts';
import { asRead, findSaid } from './find.ts';
import { deskMessage } from './view.ts';

export const note: ActionHandler<ChatModule, 'note'> = async ({ conversation: id, clientId, text }, ctx) => {
  const { row, caller, mark, earlier } = await findSaid(ctx, id, clientId);
  if (earlier) return { message: deskMessage(earlier, mark) };
  const source = mark + clientId;
  const { messages, patch } = append(ctx, row, [{ kind: 'note', text, author: caller.name, source, internal: true }]);
  ctx.asSystem().conversation.update(id, patch, asRead(row));
  return { message: deskMessage(messages[0]!, mark) };
};
