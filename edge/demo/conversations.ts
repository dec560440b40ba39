/** What visitors of a demo business have written in its chat, and what the desk has said. */
import type { ApiClient } from './api-client.ts';
import { customers } from './businesses.ts';

interface DemoConversation {
  readonly says: readonly string[];
  readonly answers?: readonly string[];
  readonly note?: string;
  /** Stars; where there are any it is resolved. */
  readonly score?: number;
  readonly labels?: readonly string[];
}

const conversations: readonly DemoConversation[] = [
  {
    says: ['Do you also cut children’s hair? My son is four.'],
    answers: ['We do, with Rosa on Tuesdays. Shall I book you in?', 'She has lollipops.'],
    score: 5,
  },
  {
    says: ['I would like to bring my own colour, is that all right?', 'It is a henna.'],
    answers: ['Let me ask Elena, she knows about henna.'],
    note: 'Elena: fine with henna, but only on dry hair and with a test strand.',
    labels: ['colour'],
  },
  { says: ['Hello, are you open on Whit Monday?', 'Somebody told me that you are.'] },
];

/** Of the desk whose token it is. */
export async function seedConversations(api: ApiClient, token: string, clientId: string, page: string): Promise<void> {
  const act = <T>(action: string, body: object) => api.send<T>(`/api/m/chat/v1/actions/${action}`, { token, body });
  const greeting = 'Hello! Ask us anything about your hair.';
  await api.send(`/api/clients/${clientId}/installations/chat`, { method: 'PATCH', body: { settings: { greeting } } });
  for (const [index, { says, answers = [], note, score, labels }] of conversations.entries()) {
    const { name, email } = customers[(index + 1) % customers.length]!;
    const [first = '', ...rest] = says;
    const begun = { clientId: 'v0', text: first, name, email, page: { url: page } };
    const { token: visitor, conversation } = await act<{ token: string; conversation: { id: string } }>('start', begun);
    const of = { conversation: conversation.id };
    for (const [turn, text] of rest.entries()) await act('send', { token: visitor, clientId: `v${turn + 1}`, text });
    if (note) await act('note', { ...of, clientId: 'n0', text: note });
    for (const [turn, text] of answers.entries()) await act('reply', { ...of, clientId: `a${turn}`, text });
    if (labels) await act('label', { ...of, labels });
    if (score) {
      await act('resolve', of);
      await act('rate', { token: visitor, score });
    }
  }
  await api.send('/api/m/chat/v1/canned', {
    token,
    body: { shortcut: 'hours', text: 'We are here Tuesday to Saturday. You can book any time on this page.' },
  });
}
