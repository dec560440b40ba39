/** The way to a time of a booking, and all that can keep a visitor from it. */
import assert from 'node:assert/strict';
import { type Answer, type Answers, change, cutOff, heldBack, refuse } from './answers.ts';
import { alerts, heading, slot } from './steps.ts';
import { button, type Place, press, type Stop } from './walk.ts';

interface Times {
  data: { days: unknown[]; next: string | null };
}

/** Nothing is free in the month that is asked for; `later` says whether something is in the next one. */
const nothingFree =
  (later: boolean): Answer =>
  route =>
    change<Times>(({ data }) => {
      Object.assign(data, { days: [], next: later ? route.request().postDataJSON().to : null });
    })(route);

/** What a time can be refused for, with what the visitor reads. */
const refusals = {
  SLOT_UNAVAILABLE: /not offered any more/,
  TOO_SOON: /too soon/,
  TOO_MANY_HOLDS: /Too many times/,
  UNKNOWN_SERVICE: /not offered any more/,
  RATE_LIMITED: /a little fast/,
  INTERNAL: /went wrong on our side/,
};

const lengths = (place: Place) => place.getByRole('group', { name: 'Length' }).getByRole('button');
const services = (place: Place) => heading(place, 'What would you like to book?');

/** From the services to a time that nobody else wants. */
export const toTimes = (says: Answers): readonly Stop[] => {
  let late = heldBack();
  const holdBack = () => {
    late = heldBack();
    return late.answer;
  };
  return [
    { name: 'services', go: place => button(place, /^Cut and finish/).waitFor() },
    {
      name: 'steps on their way',
      focus: /^div /,
      async go(place) {
        says['next'] = holdBack();
        await press(place, /^Cut and finish/);
        await place.locator('.bone').first().waitFor();
      },
    },
    {
      name: 'steps did not come',
      focus: /^h2 .*What would you like/s,
      async go(place) {
        late.go(cutOff);
        await alerts(place, /could not be reached/);
      },
    },
    {
      name: 'people',
      focus: /^h2 .*With whom/s,
      async go(place) {
        says['next'] = undefined;
        await press(place, /^Cut and finish/);
        await heading(place, 'With whom?');
      },
    },
    {
      name: 'times on their way',
      focus: /^h2 .*When suits you/s,
      async go(place) {
        says['availability'] = holdBack();
        await press(place, /^Jakub Marek/);
        await place.locator('.times .bone').first().waitFor();
      },
    },
    {
      name: 'times did not come',
      focus: /^h2 .*When suits you/s,
      async go(place) {
        late.go(cutOff);
        await alerts(place, /could not be reached/);
      },
    },
    {
      name: 'nothing free this month',
      focus: /^h2 .*When suits you/s,
      async go(place) {
        says['availability'] = nothingFree(true);
        await press(place, /^Try again$/);
        await button(place, /^Next free day/).waitFor();
      },
    },
    {
      name: 'next free day',
      focus: /^h2 .*When suits you/s,
      async go(place) {
        says['availability'] = undefined;
        await press(place, /^Next free day/);
        await button(place, slot).waitFor();
      },
    },
    {
      name: 'nothing free any more',
      focus: /^button /,
      async go(place) {
        says['availability'] = nothingFree(false);
        await press(place, /^Next month$/);
        await place.getByText('No later times').waitFor();
      },
    },
    {
      name: 'another zone',
      focus: /^select /,
      async go(place) {
        says['availability'] = undefined;
        await press(place, /^Previous month$/);
        const zones = place.getByRole('combobox', { name: 'Time zone' });
        await zones.focus();
        await zones.selectOption('Asia/Tokyo');
        await button(place, slot).waitFor();
        assert.equal(await zones.inputValue(), 'Asia/Tokyo');
      },
    },
    {
      name: 'back at the first month',
      // The button goes no further, and keeps the focus.
      focus: /^button /,
      async go(place) {
        for (let months = 0; months < 3; months++) await press(place, /^Previous month$/);
        await place.getByRole('button', { name: 'Previous month', disabled: true }).waitFor();
        await place.locator('table[aria-busy=false]').waitFor();
      },
    },
    {
      name: 'several lengths',
      focus: /^h2 .*When suits you/s,
      async go(place) {
        // On its last days a month has little left.
        await press(place, /^Next month$/);
        await press(place, /^Change: Cut and finish/);
        await services(place);
        await press(place, /^Colour and cut/);
        await press(place, /^Anyone/);
        await button(place, slot).waitFor();
      },
    },
    {
      name: 'another length',
      focus: /^button .*30/s,
      async go(place) {
        await lengths(place).nth(1).press('Enter');
        await lengths(place).nth(1).and(place.locator('[aria-pressed=true]')).waitFor();
        await button(place, slot).waitFor();
      },
    },
    {
      name: 'a time being taken',
      focus: /^button .*\d:\d\d/s,
      async go(place) {
        says['hold'] = holdBack();
        await press(place.locator('.times'), slot);
        await place.locator('.slot[aria-busy=true]').waitFor();
      },
    },
    {
      name: 'taken',
      focus: /^h2 .*When suits you/s,
      async go(place) {
        late.go(refuse('SLOT_TAKEN'));
        await alerts(place, /a moment quicker/);
      },
    },
    {
      name: 'refused for another reason',
      focus: /^h2 .*When suits you/s,
      async go(place) {
        for (const [code, words] of Object.entries(refusals)) {
          says['hold'] = refuse(code);
          await press(place.locator('.times'), slot);
          await alerts(place, words);
        }
      },
    },
    {
      name: 'taken, and nobody else is free',
      focus: /^h2 .*When suits you/s,
      async go(place) {
        says['hold'] = refuse('SLOT_TAKEN');
        says['availability'] = nothingFree(false);
        await press(place.locator('.times'), slot);
        await alerts(place, /a moment quicker/);
        await place.getByText('No later times').waitFor();
      },
    },
  ];
};
