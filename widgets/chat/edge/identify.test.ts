import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { type ChatWorld, type InboxJson, openChat, textsOf } from './testing.ts';

const vouched = async (chat: ChatWorld) => {
  const { secret } = await chat.colleague('Nora', 'admin')<{ secret: string }>('identitySecret', {});
  return (userId: string) => ({ userId, hash: createHmac('sha256', secret).update(userId).digest('hex') });
};
const said = async (chat: ChatWorld, token: string) =>
  (await chat.since(token)).messages.filter(({ kind }) => kind !== 'activity').map(({ text }) => text);

test('CH-08 without a true hash nobody is user 42', async t => {
  const chat = await openChat(t);
  const of = await vouched(chat);
  const good = of('42');
  const { token } = await chat.start({ text: 'Who am I?' });
  const wrong = [
    '',
    '0'.repeat(64),
    of('43').hash,
    createHmac('sha256', '').update('42').digest('hex'),
    good.hash.slice(0, 63),
  ];
  for (const hash of wrong) {
    const call = chat.ask('identify', { token, userId: '42', hash });
    await assert.rejects(call, { code: 'IDENTITY_INVALID', status: 403 }, hash);
  }
  const conversations = await chat.engine.list<{ user: string | null }>(
    chat.engine.actors.admin,
    'chat',
    'conversation',
  );
  assert.deepEqual(
    conversations.map(({ user }) => user),
    [null],
  );
  assert.deepEqual(await said(chat, token), ['Who am I?'], 'and goes on as they were');
});

test('CH-08 with it what was written here and before is one history, on every device', async t => {
  const chat = await openChat(t);
  const of = await vouched(chat);
  const home = await chat.start({ text: 'From home', name: 'Eva' });
  const known = await chat.ask<{ token: string }>('identify', { token: home.token, ...of('42') });
  await chat.send(known.token, 'h2', 'Still at home');
  chat.engine.now += 60_000;
  const work = await chat.start({ text: 'From work' });
  await chat.send(work.token, 'w2', 'Still at work');
  const merged = await chat.ask<{ token: string }>('identify', { token: work.token, ...of('42') });
  assert.equal(merged.token, known.token);
  assert.deepEqual(await said(chat, merged.token), ['From home', 'Still at home', 'From work', 'Still at work']);
  const { conversations } = await chat.colleague('Anna')<InboxJson>('inbox', {});
  assert.deepEqual(
    conversations.map(({ id, last, unread, visitor }) => [id, last.text, unread, visitor.name]),
    [[home.conversation.id, 'Still at work', 4, 'Eva']],
  );
  assert.deepEqual(
    (await chat.send(merged.token, 'x', 'And on')).message.seq,
    6,
    'after the note that they were joined',
  );
});

test('CH-08 on a shared device another visitor sees nothing, and neither does who had the token before', async t => {
  const chat = await openChat(t);
  const of = await vouched(chat);
  const { token } = await chat.start({ text: 'Mine' });
  const first = await chat.ask<{ token: string }>('identify', { token, ...of('42') });
  assert.notEqual(first.token, token);
  for (const action of ['since', 'send']) {
    const input = action === 'since' ? { seq: 0 } : { clientId: 'x', text: 'x' };
    await assert.rejects(chat.ask(action, { token, ...input }), { code: 'UNKNOWN_CONVERSATION' });
  }
  const second = await chat.ask<{ token: string }>('identify', { token: first.token, ...of('43'), name: 'Max' });
  assert.notEqual(second.token, first.token);
  assert.deepEqual(await said(chat, second.token), []);
  assert.deepEqual(await said(chat, first.token), ['Mine']);
  const fresh = await chat.start({ text: 'Somebody else' });
  assert.deepEqual(await said(chat, fresh.token), ['Somebody else']);
});

test('CH-08 who is known and has not written is not in the inbox until they do', async t => {
  const chat = await openChat(t);
  const of = await vouched(chat);
  const [a, b] = await Promise.all([
    chat.ask<{ token: string }>('identify', { ...of('42'), name: 'Eva', email: 'eva@mail.example' }),
    chat.ask<{ token: string }>('identify', of('42')),
  ]);
  assert.equal(a.token, b.token, 'two devices at once have one conversation');
  const inbox = () => chat.colleague('Anna')<InboxJson>('inbox', {});
  assert.deepEqual((await inbox()).conversations, []);
  await chat.send(a.token, 'm1', 'Now I write');
  const { conversations, counts } = await inbox();
  assert.deepEqual(
    conversations.map(({ status, visitor }) => [status, visitor.name]),
    [['open', 'Eva']],
  );
  assert.equal(counts.open, 1);
});

test('a new version of the secret makes the old one void', async t => {
  const first = await vouched(await openChat(t));
  const chat = await openChat(t, { settings: { identityVersion: 2 } });
  await assert.rejects(chat.ask('identify', first('42')), { code: 'IDENTITY_INVALID' });
  await chat.ask('identify', (await vouched(chat))('42'));
});

test('merging keeps a resolved history’s ratings, and opens it for what is new', async t => {
  const chat = await openChat(t);
  const of = await vouched(chat);
  const anna = chat.colleague('Anna');
  const home = await chat.start({ text: 'From home' });
  const known = await chat.ask<{ token: string }>('identify', { token: home.token, ...of('42') });
  await anna('resolve', { conversation: home.conversation.id });
  await chat.ask('rate', { token: known.token, score: 5 });
  const work = await chat.start({ text: 'From work' });
  await chat.ask('identify', { token: work.token, ...of('42') });
  const { status, rating } = await chat.since(known.token);
  assert.deepEqual([status, rating], ['open', null]);
  assert.equal((await chat.engine.list(chat.engine.actors.admin, 'chat', 'rating')).length, 1);
  assert.equal(textsOf(await anna.see(home.conversation.id)).at(-1), 'From work');
  await assert.rejects(anna.see(work.conversation.id), { code: 'UNKNOWN_CONVERSATION' });
});
