/** What a visitor thinks of how it was resolved; said again it replaces what was said before (CH-06). */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { ChatModule } from './context.ts';
import { idIn, opens } from './token.ts';

export const rate: ActionHandler<ChatModule, 'rate'> = async ({ token, score, comment }, ctx) => {
  const { conversation, rating } = ctx.asSystem();
  const opening = await opens(ctx, token);
  const [row, [earlier]] = await Promise.all([
    conversation.first(opening),
    rating.list({ where: { conversation: { eq: idIn(token) } }, sort: ['-createdAt'], limit: 1 }),
  ]);
  if (!row) return ctx.fail('UNKNOWN_CONVERSATION');
  const { id, assignee, resolutions: resolution } = row;
  if (row.status !== 'resolved' || row.blocked || resolution === 0) ctx.fail('NOT_RESOLVED');
  const said = { score, comment: comment ?? null };
  if (earlier?.resolution === resolution) rating.update(earlier.id, said);
  else rating.create({ conversation: id, resolution, assignee, ...said });
  conversation.update(id, { rating: score }, { rev: row.rev, retry: true });
  return {};
};
