/** Goes through a widget by keyboard and asks at each stop what axe finds, and whether the focus is where the visitor goes on. */
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { check } from './axe.ts';
import { hasFocus } from './reach-checks.ts';

/** Where the widget is: its tag, or the page within its frame. */
export type Place = Locator | FrameLocator;

export interface Stop {
  readonly name: string;
  /** From the stop before; resolves when this one shows. */
  go(place: Place): Promise<unknown>;
  /** What has the focus then, as `focused` tells it; without it, nobody has pressed anything yet. */
  readonly focus?: RegExp;
}

export const button = (place: Place, name: RegExp): Locator => place.getByRole('button', { name }).first();
export const press = (place: Place, name: RegExp): Promise<void> => button(place, name).press('Enter');

export interface Walk {
  readonly page: Page;
  /** Names the states in what is found. */
  readonly name: string;
  readonly tag: string;
  readonly stops: readonly Stop[];
  readonly framed?: boolean;
}

/** Walks through the stops in the page, or in the frame that the widget is in. */
export async function walk({ page, name: of, tag, stops, framed = false }: Walk): Promise<void> {
  const place = framed ? page.frameLocator(`${tag} iframe`) : page.locator(tag);
  const frame: Page | Frame = framed
    ? (await (await page.waitForSelector(`${tag} iframe`, { state: 'attached' })).contentFrame())!
    : page;
  for (const { name, go, focus } of stops) {
    await go(place);
    if (focus) await hasFocus(frame, focus, name);
    await check(page, `${of}: ${name}`);
  }
}
