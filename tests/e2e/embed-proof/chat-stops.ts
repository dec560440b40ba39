/** The way through a chat as a visitor goes it by keyboard, with what has the focus at each stop. */
import { cutOff, done } from './answers.ts';
import { comeBack, type Desk, says } from './chat-desk.ts';
import { button, type Place, press, type Stop } from './walk.ts';

/** What is read out without the focus. */
export const said = (place: Place, text: string | RegExp) =>
  place.locator('[aria-live=polite]').filter({ hasText: text }).waitFor({ state: 'attached' });
export const writing = (place: Place) => place.getByRole('textbox', { name: 'Write a message' });

/** Writes and sends. */
export async function write(place: Place, text: string): Promise<void> {
  await writing(place).fill(text);
  await writing(place).press('Enter');
}

/** From the panel to an address that is none. */
export const toWriting: readonly Stop[] = [
  {
    name: 'asked who writes',
    focus: /^input name/,
    async go(place) {
      await write(place, 'Could I come on Friday after five?');
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

export const starsChosen: Stop = {
  name: 'stars chosen',
  focus: /^input score/,
  async go(place) {
    await place.getByRole('radio', { name: '1 star', exact: true }).press('Space');
    await place.getByRole('radio', { name: '1 star', exact: true }).press('ArrowRight');
    await button(place, /^Send rating$/).waitFor();
  },
};

/** On with a desk: a message that does not go at first, an answer, a rating. */
export const toRating = (desk: Desk): readonly Stop[] => [
  {
    name: 'not sent',
    focus: /^textarea /,
    async go(place) {
      desk.answers['start'] = cutOff;
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
      delete desk.answers['start'];
      await press(place, /^Not sent/);
      await place.getByText('Sent', { exact: true }).waitFor();
    },
  },
  {
    name: 'answered',
    focus: /^textarea /,
    async go(place) {
      await writing(place).focus();
      desk.says = [says(900, 'At half past five, see https://salon.example/friday')];
      desk.now = { typing: true, agent: { name: 'Elena' } };
      await place.getByRole('img', { name: /is writing/ }).waitFor();
      await said(place, 'Elena: At half past five');
    },
  },
  {
    name: 'to be rated',
    focus: /^textarea /,
    async go(place) {
      desk.now = { canRate: true };
      await comeBack(place);
      await place.getByRole('radio', { name: '5 stars' }).waitFor({ state: 'attached' });
      await said(place, 'How did we do?');
    },
  },
  starsChosen,
  {
    name: 'rated',
    focus: /^div /,
    async go(place) {
      desk.answers['rate'] = done;
      await press(place, /^Send rating$/);
      await said(place, 'Thank you for telling us.');
    },
  },
];
