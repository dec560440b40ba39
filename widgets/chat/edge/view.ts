/** What callers see of messages and conversations. */
import { languageFor } from '../../../schemas/mail/index.ts';
import { type Activity, activities, activityStrings } from '../locales/activity.ts';

import type { Agent, Conversation, Message } from './context.ts';

const isActivity = (text: string): text is Activity => (activities as readonly string[]).includes(text);

/** An activity in words; what a person wrote stays as it is. */
export const textOf = ({ kind, text, author }: Pick<Message, 'kind' | 'text' | 'author'>, locale: string): string =>
  kind === 'activity' && isActivity(text)
    ? activityStrings[languageFor(activityStrings, locale).language][text].replace('{name}', () => author ?? '').trim()
    : text;

/** What visitors may see: no notes, and nothing of what happens among colleagues (CH-09). */
export const visible = { internal: { eq: false }, kind: { in: ['visitor', 'agent', 'activity'] } } as const;

const shared = (message: Message, locale: string) => ({
  seq: message.seq,
  text: textOf(message, locale),
  at: message.createdAt,
  author: message.author ? { name: message.author } : null,
});

/** Throws TypeError for what visitors may not see, whoever asked for it. */
export const visitorMessage = (message: Message, locale: string) => {
  const { kind, internal, source } = message;
  if (internal || kind === 'note') throw new TypeError('A note is not for visitors');
  return { ...shared(message, locale), kind, clientId: kind === 'visitor' ? clientIdIn(source) : null };
};

/** `source` is the caller's own mark: they find their messages by it. */
export const deskMessage = (message: Message, mark: string | undefined) => {
  const mine = mark !== undefined && message.source?.startsWith(mark);
  return { ...shared(message, 'en'), kind: message.kind, clientId: mine ? clientIdIn(message.source) : null };
};

/** Who was blocked is told nothing of it. */
export const shownStatus = (
  row: Pick<Conversation, 'blocked' | 'status'>,
  status = row.status,
): Conversation['status'] => (row.blocked ? 'open' : status);

const clientIdIn = (source: string | null): string | null => source?.slice(source.indexOf(':') + 1) ?? null;

/** Names of one writer never meet those of another: a visitor who guesses a colleague's would get a note for an answer. */
export const visitorSource = (clientId: string): string => `visitor:${clientId}`;
export const agentMark = ({ id }: Pick<Agent, 'id'>): string => `${id}:`;

export const conversationView = (row: Conversation, agents: readonly Agent[]) => ({
  id: row.id,
  number: row.number ?? '',
  status: row.status,
  visitor: { name: row.name || null, email: row.email },
  last: { text: row.lastText, at: row.lastAt, kind: row.lastKind },
  unread: row.unread,
  assignee: assigneeView(row, agents),
  waitingSince: row.waitingSince,
  dueAt: row.dueAt,
  snoozedUntil: row.snoozedUntil,
  rating: row.rating,
  priority: row.priority,
  labels: row.labels,
  blocked: row.blocked,
});

export const assigneeView = ({ assignee }: Pick<Conversation, 'assignee'>, agents: readonly Agent[]) => {
  const agent = agents.find(({ id }) => id === assignee);
  return agent ? { id: agent.id, name: agent.name } : null;
};
