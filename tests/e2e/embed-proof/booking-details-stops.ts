/** The way from a time of a booking to its end, and all that can come between. */
import type { BrowserContext } from 'playwright-core';
import { type Answers, answerAs, change, cutOff, heldBack, refuse } from './answers.ts';
import { alerts, heading, slot } from './steps.ts';
import { button, type Place, press, type Stop } from './walk.ts';

const minute = 60_000;

/** Has a context answer as a test says, and its pages' clocks be as many minutes ahead as `window.ahead` says. */
export const withSalon = async (context: BrowserContext, says: Answers): Promise<void> => {
  await answerAs(context, says);
  await context.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + ((window as { ahead?: number }).ahead ?? 0);
  });
};

/** The clock of the page, or of the frame, goes on by so many minutes at once. */
const goOn = (place: Place, minutes: number) =>
  place
    .locator('h2')
    .first()
    .evaluate((_, ahead) => Object.assign(window, { ahead }), minutes * minute);

const book = (place: Place) => press(place, /^Book /);
const fill = (place: Place, name: string, text: string) => place.getByRole('textbox', { name }).fill(text);

const toDetails = async (place: Place) => {
  await press(place, slot);
  await heading(place, 'Your details');
};

/** From the times, wherever they are, to what is agreed. */
export const toDone = (says: Answers): readonly Stop[] => {
  const late = heldBack();
  return [
    {
      name: 'kept',
      focus: /^h2 .*Your details/s,
      async go(place) {
        says['availability'] = says['hold'] = undefined;
        await press(place, /^Change: (?:Anyone|Jakub)/);
        await press(place, /^(?:Rosa|Jakub)/);
        await toDetails(place);
      },
    },
    {
      name: 'nearly over',
      focus: /^h2 .*Your details/s,
      async go(place) {
        await goOn(place, 9.2);
        await place.getByText(/^Kept for you for 0:/).waitFor();
      },
    },
    {
      name: 'kept once more',
      focus: /^input name/,
      async go(place) {
        says['renew'] = change<{ data: { expiresAt: string } }>(({ data }) => {
          data.expiresAt = new Date(Date.now() + 19 * minute).toISOString();
        });
        await fill(place, 'Name', 'Jana Testová');
        await place.getByText(/^Kept for you for 9:/).waitFor();
      },
    },
    {
      name: 'faults that the server found',
      focus: /^input name/,
      async go(place) {
        says['confirm'] = refuse('VALIDATION_FAILED', ['name', 'email', 'phone', 'note'], 422);
        await fill(place, 'Name', 'Jana Testová');
        await fill(place, 'E-mail', 'jana.testova@mail.example');
        await fill(place, 'Phone', 'after five');
        await fill(
          place,
          'Note',
          `Left-handed. ${'Donaudampfschifffahrt'.repeat(4)}\n${'As short as last time. '.repeat(9)}`,
        );
        await book(place);
        await place.locator('#note-error').waitFor();
      },
    },
    {
      name: 'a phone is wanted',
      focus: /^input phone/,
      async go(place) {
        says['confirm'] = refuse('PHONE_REQUIRED', ['phone'], 422);
        await book(place);
        await place.locator('#note-error').waitFor({ state: 'detached' });
        await place.locator('#phone-error').waitFor();
      },
    },
    {
      name: 'being booked',
      focus: /^button .*Book /s,
      async go(place) {
        says['confirm'] = late.answer;
        await book(place);
        await place.locator('.go[aria-busy=true]').waitFor();
      },
    },
    {
      name: 'refused for a reason nobody knows',
      focus: /^button .*Book /s,
      async go(place) {
        late.go(refuse('INTERNAL', [], 500));
        await alerts(place, /went wrong on our side/);
      },
    },
    {
      name: 'no connection',
      focus: /^button .*Book /s,
      async go(place) {
        says['confirm'] = cutOff;
        await book(place);
        await alerts(place, /could not be reached/);
      },
    },
    {
      name: 'run out',
      focus: /^h2 .*When suits you/s,
      async go(place) {
        await goOn(place, 30);
        await alerts(place, /free again/);
        await button(place, slot).waitFor();
      },
    },
    {
      name: 'not kept any longer',
      focus: /^h2 .*When suits you/s,
      async go(place) {
        says['confirm'] = refuse('UNKNOWN_HOLD', [], 404);
        await toDetails(place);
        await book(place);
        await alerts(place, /no longer kept/);
        await button(place, slot).waitFor();
      },
    },
    {
      name: 'asked for',
      focus: /^h2 .*Your request is with us/s,
      async go(place) {
        says['confirm'] = change<{ data: object }>(({ data }) =>
          Object.assign(data, { status: 'pending', staff: null }),
        );
        await toDetails(place);
        await fill(place, 'Phone', '+420 601 234 567');
        await book(place);
        await heading(place, 'Your request is with us');
      },
    },
  ];
};
