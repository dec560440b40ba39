/** Conversations for the desk, the latest first. */
import type { ActionHandler, WhereOf } from '../../../schemas/module/index.ts';
import { allAgents, knownCaller } from './agents.ts';
import type { ChatContext, ChatModule } from './context.ts';
import { conversationView } from './view.ts';

type Where = WhereOf<ChatModule, 'conversation'>;

const PAGE = 30;
/** Found by what was said; more than these are no help to anybody. */
const MOST_FOUND = 200;

/** Where a page ends: a conversation's last message, and its id. */
const cursorOf = ({ lastAt, id }: { readonly lastAt: number; readonly id: string }): string => `${lastAt}.${id}`;
const after = (cursor: string): Where => {
  const [at = '', id = ''] = cursor.split('.');
  const lastAt = Number(at);
  if (!Number.isSafeInteger(lastAt)) return {};
  return { or: [{ lastAt: { lt: lastAt } }, { lastAt: { eq: lastAt }, id: { gt: id } }] };
};

const searched = async (ctx: ChatContext, q: string): Promise<Where> => {
  const said = await ctx.asSystem().message.list({
    where: { text: { contains: q }, kind: { ne: 'activity' } },
    sort: ['-createdAt'],
    limit: MOST_FOUND,
    fields: ['conversation'],
  });
  const ids = [...new Set(said.map(({ conversation }) => conversation))];
  const has = { contains: q };
  return { or: [{ id: { in: ids } }, { name: has }, { email: has }, { number: { eq: q.replace(/^#/, '') } }] };
};

const countsOf = async (ctx: ChatContext) => {
  const where = { status: { in: ['open', 'snoozed'] }, lastSeq: { gt: 0 } } as const;
  const rows = await ctx.asSystem().conversation.list({ where, fields: ['status', 'assignee'] });
  return (caller: string | undefined) => {
    const open = rows.filter(({ status }) => status === 'open');
    return {
      open: open.length,
      mine: open.filter(({ assignee }) => assignee !== null && assignee === caller).length,
      unassigned: open.filter(({ assignee }) => assignee === null).length,
      snoozed: rows.length - open.length,
    };
  };
};

export const inbox: ActionHandler<ChatModule, 'inbox'> = async ({ status, mine, unassigned, q, cursor }, ctx) => {
  const { conversation } = ctx.asSystem();
  const found = q?.trim() ? await searched(ctx, q.trim()) : {};
  const [agents, counts] = [allAgents(ctx), countsOf(ctx)];
  // Whose they are is known by the agent, who is waited for only when somebody asks for their own.
  const whose = mine ? { assignee: { eq: knownCaller(ctx, await agents)?.id ?? '' } } : {};
  const rows = await conversation.list({
    where: {
      lastSeq: { gt: 0 },
      ...(status ? { status: { eq: status } } : {}),
      ...(unassigned ? { assignee: { null: true } } : whose),
      and: [found, cursor ? after(cursor) : {}],
    },
    sort: ['-lastAt'],
    limit: PAGE + 1,
  });
  const shown = rows.slice(0, PAGE);
  const everybody = await agents;
  return {
    conversations: shown.map(row => conversationView(row, everybody)),
    counts: (await counts)(knownCaller(ctx, everybody)?.id),
    next: rows.length > PAGE ? cursorOf(shown.at(-1)!) : null,
  };
};
