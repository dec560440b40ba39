/** Questions about whom a widget is there for, which the tests and the bench ask alike. */
import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { inPage } from './steps.ts';

/** Pixels by which the page, or anything in the widget, is wider than the window. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const edges = [...document.querySelector('inlay-booking')!.shadowRoot!.querySelectorAll('button, input, h2, td')]
      .map(element => element.getBoundingClientRect())
      .map(({ left, right }) => Math.max(right - clientWidth, -left));
    return Math.max(scrollWidth - clientWidth, ...edges);
  });

/** What has the focus, through every shadow root: its tag, name and text. */
export const focused = (place: Page | Frame): Promise<string> =>
  place.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return `${at?.localName} ${(at as HTMLInputElement | null)?.name ?? ''} ${at?.textContent?.trim() ?? ''}`;
  });

/** Waits until this has the focus; throws where something else keeps it, or nothing has it. */
export async function hasFocus(place: Page | Frame, wanted: RegExp, state: string): Promise<void> {
  let found = '';
  for (let tries = 0; tries < 60; tries++) {
    found = await focused(place);
    if (wanted.test(found)) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  assert.match(found, wanted, `focus at ${state}`);
}

/** Presses Tab until this has the focus; `key` goes another way, such as back. Throws where the keyboard does not reach it. */
export async function tabTo(page: Page, wanted: RegExp, key = 'Tab'): Promise<void> {
  for (let tabs = 0; tabs < 60; tabs++) {
    await page.keyboard.press(key);
    if (wanted.test(await focused(page))) return;
  }
  assert.fail(`the keyboard does not reach ${wanted}`);
}

/** Books by keyboard alone, from the first tab to the confirmation. Throws where the keyboard does not reach on. */
export async function bookByKeyboard(page: Page): Promise<void> {
  const shows = (name: string) => inPage(page).getByRole('heading', { name }).waitFor();
  await tabTo(page, /^button .*Cut and finish/s);
  await page.keyboard.press('Enter');
  await shows('With whom?');
  await tabTo(page, /^button .*Jakub Marek/s);
  await page.keyboard.press('Space');
  await shows('When suits you?');
  const times = inPage(page).getByRole('button', { name: /^\d{1,2}:\d\d/ });
  await times.first().waitFor();
  await tabTo(page, /^button .*\d{1,2}:\d\d/s);
  await page.keyboard.press('Enter');
  await shows('Your details');
  await tabTo(page, /^input name/);
  await page.keyboard.type('Jana Testová');
  await tabTo(page, /^input email/);
  await page.keyboard.type('jana.testova@mail.example');
  await page.keyboard.press('Enter');
  await shows('You are booked');
}
