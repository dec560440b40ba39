/** The way through a contact form as a visitor goes it by keyboard, and all that can be refused there. */
import { type Answers, cutOff, heldBack, refuse } from './answers.ts';
import { alerts, heading } from './steps.ts';
import { button, type Place, press, type Stop } from './walk.ts';

const send = (place: Place) => press(place, /^Send$/);
const fill = (place: Place, name: string, text: string) => place.getByRole('textbox', { name }).fill(text);

/** From the empty form to thanks, and to another. */
export const toThanks = (says: Answers): readonly Stop[] => {
  const late = heldBack();
  return [
    {
      name: 'form',
      async go(place) {
        await heading(place, 'Write to us');
        await place.locator('inlaykit-phone input').waitFor();
      },
    },
    {
      name: 'faults',
      focus: /^input name/,
      async go(place) {
        await send(place);
        await place.locator('[aria-invalid=true]').first().waitFor();
      },
    },
    {
      name: 'being sent',
      focus: /^button .*Sending/s,
      async go(place) {
        says['submit'] = late.answer;
        await fill(place, 'Name', 'Jana Testová');
        await fill(place, 'E-mail', 'jana.testova@mail.example');
        await fill(place, 'Message', 'Do you have time for a bride and her four friends?');
        await place.getByRole('checkbox').check();
        await send(place);
        await button(place, /^Sending/).waitFor();
      },
    },
    {
      name: 'no connection',
      focus: /^button .*Send/s,
      async go(place) {
        late.go(cutOff);
        await alerts(place, /no connection/);
      },
    },
    {
      name: 'too many',
      focus: /^button .*Send/s,
      async go(place) {
        says['submit'] = refuse('RATE_LIMITED', [], 429);
        await send(place);
        await alerts(place, /a lot at once/);
      },
    },
    {
      name: 'refused for a reason nobody knows',
      focus: /^button .*Send/s,
      async go(place) {
        says['submit'] = refuse('INTERNAL', [], 500);
        await send(place);
        await alerts(place, /went wrong on our side/);
      },
    },
    {
      name: 'faults that the server found',
      focus: /^input email/,
      async go(place) {
        says['submit'] = refuse('VALIDATION_FAILED', ['email', 'phone', 'message'], 422);
        await send(place);
        await place.locator('#email-error').waitFor();
      },
    },
    {
      name: 'thanks',
      focus: /^h2 .*Thank you/s,
      async go(place) {
        says['submit'] = undefined;
        // What the server refuses in a control of the kit is wrong until it is another.
        await place.locator('inlaykit-phone input').fill('601 234 567');
        await send(place);
        await heading(place, /Thank you/);
      },
    },
    {
      name: 'another',
      focus: /^h2 .*Write to us/s,
      async go(place) {
        await press(place, /^Write another$/);
        await heading(place, 'Write to us');
        await place.locator('inlaykit-phone input').waitFor();
      },
    },
  ];
};
