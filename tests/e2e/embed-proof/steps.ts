/** The way through a booking as a visitor goes it, step by step, in the page or in the frame. */
import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Where the widget is: its tag, or its tag within a frame. */
export const inPage = (page: Page): Locator => page.locator('inlay-booking').first();
export const inFrame = (page: Page): FrameLocator => page.frameLocator('inlay-booking iframe');

type Place = Locator | FrameLocator;
const pick = (place: Place, name: RegExp): Locator => place.getByRole('button', { name }).first();

export interface Step {
  readonly name: string;
  /** From the step before; resolves when this one shows. */
  go(place: Place): Promise<void>;
}

export const heading = (place: Place, name: string | RegExp): Promise<void> =>
  place.getByRole('heading', { name }).waitFor();

/** What went wrong, as it is read out. */
export const alerts = (place: Place, text: string | RegExp): Promise<void> =>
  place.getByRole('alert').filter({ hasText: text }).waitFor();

/** How a time to choose is named. */
export const slot: RegExp = /^\d{1,2}:\d\d/;

/** All that a booking goes through, each step from the one before. */
export const steps: readonly Step[] = [
  { name: 'services', go: place => pick(place, /Cut and finish/).waitFor() },
  {
    name: 'staff',
    async go(place) {
      await pick(place, /Cut and finish/).click();
      await heading(place, 'With whom?');
    },
  },
  {
    name: 'times',
    async go(place) {
      await pick(place, /Jakub Marek/).click();
      await heading(place, 'When suits you?');
      await pick(place, slot).waitFor();
    },
  },
  {
    name: 'details',
    async go(place) {
      await pick(place, slot).click();
      await heading(place, 'Your details');
    },
  },
  {
    name: 'details with errors',
    async go(place) {
      await pick(place, /^Book /).click();
      await place.locator('[aria-invalid=true]').first().waitFor();
    },
  },
  {
    name: 'done',
    async go(place) {
      await place.getByRole('textbox', { name: 'Name' }).fill('Jana Testová');
      await place.getByRole('textbox', { name: 'E-mail' }).fill('jana.testova@mail.example');
      await pick(place, /^Book /).click();
      await heading(place, 'You are booked');
    },
  },
];
