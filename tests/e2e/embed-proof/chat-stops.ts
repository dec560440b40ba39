/** The way through a chat as a visitor goes it by keyboard, and a desk that answers when a test says so. */
import type { BrowserContext } from 'playwright-core';
import { changeHello } from './answers.ts';
import { button, type Place, press, type Stop } from './walk.ts';

/** What the desk does next, beside what the host says. */
export interface Desk {
  /** The first message finds no connection. */
  cut: boolean;
  says?: string;
  typing?: boolean;
  canRate?: boolean;
}

/** Nobody is there, so an address is asked for; and the replies are as the desk has it. */
export async function withDesk(context: BrowserContext, desk: Desk): Promise<void> {
  const hello = { online: false, opensAt: '2031-03-03T09:00:00Z', asks: { name: 'optional', email: 'required' } };
  await changeHello<object>(context, 'chat', data => Object.assign(data, hello));
  await context.route('**/actions/start', route => (desk.cut ? route.abort('internetdisconnected') : route.continue()));
  await context.route('**/actions/rate', route =>
    route.fulfill({ headers: { 'access-control-allow-origin': '*' }, json: { data: {} } }),
  );
  await context.route('**/actions/since', async route => {
    const response = await route.fetch();
    const json = (await response.json()) as { data: { messages: unknown[] } };
    const { says: text, typing = false, canRate = false } = desk;
    const message = { seq: 900, kind: 'agent', text, at: '2031-03-03T09:00:00Z', author: { name: 'Elena' } };
    if (text) json.data.messages.push(message);
    Object.assign(json.data, { typing, canRate, ...(text && { agent: { name: 'Elena' } }) });
    await route.fulfill({ response, json });
  });
}

/** What is read out without the focus. */
const said = (place: Place, text: string | RegExp) =>
  place.locator('[aria-live=polite]').filter({ hasText: text }).waitFor({ state: 'attached' });
const writing = (place: Place) => place.getByRole('textbox', { name: 'Write a message' });

/** From the panel to an address that is none. */
export const toWriting: readonly Stop[] = [
  {
    name: 'asked who writes',
    focus: /^input name/,
    async go(place) {
      await writing(place).fill('Could I come on Friday after five?');
      await writing(place).press('Enter');
      await button(place, /^Send message$/).waitFor();
    },
  },
  {
    name: 'no address',
    focus: /^input email/,
    async go(place) {
      await press(place, /^Send message$/);
      await place.locator('[aria-invalid=true]').waitFor();
    },
  },
];

/** On with a desk: a message that does not go at first, an answer, a rating. */
export const toRating = (desk: Desk): readonly Stop[] => [
  {
    name: 'not sent',
    focus: /^textarea /,
    async go(place) {
      await place.getByRole('textbox', { name: 'E-mail' }).fill('jana.testova@mail.example');
      await press(place, /^Send message$/);
      await button(place, /^Not sent/).waitFor();
      await said(place, 'Not sent.');
    },
  },
  {
    name: 'not sent again',
    focus: /^(?:div|textarea) /,
    async go(place) {
      await press(place, /^Not sent/);
      await button(place, /^Not sent/).waitFor();
      await said(place, 'Not sent.');
    },
  },
  {
    name: 'sent',
    focus: /^div /,
    async go(place) {
      desk.cut = false;
      await press(place, /^Not sent/);
      await place.getByText('Sent', { exact: true }).waitFor();
    },
  },
  {
    name: 'answered',
    focus: /^textarea /,
    async go(place) {
      await writing(place).focus();
      Object.assign(desk, { says: 'At half past five, see https://salon.example/friday', typing: true });
      await place.getByRole('img', { name: /is writing/ }).waitFor();
      await said(place, 'Elena: At half past five');
    },
  },
  {
    name: 'to be rated',
    focus: /^textarea /,
    async go(place) {
      Object.assign(desk, { typing: false, canRate: true });
      await place.getByRole('radio', { name: '5 stars' }).waitFor({ state: 'attached' });
      await said(place, 'How did we do?');
    },
  },
  {
    name: 'stars chosen',
    focus: /^input score/,
    async go(place) {
      await place.getByRole('radio', { name: '1 star', exact: true }).press('Space');
      await place.getByRole('radio', { name: '1 star', exact: true }).press('ArrowRight');
      await button(place, /^Send rating$/).waitFor();
    },
  },
  {
    name: 'rated',
    focus: /^div /,
    async go(place) {
      await press(place, /^Send rating$/);
      await said(place, 'Thank you for telling us.');
    },
  },
];
