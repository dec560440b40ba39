/** A desk's side of the chat in memory, for the tests of the inbox. */
import { pageNow } from '../../kit/page-clock.ts';
import type { Conversation, Message, Opened, ScreenApi, Status } from './screen-api.ts';

export interface Call {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly intent: string;
}

const ago = (minutes: number) => new Date(pageNow() - minutes * 60_000).toISOString();

export const conversation = (id: string, more: Partial<Conversation> = {}): Conversation => ({
  id,
  number: id.replace(/\D/g, '') || '1',
  status: 'open',
  visitor: { name: `Guest ${id}`, email: `${id}@example.com` },
  last: { text: `Question of ${id}`, at: ago(12), kind: 'visitor' },
  unread: 0,
  assignee: null,
  waitingSince: ago(12),
  dueAt: ago(-18),
  priority: 'medium',
  labels: [],
  blocked: false,
  ...more,
});

export const talkOf = (one: Conversation): Message[] => [
  { seq: 1, kind: 'visitor', text: one.last.text, at: ago(14) },
  { seq: 2, kind: 'note', text: 'She was here in March', at: ago(13), author: { name: 'Rosa' } },
  { seq: 3, kind: 'agent', text: 'Good morning!', at: ago(12), author: { name: 'Ben' } },
];

export const fakeDesk = (list: Conversation[]) => {
  const calls: Call[] = [];
  /** Thrown by the next call of that name. */
  const failing: Record<string, (Error & { code?: string }) | undefined> = {};
  const messages = new Map(list.map(one => [one.id, talkOf(one)]));
  const edit = (id: unknown, change: Partial<Conversation>) => {
    list = list.map(one => (one.id === id ? { ...one, ...change } : one));
    return {};
  };
  const say = ({ conversation: id, clientId, text }: Record<string, unknown>, kind: Message['kind']) => {
    const all = messages.get(id as string)!;
    const found = all.find(one => one.clientId === clientId);
    if (found) return { message: found };
    const seq = all.length + 1;
    const message = {
      seq,
      kind,
      text: text as string,
      at: ago(0),
      clientId: clientId as string,
      author: { name: 'Ben' },
    };
    all.push(message);
    return { message };
  };
  const actions: Record<string, (input: Record<string, unknown>) => unknown> = {
    attend: () => ({}),
    inbox({ status, mine, unassigned, q }) {
      const open = list.filter(one => one.status === 'open');
      return {
        conversations: list.filter(
          one =>
            (!status || one.status === status) &&
            (!mine || one.assignee?.id === 'ben') &&
            (!unassigned || !one.assignee) &&
            (!q || `${one.visitor.name} ${one.last.text}`.includes(q as string)),
        ),
        counts: {
          open: open.length,
          mine: open.filter(one => one.assignee?.id === 'ben').length,
          unassigned: open.filter(one => !one.assignee).length,
          snoozed: list.filter(one => one.status === 'snoozed').length,
        },
        next: null,
      };
    },
    open({ conversation: id }): Opened {
      return {
        conversation: list.find(one => one.id === id)!,
        messages: [...messages.get(id as string)!],
        more: false,
        seen: 3,
        typing: false,
        visitor: {
          page: { url: 'https://salon.example/colour', title: 'Colour' },
          locale: 'cs',
          zone: 'Europe/Prague',
          past: [{ id: 'c9', number: '9', at: ago(90_000) }],
        },
      };
    },
    claim: ({ conversation: id }) => edit(id, { assignee: { id: 'ben', name: 'Ben' } }),
    assign: ({ conversation: id, member }) =>
      edit(id, { assignee: member ? { id: member as string, name: member === 'ben' ? 'Ben' : 'Rosa' } : null }),
    reply: input => say(input, 'agent'),
    note: input => say(input, 'note'),
    snooze: ({ conversation: id, until }) => edit(id, { status: 'snoozed', snoozedUntil: until as string }),
    resolve: ({ conversation: id }) => edit(id, { status: 'resolved' as Status }),
    reopen: ({ conversation: id }) => edit(id, { status: 'open' as Status }),
    label: ({ conversation: id, ...change }) => edit(id, change as Partial<Conversation>),
    block: ({ conversation: id, blocked }) =>
      edit(id, { blocked: blocked as boolean, ...(blocked ? { status: 'resolved' as Status } : {}) }),
    look: () => ({}),
  };
  const api: ScreenApi = {
    async action<T>(_at: unknown, name: string, input: unknown, intent: string) {
      calls.push({ name, input: input as Call['input'], intent });
      const error = failing[name];
      failing[name] = undefined;
      if (error) throw error;
      return actions[name]!(input as Record<string, unknown>) as T;
    },
    async list<T>({ entity }: { readonly entity: string }) {
      const data: Readonly<Record<string, unknown[]>> = {
        agent: [
          { id: 'ben', name: 'Ben' },
          { id: 'rosa', name: 'Rosa' },
        ],
        canned: [
          { id: 'k1', shortcut: 'hours', text: 'We are open from nine to six.' },
          { id: 'k2', shortcut: 'prices', text: 'All prices are on our website.' },
        ],
      };
      return { data: data[entity] as T[] };
    },
  };
  return {
    api,
    calls,
    failing,
    of: (name: string) => calls.filter(call => call.name === name),
    /** A visitor writes. */
    hear: (id: string, text: string) =>
      messages.get(id)!.push({ seq: messages.get(id)!.length + 1, kind: 'visitor', text, at: ago(0) }),
  };
};
