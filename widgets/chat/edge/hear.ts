/** What a visitor's message does to its conversation, beside being there. */

import { isPresent } from './agents.ts';
import { type Appended, append, told } from './append.ts';
import { afterOpen } from './business-hours.ts';
import { giveOut, type Loads } from './choose-agent.ts';
import { type Agent, type ChatContext, type Conversation, type ConversationPatch, MINUTE } from './context.ts';
import { hoursOf } from './hours.ts';
import { visitorSource } from './view.ts';

/** How often one conversation may be written to (CH-11). */
const MOST_MESSAGES = 15;
const WITHIN = 10_000;
/** Where nobody is there, the business is told once the first thoughts are written. */
const GATHERED = MINUTE;

export interface Desk {
  readonly agents: readonly Agent[];
  readonly loads: Loads;
}

export interface Written {
  readonly clientId: string;
  readonly text: string;
}

/** Refuses the commit with RATE_LIMITED where too much was written lately; the conversation goes on afterwards. */
export const refuseFlood = (ctx: ChatContext, { id }: Pick<Conversation, 'id'>): void => {
  const lately = { conversation: { eq: id }, kind: { eq: 'visitor' }, createdAt: { gt: ctx.now - WITHIN } } as const;
  ctx.asSystem().message.expectFewer(lately, MOST_MESSAGES, 'RATE_LIMITED');
};

/** Whether somebody sits there to answer. */
export const isAttended = (agents: readonly Agent[], now: number): boolean => agents.some(row => isPresent(row, now));

/** Whose it is from now on: theirs who had it, unless it was over and they are gone (CH-06); else whose turn it is. */
const ownerOf = (ctx: ChatContext, { status, assignee }: Conversation, { agents, loads }: Desk): string | null => {
  const agent = agents.find(({ id }) => id === assignee);
  if (agent && (status !== 'resolved' || isPresent(agent, ctx.now))) return agent.id;
  return giveOut(ctx, agents, loads)?.id ?? null;
};

/** Since when they wait: from the first message that nobody has answered (CH-05). */
export const waitOf = (ctx: ChatContext, { waitingSince }: Pick<Conversation, 'waitingSince'>): ConversationPatch =>
  waitingSince === null
    ? { waitingSince: ctx.now, dueAt: afterOpen(hoursOf(ctx), ctx.now, ctx.settings.firstReply * MINUTE) ?? null }
    : {};

/** Has the business told of it, and given to another where whose it is does not come. */
export const awaitAnswer = (ctx: ChatContext, conversation: string, agents: readonly Agent[]): void => {
  const { notify, notifyAfter, requeueAfter, capacity } = ctx.settings;
  const wait = isAttended(agents, ctx.now) ? notifyAfter * MINUTE : GATHERED;
  // The address is that of the site, which a job knows nothing of.
  if (notify) ctx.schedule('tellDesk', { conversation, to: notify }, { at: ctx.now + wait, key: conversation });
  if (capacity === 0) return;
  ctx.schedule('requeue', { conversation }, { at: ctx.now + requeueAfter * MINUTE, key: conversation });
};

/** Adds the message and settles who waits for whom; the caller writes `patch`. */
export const hear = (ctx: ChatContext, row: Conversation, { clientId, text }: Written, desk: Desk): Appended => {
  const said = { kind: 'visitor', text, author: row.name || null, source: visitorSource(clientId) } as const;
  if (row.blocked) return append(ctx, row, [said]);
  const assignee = ownerOf(ctx, row, desk);
  const agent = desk.agents.find(({ id }) => id === assignee);
  const appended = append(ctx, row, [
    said,
    ...(row.status === 'resolved' ? [told('reopened')] : []),
    ...(agent && agent.id !== row.assignee ? [told('joined', agent.name)] : []),
  ]);
  if (row.waitingSince === null) awaitAnswer(ctx, row.id, desk.agents);
  const patch = { ...appended.patch, ...waitOf(ctx, row), assignee, unread: row.unread + 1, ...awake };
  return { messages: appended.messages, patch };
};

/** What ends when somebody writes: snooze, rest, the rating of what was resolved before. */
const awake: ConversationPatch = { snoozedUntil: null, quietUntil: null, rating: null };

/** Writes what `hear` gave; a conversation that was put away or resolved opens. */
export const writeHeard = (ctx: ChatContext, row: Conversation, { patch }: Appended): Conversation['status'] => {
  const { conversation } = ctx.asSystem();
  const expected = { rev: row.rev, retry: true };
  if (row.blocked || row.status === 'open') {
    conversation.update(row.id, patch, expected);
    return row.status;
  }
  conversation.transition(row.id, 'reopen', patch, expected);
  return 'open';
};
