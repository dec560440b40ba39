/** What people have written to a business of the demo, and how far it is with an answer. */
import type { ApiClient } from './api-client.ts';
import { customers } from './businesses.ts';

interface DemoEnquiry {
  readonly topic: 'question' | 'quote' | 'feedback' | 'other';
  readonly message: string;
  readonly phone?: string;
  /** Taken one after the other. */
  readonly transitions: readonly ('take' | 'answer' | 'reject')[];
}

const enquiries: readonly DemoEnquiry[] = [
  {
    topic: 'question',
    message: 'Hello, is there somewhere to leave a bicycle while I am with you?',
    transitions: ['answer'],
  },
  {
    topic: 'quote',
    message:
      'There will be four of us on the morning of 12 June, for a wedding. Could you come to us, and for how much?',
    phone: '+420 777 123 456',
    transitions: ['take'],
  },
  {
    topic: 'feedback',
    message: 'Thank you for fitting my mother in on Friday. She is still talking about it.',
    transitions: [],
  },
  {
    topic: 'other',
    message: 'I left a green scarf on the chair by the window. Is it still there?',
    transitions: ['take'],
  },
  { topic: 'question', message: 'Do you take cards, or cash alone?', transitions: [] },
  {
    topic: 'other',
    message: 'Be first in every search! We have a special price for you today.',
    transitions: ['reject'],
  },
];

export async function seedEnquiries(api: ApiClient, token: string, clientId: string, notify: string): Promise<void> {
  const path = `/api/clients/${clientId}/installations/contact`;
  await api.send(path, { method: 'PATCH', body: { settings: { notify } } });
  for (const [index, { transitions, ...given }] of enquiries.entries()) {
    const { name, email } = customers[(index + 3) % customers.length]!;
    const { id } = await api.send<{ id: string }>('/api/m/contact/v1/actions/send', {
      token,
      body: { name, email, consent: true, ...given },
    });
    for (const transition of transitions)
      await api.send(`/api/m/contact/v1/enquiry/${id}/transitions/${transition}`, { token, body: {} });
  }
}
