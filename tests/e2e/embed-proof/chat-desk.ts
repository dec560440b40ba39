/** A desk that answers when a test says so, before the host of the chat; and a user of the salon's website who has talked with it. */
import { createHmac, randomUUID } from 'node:crypto';
import type { BrowserContext, Route } from 'playwright-core';
import type { Hello, Message, Since } from '../../../widgets/chat/element/chat-types.ts';
import { signInToSite } from '../../support/signed-in-site.ts';
import { change, changeHello } from './answers.ts';
import type { ForeignWorld } from './foreign-world.ts';
import type { Place } from './walk.ts';

export interface Desk {
  /** What the panel shows before anybody has written. */
  hello?: Partial<Hello>;
  /** Until then it says nothing. */
  holds?: Promise<unknown>;
  /** In place of the host's answers, by action. */
  readonly answers: Record<string, (route: Route) => Promise<unknown>>;
  /** How the conversation is, beside what the host says of it. */
  now?: Partial<Omit<Since, 'messages'>>;
  /** Messages beside those that the host has. */
  says?: readonly Message[];
}

/** Nobody is there, so an address is asked for. */
export const nobody: Partial<Hello> = {
  online: false,
  opensAt: '2031-03-03T09:00:00Z',
  asks: { name: 'optional', email: 'required' },
};

/** A message that somebody at the desk has written. */
export const says = (seq: number, text: string, name = 'Elena', at = '2031-03-03T09:00:00Z'): Message => ({
  seq,
  kind: 'agent',
  text,
  at,
  author: { name },
});

export async function withDesk(context: BrowserContext, desk: Desk): Promise<void> {
  await changeHello<object>(context, 'chat', data => Object.assign(data, desk.hello));
  const told = change<{ data?: { messages: Message[] } }>(({ data }) => {
    if (!data) return;
    data.messages.push(...(desk.says ?? []));
    Object.assign(data, desk.now);
  });
  await context.route('**/actions/**', async route => {
    await desk.holds;
    const action = route.request().url().split('/actions/')[1]!;
    return (desk.answers[action] ?? (action === 'since' ? told : (other: Route) => other.fallback()))(route);
  });
}

/** Has the panel ask at once for what is new, as it does when a visitor comes back to the tab. */
export const comeBack = (place: Place): Promise<void> =>
  place.locator('.frame').evaluate(({ ownerDocument }) => {
    ownerDocument.dispatchEvent(new Event('visibilitychange'));
  });

/** Values of a tag's attributes. */
export interface KnownUser {
  readonly user: string;
  readonly hash: string;
}

/** A user whom the website vouches for, who has asked and got an answer. */
export async function knownUser(world: ForeignWorld): Promise<KnownUser> {
  const { api, site } = await signInToSite(world.demo);
  const token = await api.clientToken(site.clientId);
  const act = <T>(action: string, body: object = {}) =>
    api.send<T>(`/api/m/chat/v1/actions/${action}`, { token, body });
  const { secret } = await act<{ secret: string }>('identitySecret');
  const userId = randomUUID();
  const hash = createHmac('sha256', secret).update(userId).digest('hex');
  const known = await act<{ token: string }>('identify', { userId, hash, name: 'Jana', email: 'jana@mail.example' });
  await act('send', { token: known.token, clientId: 'v0', text: 'Do you have a parking place?' });
  const { conversations } = await act<{ conversations: { id: string }[] }>('inbox');
  await act('reply', { conversation: conversations[0]!.id, clientId: 'a0', text: 'Two of them, behind the house.' });
  return { user: userId, hash };
}

/** The website says who its visitor is, once they are there. */
export const setUser = (place: Place, known: KnownUser): Promise<void> =>
  place
    .locator('.frame')
    .evaluate((frame, values) => void Object.assign((frame.getRootNode() as ShadowRoot).host, values), known);
