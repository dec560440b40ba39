/** What a chat shows before a conversation: who is there, what it asks for, and how its first message is refused. */
import type { Page } from 'playwright-core';
import type { Hello } from '../../../widgets/chat/element/chat-types.ts';
import { cutOff, refuse } from './answers.ts';
import { type Desk, nobody } from './chat-desk.ts';
import { said, write, writing } from './chat-stops.ts';
import { button, type Place, press, type Stop } from './walk.ts';

const there: Partial<Hello> = { online: true, opensAt: null, greeting: null, replyMinutes: null };

/** The chat of another site, which says so of who is there. */
const opens = (page: Page, desk: Desk, name: string, hello: Partial<Hello>, words: string | RegExp): Stop => ({
  name,
  async go(place) {
    desk.hello = hello;
    await page.reload();
    await place.locator('.state').filter({ hasText: words }).waitFor();
  },
});

const asked = (name: string, focus: RegExp): Stop => ({
  name,
  focus,
  async go(place) {
    await write(place, 'Could I come on Friday after five?');
    await button(place, /^Send message$/).waitFor();
  },
});

/** From who is there to the details that they ask for. */
export const toDetails = (page: Page, desk: Desk): readonly Stop[] => [
  opens(
    page,
    desk,
    'there, and answers in minutes',
    { ...there, replyMinutes: 4, asks: { name: 'required', email: 'required' } },
    'Online, usually answers within 4 min',
  ),
  asked('asked for both', /^input name/),
  {
    name: 'both missing',
    focus: /^input name/,
    async go(place) {
      await press(place, /^Send message$/);
      await place.locator('[aria-invalid=true]').nth(1).waitFor();
    },
  },
  opens(
    page,
    desk,
    'there, and answers in hours, with a greeting and a name that are long',
    {
      ...there,
      replyMinutes: 150,
      business: { name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft' },
      greeting: `Hello!\n\nAsk us anything about hair, beards, colours and henna, ${'and more '.repeat(20)}at any time.`,
      asks: { name: 'optional', email: 'optional' },
    },
    'Online, usually answers within 3 h',
  ),
  asked('asked for what may be left out', /^input name/),
  opens(page, desk, 'away until a day', { ...there, ...nobody, asks: { name: 'off', email: 'required' } }, /^Back /),
  asked('asked for an address alone', /^input email/),
  opens(page, desk, 'away', { ...there, ...nobody, opensAt: null }, 'Away, answers by e-mail'),
];

const refused = (desk: Desk, name: string, go: (place: Place) => Promise<unknown>, code: string, words: string) => ({
  name,
  focus: /^div /,
  async go(place: Place) {
    desk.answers['start'] = refuse(code);
    await go(place);
    await place.getByRole('alert').filter({ hasText: words }).waitFor();
    await button(place, /^Not sent/).waitFor();
    await said(place, 'Not sent.');
  },
});

/** What a visitor's conversation needs beyond the first view. */
const parts = '**/embed/c/*';

/** On to a first message that the host refuses for one reason after another, until it takes it. */
export const toSent = (page: Page, desk: Desk): readonly Stop[] => {
  const again = (place: Place) => press(place, /^Not sent/);
  let answer = () => {};
  return [
    opens(page, desk, 'there, asking for nothing', { ...there, asks: { name: 'off', email: 'off' } }, 'Online now'),
    {
      name: 'parts that do not come',
      focus: /^textarea /,
      async go(place) {
        await page.route(parts, cutOff);
        await write(place, 'Could I come on Friday after five?');
        await place.getByRole('alert').filter({ hasText: 'We could not be reached.' }).waitFor();
      },
    },
    {
      name: 'an address is needed all the same',
      focus: /^input email/,
      async go(place) {
        await page.unroute(parts);
        desk.answers['start'] = refuse('EMAIL_REQUIRED', ['email'], 422);
        await writing(place).press('Enter');
        await place.locator('[aria-invalid=true]').waitFor();
      },
    },
    {
      name: 'an address that the host does not take',
      focus: /^input email/,
      async go(place) {
        desk.answers['start'] = refuse('VALIDATION_FAILED', ['email'], 422);
        await place.getByRole('textbox', { name: 'E-mail' }).fill('jana@nowhere');
        await press(place, /^Send message$/);
        await place.locator('.card').waitFor({ state: 'detached' });
        await place.locator('[aria-invalid=true]').waitFor();
      },
    },
    {
      ...refused(
        desk,
        'a message that the host does not take',
        async place => {
          await place.getByRole('textbox', { name: 'E-mail' }).fill('jana.testova@mail.example');
          await press(place, /^Send message$/);
        },
        'VALIDATION_FAILED',
        'This message cannot be sent as it is.',
      ),
      focus: /^textarea /,
    },
    refused(desk, 'refused by a code that nobody knows', again, 'KETTLE_EMPTY', 'Something went wrong on our side'),
    refused(desk, 'too fast', again, 'RATE_LIMITED', 'That was a little fast.'),
    {
      name: 'sending',
      focus: /^div /,
      async go(place) {
        delete desk.answers['start'];
        desk.holds = new Promise<void>(resolve => {
          answer = resolve;
        });
        await again(place);
        await place.getByText('Sending…').waitFor();
        await write(place, 'Or on Saturday, whenever you have time.');
        await place.getByText('Or on Saturday').waitFor();
        await place.locator('.log').focus();
      },
    },
    {
      name: 'sent',
      focus: /^textarea /,
      async go(place) {
        await writing(place).focus();
        answer();
        await place.getByText('Sent', { exact: true }).waitFor();
      },
    },
  ];
};
