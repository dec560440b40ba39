import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { openService } from '../../support/turnstile-page.ts';
import { refusal } from './answers.ts';
import { check } from './axe.ts';
import { close, type FairPages, shown, startFairPages } from './fair-pages.ts';
import { hasFocus } from './reach-checks.ts';
import { press, type Stop, walk } from './walk.ts';

/** What the host makes of a form that was sent. */
let answer: (route: Route) => Promise<unknown>;
const refused = (code: string, status: number, more = {}) => {
  const { json, ...reply } = refusal(code, status);
  answer = route => route.fulfill({ ...reply, json: { ...json, ...more } });
};

const said = (code: string, status: number, text: string): Stop => ({
  name: text,
  focus: /^button .*Send/s,
  async go(place) {
    refused(code, status, { title: text });
    // What the server has refused is not sent again as it is.
    await place.getByLabel(/^Budget/).fill(`${status}`);
    await press(place, /^Send$/);
    await place.getByRole('alert').filter({ hasText: text }).waitFor();
  },
});

const toRefusals: readonly Stop[] = [
  {
    name: 'fields that the server refuses',
    focus: /^input email/,
    async go(place) {
      const errors = ['email', 'text', 'budget', 'people'].map(name => ({
        pointer: `/${name}`,
        code: 'X',
        message: 'X',
      }));
      refused('VALIDATION_FAILED', 422, { errors });
      await place.getByLabel('Email').fill('ada@example.com');
      await place.getByRole('textbox', { name: 'Text' }).fill('Is there cheese?');
      await place.getByLabel(/^Budget/).fill('12.50');
      await press(place, /^Send$/);
      await place.getByText('Please check this').nth(1).waitFor();
    },
  },
  said('RATE_LIMITED', 429, 'That was a lot at once.'),
  said('NEVER_HEARD_OF', 409, 'A code that nobody knows, with words of its own'),
  {
    name: 'on its way',
    focus: /^button .*Sending/s,
    async go(place) {
      let goOn = () => {};
      const waits = new Promise<void>(resolve => {
        goOn = resolve;
      });
      held = goOn;
      answer = async route => {
        await waits;
        await route.continue();
      };
      await press(place, /^Send$/);
      await place.getByRole('button', { name: 'Sending' }).waitFor();
    },
  },
  {
    name: 'sent after all that',
    focus: /^h2 .*Thank you/s,
    async go(place) {
      held();
      await place.getByRole('heading', { name: /^Thank you/ }).waitFor();
    },
  },
];
let held = () => {};

describe('axe finds nothing serious in a form that is refused, and where a visitor is asked for a proof', {
  timeout: 600_000,
}, () => {
  let fair: FairPages;
  before(async () => {
    fair = await startFairPages();
  });
  after(() => fair?.stop());

  it('refused by field, by a code that is known and by one that is not; on its way', async () => {
    for (const root of ['lang="en"', 'lang="en" dir="rtl"']) {
      answer = route => route.continue();
      const page = await fair.open(
        '<inlay-fair-ask></inlay-fair-ask>',
        fair.world.full,
        context => context.route('**/submit', route => answer(route)),
        root,
      );
      await shown(page, ['fair-ask']);
      await page.waitForTimeout(1_500);
      await walk({ page, name: `a form ${root}`, tag: 'inlay-fair-ask', stops: toRefusals });
      await close(page);
    }
  });

  const openAsking = (attributes = '', tag = 'inlay-booth-word') =>
    fair.open(`<${tag}${attributes}></${tag}>`, fair.world.asking, context =>
      openService(context, fair.world.service, {
        answer: 'asks',
        hostname: new URL(fair.world.host.url).hostname,
      }),
    );
  type Place = Pick<Page, 'getByLabel' | 'getByRole'>;
  const write = async (page: Page, place: Place) => {
    await place.getByLabel('Text').fill('Is there cheese?');
    // Whatever is sent in less time was sent by nobody.
    await page.waitForTimeout(1_500);
    await place.getByRole('button', { name: 'Send' }).press('Enter');
  };

  it('asked, answered and refused all the same, and then taken', async () => {
    const page = await openAsking();
    const form = page.locator('inlay-booth-word');
    await page.route('**/submit', route => route.fulfill(refusal('CAPTCHA_REQUIRED', 403)), { times: 1 });
    await write(page, form);
    const question = page.frameLocator('inlay-booth-word iframe').getByRole('button', { name: 'I am human' });
    await question.waitFor();
    await check(page, 'asked for a proof', 'html');
    await page.route('**/submit', route => route.fulfill(refusal('CAPTCHA_INVALID', 403)), { times: 2 });
    await question.press('Enter');
    await form.getByRole('alert').waitFor();
    assert.equal(await page.locator('inlay-booth-word iframe').count(), 0);
    await check(page, 'a proof that is refused');
    await press(form, /^Send$/);
    await question
      .or(form.getByRole('heading', { name: /^Thank you/ }))
      .first()
      .waitFor();
    if (await question.isVisible()) await question.press('Enter');
    await form.getByRole('heading', { name: /^Thank you/ }).waitFor();
    await hasFocus(page, /^h2 .*Thank you/s, 'a proof that is taken');
    await check(page, 'a proof that is taken');
    await close(page);
  });

  it('in a frame, where the service works on no page', async () => {
    const page = await openAsking(' mode="frame"');
    const form = page.frameLocator('inlay-booth-word iframe');
    await write(page, form as unknown as Place);
    await form.getByRole('heading', { name: /^Thank you/ }).waitFor();
    await check(page, 'proved in a frame', 'html');
    await close(page);
  });

  it('in a chat before its first message: asked, refused, and asked again', async () => {
    const page = await openAsking('', 'inlay-chat');
    // The service is asked for what fits into a phone.
    await page.setViewportSize({ width: 320, height: 900 });
    const chat = page.locator('inlay-chat');
    const question = page.frameLocator('inlay-chat iframe').getByRole('button', { name: 'I am human' });
    await page.route('**/actions/start', route => route.fulfill(refusal('CAPTCHA_INVALID', 403)), { times: 3 });
    await chat.getByRole('textbox', { name: 'Write a message' }).fill('Is there cheese?');
    await press(chat, /^Send$/);
    await chat.getByRole('textbox', { name: 'E-mail' }).fill('ada@example.com');
    await press(chat, /^Send message$/);
    await question.waitFor();
    await check(page, 'a chat that asks for a proof', 'html');
    await question.press('Enter');
    await chat.getByRole('button', { name: /^Not sent/ }).waitFor();
    await check(page, 'a chat whose proof is refused');
    await press(chat, /^Not sent/);
    await question
      .or(chat.getByText('Sent', { exact: true }))
      .first()
      .waitFor();
    if (await question.isVisible()) await question.press('Enter');
    await chat.getByText('Sent', { exact: true }).waitFor();
    await check(page, 'a chat whose proof is taken');
    await close(page);
  });
});
