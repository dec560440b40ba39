/** A conversation over days and all that becomes of it, as a user sees it whom the website vouches for. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Message } from '../../../widgets/chat/element/chat-types.ts';
import { refuse } from './answers.ts';
import { comeBack, type Desk, says } from './chat-desk.ts';
import { said, starsChosen, writing } from './chat-stops.ts';
import { button, press, type Stop } from './walk.ts';

const day = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * day).toISOString();
const happens = (seq: number, text: string, at: string): Message => ({ seq, kind: 'activity', text, at });
const asks = (seq: number, text: string, at: string): Message => ({ seq, kind: 'visitor', text, at });

/** What was said before all that the host has, whose places begin at 1. */
export const days: readonly Message[] = [
  asks(-20, 'Hello? Do you do highlights?', daysAgo(14)),
  happens(-19, 'Elena has joined', daysAgo(14)),
  says(-18, 'We do. Prices are on https://salon.example/prices?of=highlights#long.', 'Elena', daysAgo(14)),
  says(-17, 'Shall I book you in?', 'Elena', daysAgo(14)),
  happens(-16, 'Resolved, since nobody has written any more', daysAgo(13)),
  asks(-12, `A word: ${'Haarverlängerungsechthaar'.repeat(6)}`, daysAgo(1)),
  happens(-11, 'Opened again', daysAgo(1)),
  happens(-10, 'Jakub has joined', daysAgo(1)),
  says(-9, `https://salon.example/${'very-long-address-'.repeat(8)}`, 'Jakub Marek', daysAgo(1)),
  asks(-8, 'שלום, האם אתם פתוחים ביום שישי? https://salon.example/friday', daysAgo(1)),
  says(-7, 'مرحبا، نعم، من التاسعة حتى الخامسة.', 'Elena', daysAgo(1)),
  says(-6, 'First line\n\nThird line\n  and one that is moved in', 'Elena', daysAgo(1)),
];

/** From the history on its way to a conversation that nobody knows any more. */
export const talked = (page: Page, desk: Desk): readonly Stop[] => {
  let answer = () => {};
  return [
    {
      name: 'the history is on its way',
      async go(place) {
        desk.says = days;
        await button(place, /^Send me this conversation/).waitFor();
        desk.holds = new Promise<void>(resolve => {
          answer = resolve;
        });
        await page.reload();
        await place.locator('.bone.own').waitFor();
      },
    },
    {
      name: 'days, several who answer, links, long words and two directions',
      async go(place) {
        answer();
        await place.getByText('Two of them, behind the house.').waitFor();
        await place.getByText('Yesterday').waitFor();
      },
    },
    {
      name: 'its beginning',
      focus: /^div /,
      async go(place) {
        await place.locator('.log').press('Home');
        await place.getByText('Hello? Do you do highlights?').scrollIntoViewIfNeeded();
      },
    },
    {
      name: 'written and seen',
      focus: /^textarea /,
      async go(place) {
        desk.now = { seen: 9_000, agent: { name: 'Elena' } };
        await writing(place).fill('I come by train then.\nThank you!');
        await press(place, /^Send$/);
        await place.getByText('Seen', { exact: true }).waitFor();
        assert.equal(await place.locator('.log').evaluate(({ scrollTop }) => scrollTop), 0, 'it is out of sight');
      },
    },
    {
      name: 'somebody with a long name writes',
      focus: /^textarea /,
      async go(place) {
        desk.now = { typing: true, agent: { name: 'Maximiliane Theodora von Hohenzollern-Sigmaringen' } };
        await comeBack(place);
        await place.getByRole('img', { name: /^Maximiliane .* is writing/ }).waitFor();
      },
    },
    {
      name: 'by e-mail, without an address',
      focus: /^button /,
      async go(place) {
        desk.answers['transcript'] = refuse('NO_ADDRESS', [], 422);
        await press(place, /^Send me this conversation/);
        await said(place, 'We do not know your e-mail address.');
      },
    },
    {
      name: 'by e-mail',
      focus: /^button /,
      async go(place) {
        delete desk.answers['transcript'];
        await press(place, /^Send me this conversation/);
        await said(place, 'on its way to your mailbox');
      },
    },
    {
      name: 'resolved',
      focus: /^button /,
      async go(place) {
        desk.says = [...days, happens(9_001, 'Marked as resolved', new Date().toISOString())];
        desk.now = { status: 'resolved', canRate: true, agent: { name: 'Elena' } };
        await comeBack(place);
        await place.getByRole('radio', { name: '5 stars' }).waitFor({ state: 'attached' });
        await said(place, 'How did we do?');
      },
    },
    {
      name: 'opened again, while it was being rated',
      focus: /^div /,
      async go(place) {
        await starsChosen.go(place);
        await place.getByRole('textbox', { name: 'Anything to add?' }).fill('Elena was');
        desk.says = [...desk.says!, happens(9_002, 'Opened again', new Date().toISOString())];
        desk.now = { status: 'open', canRate: false, agent: { name: 'Elena' } };
        await comeBack(place);
        await place.locator('.stars').waitFor({ state: 'detached' });
      },
    },
    {
      name: 'a rating that does not arrive',
      focus: /^button .*Send rating/s,
      async go(place) {
        desk.now = { status: 'resolved', canRate: true };
        await comeBack(place);
        await starsChosen.go(place);
        await place.getByRole('textbox', { name: 'Anything to add?' }).fill('Elena was very kind. '.repeat(8));
        desk.answers['rate'] = refuse('RATE_LIMITED', [], 429);
        await press(place, /^Send rating$/);
        await place.getByRole('alert').filter({ hasText: 'That was a little fast.' }).waitFor();
      },
    },
    {
      name: 'gone',
      focus: /^div /,
      async go(place) {
        desk.answers['since'] = refuse('UNKNOWN_CONVERSATION', [], 404);
        await button(place, /^Send me this conversation/).focus();
        await comeBack(place);
        await place.getByText('Yesterday').waitFor({ state: 'detached' });
        assert.equal(await place.locator('.stars').count(), 0);
      },
    },
  ];
};
