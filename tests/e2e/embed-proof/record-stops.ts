/** What can come between a visitor and the records of a list, a search and a calendar, and how it goes on. */
import type { Page, Route } from 'playwright-core';
import { refusal } from './answers.ts';
import { button, press, type Stop } from './walk.ts';

/** What the host says when it is asked for records. */
export interface Host {
  answer(route: Route): Promise<unknown>;
  /** What is held goes on. */
  release(): void;
}

const real = (route: Route) => route.continue();
const refused = (code: string, status: number) => (route: Route) => route.fulfill(refusal(code, status));

/** Nobody comes through until `release`. */
export function hold(host: Host): void {
  const waits = new Promise<void>(resolve => {
    host.release = resolve;
  });
  host.answer = route => waits.then(() => route.continue());
}

/** In a page with a list, a search, a calendar and cards. */
export const toRecords = (page: Page, host: Host): readonly Stop[] => {
  const list = page.locator('inlay-fair');
  const search = page.locator('inlay-fair-find');
  const days = page.locator('inlay-fair-days');
  const wall = page.locator('inlay-booth-wall');
  return [
    {
      name: 'each on its way',
      focus: /^button .*Show more/s,
      async go() {
        hold(host);
        await search.getByRole('searchbox').fill('brie');
        await press(days, /^Next month$/);
        await press(list, /^Show more$/);
        for (const widget of [list, search, days]) await widget.locator('section[aria-busy=true]').waitFor();
      },
    },
    {
      name: 'come through',
      focus: /^button .*Bread/s,
      async go() {
        host.release();
        await search.getByText('1 found').waitFor();
        for (const widget of [list, search, days]) await widget.locator('section[aria-busy=false]').waitFor();
      },
    },
    {
      name: 'each refused',
      focus: /^button .*Show more/s,
      async go() {
        host.answer = refused('RATE_LIMITED', 429);
        await search.getByRole('searchbox').fill('rye');
        await press(days, /^Previous month$/);
        host.answer = refused('NEVER_HEARD_OF', 409);
        await search.getByRole('alert').waitFor();
        await days.getByRole('alert').waitFor();
        await press(list, /^Show more$/);
        await list.getByRole('alert').waitFor();
      },
    },
    {
      name: 'tried again',
      focus: /^h2 .*Days/s,
      async go() {
        host.answer = real;
        for (const widget of [list, search, days]) {
          await press(widget, /^Try again$/);
          await widget.getByRole('alert').waitFor({ state: 'detached' });
          await widget.locator('section[aria-busy=false]').waitFor();
        }
      },
    },
    {
      name: 'a record that is gone',
      focus: /^h2 .*Cheese/s,
      async go() {
        host.answer = refused('NOT_FOUND', 404);
        await press(list, /^Cheese/);
        await list.getByText('This is no longer here.').waitFor();
      },
    },
    {
      name: 'a record with all that there is to tell',
      focus: /^h2 .*Rosa/s,
      async go() {
        host.answer = real;
        await wall.locator('li').nth(1).waitFor();
        if (await button(wall, /^Show more$/).isVisible()) await press(wall, /^Show more$/);
        await press(wall, /^Rosa/);
        await wall.getByText('Bold').waitFor();
        await wall.getByText('Main 1').waitFor();
      },
    },
  ];
};

/** By Tab and keys alone: each of the six, from the top of the page; `seen` is what shows then. */
export interface KeyedWidget {
  readonly tag: string;
  /** Reached by Tab one after another; each is followed by what is pressed or typed there, after a pause in milliseconds. */
  readonly way: readonly (readonly [reach: RegExp, keys: readonly string[], pause?: number])[];
  seen(page: Page): Promise<unknown>;
}

export const keyed: readonly KeyedWidget[] = [
  {
    tag: 'inlay-fair',
    way: [[/^button .*Cheese/s, ['Enter']]],
    seen: page => button(page.locator('inlay-fair'), /^Back$/).waitFor(),
  },
  {
    tag: 'inlay-fair-cards',
    way: [[/^button .*Show more/s, ['Space']]],
    seen: page => page.locator('inlay-fair-cards li').nth(4).waitFor(),
  },
  {
    tag: 'inlay-fair-find',
    way: [[/^input /, [...'brie']]],
    seen: page => page.locator('inlay-fair-find').getByText('1 found').waitFor(),
  },
  {
    tag: 'inlay-fair-days',
    way: [
      [/^button /, []],
      [/^td /, ['ArrowLeft', 'ArrowRight', 'Enter']],
    ],
    seen: page => page.locator('inlay-fair-days td[aria-selected=true]').waitFor(),
  },
  {
    tag: 'inlay-fair-one',
    way: [[/^a .*Brie/s, []]],
    seen: page => page.locator('inlay-fair-one').getByRole('link', { name: 'Brie' }).waitFor(),
  },
  {
    tag: 'inlay-fair-ask',
    way: [
      [/^input email/, [...'ada@example.com']],
      [/^textarea text/, [...'Cheese?']],
      [/^select topic/, ['ArrowDown']],
      // A form that is sent too soon after it was shown is a machine's.
      [/^button .*Send/s, ['Enter'], 1_500],
    ],
    seen: page =>
      page
        .locator('inlay-fair-ask')
        .getByRole('heading', { name: /^Thank you/ })
        .waitFor(),
  },
];
