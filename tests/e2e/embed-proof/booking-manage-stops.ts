/** The way through a booking by its link as a visitor goes it by keyboard, and all that can be refused there. */
import { type Answers, cutOff, heldBack, refuse } from './answers.ts';
import { type ForeignWorld, tag } from './foreign-world.ts';
import { alerts, heading, inPage, slot, steps } from './steps.ts';
import { button, type Place, press, type Stop } from './walk.ts';

const seen = (place: Place) => heading(place, /^Your booking$/);
const move = (place: Place) => press(place, /^Move to /);

const toCheck = async (place: Place) => {
  await press(place, slot);
  await heading(place, 'Move your booking?');
};

/** From the booking to another time of it. */
export const toMoved = (says: Answers): readonly Stop[] => {
  const late = heldBack();
  const parts = heldBack();
  return [
    {
      name: 'seen',
      async go(place) {
        await seen(place);
        await button(place, /^Change the time$/).waitFor();
      },
    },
    {
      name: 'the calendar on its way',
      focus: /^button .*Change the time/s,
      async go(place) {
        says['next'] = parts.answer;
        await press(place, /^Change the time$/);
        await place.locator('.plain[aria-busy=true]').waitFor();
      },
    },
    {
      name: 'the calendar did not come',
      focus: /^h2 .*Your booking/s,
      async go(place) {
        parts.go(cutOff);
        await alerts(place, /could not be reached/);
      },
    },
    {
      name: 'times',
      focus: /^h2 .*Choose a new time/s,
      async go(place) {
        says['next'] = undefined;
        await press(place, /^Change the time$/);
        await heading(place, 'Choose a new time');
        await press(place, /^Next month$/);
        await button(place, slot).waitFor();
        await place.locator('h2').focus();
      },
    },
    {
      name: 'another time',
      focus: /^h2 .*Move your booking/s,
      go: toCheck,
    },
    {
      name: 'being moved',
      focus: /^button .*Move to/s,
      async go(place) {
        says['reschedule'] = late.answer;
        await move(place);
        await place.locator('.go[aria-busy=true]').waitFor();
      },
    },
    {
      name: 'not moved without a connection',
      focus: /^h2 .*Move your booking/s,
      async go(place) {
        late.go(cutOff);
        await alerts(place, /could not be reached/);
      },
    },
    {
      name: 'too late to move',
      focus: /^h2 .*Move your booking/s,
      async go(place) {
        says['reschedule'] = refuse('TOO_LATE');
        await move(place);
        await alerts(place, /too late to change/);
      },
    },
    {
      name: 'not moved by an old link',
      focus: /^h2 .*Move your booking/s,
      async go(place) {
        says['reschedule'] = refuse('LINK_REPLACED');
        await move(place);
        await alerts(place, /newer link/);
      },
    },
    {
      name: 'the new time taken',
      focus: /^h2 .*Choose a new time/s,
      async go(place) {
        says['reschedule'] = refuse('SLOT_TAKEN');
        await move(place);
        await alerts(place, /a moment quicker/);
        await button(place, slot).waitFor();
      },
    },
    {
      name: 'kept at its time',
      focus: /^h2 .*Your booking/s,
      async go(place) {
        await press(place, /^Keep /);
        await seen(place);
      },
    },
    {
      name: 'moved',
      focus: /^h2 .*Your booking/s,
      async go(place) {
        says['reschedule'] = undefined;
        await press(place, /^Change the time$/);
        await toCheck(place);
        await move(place);
        await place.getByRole('status').filter({ hasText: 'was moved' }).waitFor();
      },
    },
  ];
};

/** From the booking to none. */
export const toCancelled = (says: Answers): readonly Stop[] => {
  const cancel = (place: Place) => press(place, /^Cancel the booking$/);
  return [
    {
      name: 'asked whether to cancel',
      focus: /^h2 .*Cancel this booking/s,
      async go(place) {
        await cancel(place);
        await heading(place, 'Cancel this booking?');
      },
    },
    {
      name: 'kept all the same',
      focus: /^h2 .*Your booking/s,
      async go(place) {
        await press(place, /^Keep /);
        await seen(place);
      },
    },
    {
      name: 'not cancelled without a connection',
      focus: /^h2 .*Cancel this booking/s,
      async go(place) {
        says['cancel'] = cutOff;
        await cancel(place);
        await place.getByRole('textbox', { name: 'Reason' }).fill('A meeting. '.repeat(30));
        await cancel(place);
        await alerts(place, /could not be reached/);
      },
    },
    {
      name: 'too late to cancel',
      focus: /^h2 .*Cancel this booking/s,
      async go(place) {
        says['cancel'] = refuse('TOO_LATE');
        await cancel(place);
        await alerts(place, /too late to change/);
      },
    },
    {
      name: 'cancelled',
      focus: /^h2 .*Your booking/s,
      async go(place) {
        says['cancel'] = undefined;
        await cancel(place);
        await place.getByRole('status').filter({ hasText: 'is cancelled' }).waitFor();
      },
    },
  ];
};

/** Books, and hands over the token of the link that the visitor has then. */
export async function bookedLink(world: ForeignWorld): Promise<string> {
  const { page, heard, close } = await world.open(world.script() + tag);
  await heard('ready');
  for (const step of steps) await step.go(inPage(page));
  const link = await inPage(page).locator('a.link').getAttribute('href');
  await close();
  return link!.split('#')[1]!;
}
