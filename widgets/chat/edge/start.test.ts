import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proofFor } from '../../../edge/captcha/testing.ts';
import { openChat } from './testing.ts';

const weekdays = [{ days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' }];

interface Hello {
  readonly online: boolean;
  readonly opensAt: string | null;
  readonly asks: { readonly name: string; readonly email: string };
  readonly replyMinutes: number | null;
  readonly business: { readonly name: string };
}

test('within the hours it is online; outside it says when it opens, and asks for an address', async t => {
  const chat = await openChat(t, { settings: { hours: weekdays }, now: '2026-03-27T15:59:00Z' });
  const open = await chat.ask<Hello>('hello', {});
  assert.deepEqual([open.online, open.opensAt, open.asks.email], [true, null, 'optional']);
  assert.equal(open.business.name, "Rosa's Salon");
  chat.at('2026-03-27T16:00:00Z');
  const shut = await chat.ask<Hello>('hello', {});
  // Over the change to summer time.
  assert.deepEqual([shut.online, shut.opensAt, shut.asks.email], [false, '2026-03-30T07:00:00Z', 'required']);
  const refused = await chat.start().then(
    () => undefined,
    error => error,
  );
  assert.deepEqual(
    [refused.code, refused.status, refused.options.errors[0].pointer],
    ['EMAIL_REQUIRED', 422, '/email'],
  );
  await chat.start({ email: 'eva@mail.example' });
});

test('the hours are those of their zone', async t => {
  const chat = await openChat(t, {
    settings: { hours: weekdays, zone: 'America/New_York' },
    now: '2026-03-27T13:00:00Z',
  });
  assert.equal((await chat.ask<Hello>('hello', {})).online, true);
});

test('a name that is needed is asked for', async t => {
  const chat = await openChat(t, { settings: { askName: 'required' } });
  await assert.rejects(chat.start(), { code: 'NAME_REQUIRED' });
  await assert.rejects(chat.start({ name: '  ' }), { code: 'NAME_REQUIRED' });
  await chat.start({ name: 'Eva' });
});

test('how fast we answer is the median of the latest first replies, once there are some', async t => {
  const chat = await openChat(t);
  const anna = chat.colleague('Anna');
  const minutes = async () => (await chat.ask<Hello>('hello', {})).replyMinutes;
  for (const [index, wait] of [2, 40, 5].entries()) {
    assert.equal(await minutes(), null);
    const { conversation } = await chat.start();
    chat.engine.now += wait * 60_000;
    await anna('reply', { conversation: conversation.id, clientId: `${index}`, text: 'Hello' });
  }
  assert.equal(await minutes(), 5);
});

test('numbers count up, and where somebody was is kept where it is the website’s own', async t => {
  const chat = await openChat(t);
  const first = await chat.start({
    page: { url: 'https://shop.test/shoes?size=40&utm_source=letter&utm_campaign=spring', title: 'Shoes\r\nand more' },
  });
  const second = await chat.start({ page: { url: 'https://evil.example/', title: 'Win' } });
  const third = await chat.start({ page: { url: 'javascript:alert(1)' } });
  assert.deepEqual(
    [first, second, third].map(({ conversation }) => conversation.number),
    ['1', '2', '3'],
  );
  const anna = chat.colleague('Anna');
  const page = async ({ conversation }: typeof first) => (await anna.see(conversation.id)).visitor.page;
  assert.deepEqual(await page(first), {
    url: 'https://shop.test/shoes?size=40&utm_source=letter&utm_campaign=spring',
    title: 'Shoes and more',
  });
  assert.deepEqual([await page(second), await page(third)], [null, null]);
});

test('a start without a proof is refused; repeated with its key it is the same conversation', async t => {
  const chat = await openChat(t);
  const { visitor } = chat.engine.actors;
  const input = { clientId: 'a', text: 'Hello' };
  await assert.rejects(chat.engine.call(visitor, 'chat', 'start', input), { code: 'CAPTCHA_REQUIRED' });
});

test('what is too long, empty or no text is refused', async t => {
  const chat = await openChat(t);
  for (const wrong of [{ text: '' }, { text: 'x'.repeat(4001) }, { clientId: 'x'.repeat(41) }, { email: 'eva' }]) {
    await assert.rejects(chat.start(wrong), { code: 'VALIDATION_FAILED' });
  }
});

test('the desk sees what else the same person has written', async t => {
  const chat = await openChat(t);
  const first = await chat.start({ email: 'eva@mail.example' });
  await chat.start({ email: 'max@mail.example' });
  await chat.start();
  const second = await chat.start({ email: 'eva@mail.example' });
  const anna = chat.colleague('Anna');
  const past = async ({ conversation }: typeof first) =>
    (await anna.see(conversation.id)).visitor.past.map(({ number }) => number);
  assert.deepEqual([await past(first), await past(second)], [['4'], ['1']]);
});

test('a conversation keeps which campaign brought whoever began it', async t => {
  const { engine, since } = await openChat(t);
  const campaign = { campaign: 'Spring sale', source: 'letter' };
  const options = { proof: proofFor(engine, 'chat', 'start'), campaign };
  const input = { clientId: 'first', text: 'Hello?' };
  const { visitor, staff } = engine.actors;
  const { token, conversation } = await engine.call<{ token: string; conversation: { id: string } }>(
    visitor,
    'chat',
    'start',
    input,
    options,
  );
  const kept = await engine.get(staff, 'chat', 'conversation', conversation.id);
  assert.deepEqual([kept['campaign'], kept['campaignSource'], kept['campaignMedium']], ['Spring sale', 'letter', null]);
  assert.doesNotMatch(JSON.stringify(await since(token)), /campaign|Spring/i);
});
