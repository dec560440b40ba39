/** A whole conversation by Tab and keys alone, from the launcher and back to it. */
import type { Page } from 'playwright-core';
import { done } from './answers.ts';
import { comeBack, type Desk, says } from './chat-desk.ts';
import { said } from './chat-stops.ts';
import { hasFocus, tabTo } from './reach-checks.ts';

/** Throws where the keyboard does not reach on; `at` is told of each state. */
export async function chatByKeyboard(page: Page, desk: Desk, at: (state: string) => Promise<void>): Promise<void> {
  const chat = page.locator('inlay-chat');
  const { keyboard } = page;
  await chat.getByRole('button', { name: 'Ask us' }).waitFor();
  await tabTo(page, /^button .*Ask us/s);
  await keyboard.press('Enter');
  await hasFocus(page, /^textarea /, 'open');
  await at('open');
  await keyboard.type('Could I come on Friday?');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await hasFocus(page, /^input name/, 'who writes');
  await keyboard.type('Jana');
  await keyboard.press('Tab');
  await keyboard.type('jana.testova@mail.example');
  await at('who writes');
  await keyboard.press('Enter');
  await chat.getByText('Sent', { exact: true }).waitFor();
  await hasFocus(page, /^textarea /, 'sent');
  desk.says = [says(900, 'At half past five, see https://salon.example/friday')];
  desk.now = { typing: true, canRate: true, agent: { name: 'Elena' } };
  desk.answers['rate'] = done;
  await comeBack(chat);
  await chat.getByRole('radio', { name: '5 stars' }).waitFor({ state: 'attached' });
  await tabTo(page, /^input score/, 'Shift+Tab');
  await keyboard.press('Space');
  await keyboard.press('ArrowRight');
  await at('stars chosen');
  await tabTo(page, /^button .*Send rating/s);
  await keyboard.press('Enter');
  await said(chat, 'Thank you for telling us.');
  await hasFocus(page, /^div /, 'rated');
  await keyboard.press('Shift+Tab');
  await hasFocus(page, /^button /, 'by e-mail');
  await keyboard.press('Enter');
  await said(chat, 'on its way to your mailbox');
  await at('by e-mail');
  await keyboard.press('Shift+Tab');
  await keyboard.press('Enter');
  await chat.getByRole('dialog').waitFor({ state: 'detached' });
  await hasFocus(page, /^button .*Ask us/s, 'closed');
}
