import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChatWorld, openChat } from '../testing.ts';

const MINUTE = 60_000;
const later = async ({ engine }: ChatWorld, minutes: number) => {
  engine.now += minutes * MINUTE;
  await engine.deliver();
  await engine.sweep();
};
const sent = ({ engine }: ChatWorld) => engine.mails.map(({ to, subject }) => `${to.address}: ${subject}`);

test('the business is told within a minute where nobody is there, and once for each wait', async t => {
  const chat = await openChat(t, { settings: { notify: 'desk@shop.example', notifyAfter: 5 } });
  const page = { url: 'https://shop.test/shoes' };
  const { token, conversation } = await chat.start({ name: 'Eva', email: 'eva@mail.example', text: 'Size 40?', page });
  await chat.send(token, 'b', 'In green?');
  await later(chat, 1);
  await chat.send(token, 'c', 'Hello?');
  await later(chat, 30);
  assert.deepEqual(sent(chat), ['desk@shop.example: Chat 1: Eva is waiting']);
  const [mail] = chat.engine.mails;
  assert.equal(mail!.replyTo, 'eva@mail.example');
  assert.match(mail!.text, /Size 40\?[\s\S]*In green\?/);
  assert.match(mail!.text, /Page: https:\/\/shop\.test\/shoes/);
  assert.match(mail!.html, /href="https:\/\/inlay\.test\/clients\/client-1\/m\/chat\/s\/inbox"/);
  await chat.colleague('Anna')('reply', { conversation: conversation.id, clientId: 'r', text: 'Yes' });
  await chat.send(token, 'd', 'And in blue?');
  await later(chat, 5);
  assert.equal(sent(chat).filter(line => line.startsWith('desk@')).length, 2);
  assert.equal(chat.engine.mails.at(-1)!.text.includes('Size 40?'), false, 'what was answered is not told again');
});

test('where somebody is there it is told later, and not at all once it was answered', async t => {
  const chat = await openChat(t, { settings: { notify: 'desk@shop.example', notifyAfter: 5 } });
  const anna = chat.colleague('Anna');
  await anna('attend', {});
  const first = await chat.start();
  const second = await chat.start();
  await later(chat, 1);
  await anna('reply', { conversation: first.conversation.id, clientId: 'r', text: 'Here I am' });
  assert.deepEqual(sent(chat), []);
  await later(chat, 4);
  assert.deepEqual(sent(chat), [`desk@shop.example: Chat ${second.conversation.number}: A visitor is waiting`]);
});

test('nobody is told where no address is set, or it was resolved meanwhile', async t => {
  const silent = await openChat(t);
  await silent.start();
  await later(silent, 30);
  assert.deepEqual(sent(silent), []);
  const chat = await openChat(t, { settings: { notify: 'desk@shop.example' } });
  const { conversation } = await chat.start();
  await chat.colleague('Anna')('resolve', { conversation: conversation.id });
  await later(chat, 30);
  assert.deepEqual(sent(chat), []);
});

test('a visitor who has left gets one mail with all that they have not seen', async t => {
  const chat = await openChat(t);
  const page = { url: 'https://shop.test/shoes' };
  const { token, conversation } = await chat.start({ name: 'Eva', email: 'eva@mail.example', locale: 'de-AT', page });
  const anna = chat.colleague('Anna');
  const reply = (text: string) => anna('reply', { conversation: conversation.id, clientId: text, text });
  await reply('First answer');
  await chat.ask('presence', { token, seen: 2, typing: false });
  await later(chat, 2);
  await reply('Second answer');
  await later(chat, 2);
  await reply('Third answer');
  await later(chat, 2);
  assert.deepEqual(sent(chat), [], 'three minutes after the last answer');
  await later(chat, 1);
  await later(chat, 30);
  assert.deepEqual(sent(chat), ["eva@mail.example: Rosa's Salon hat geantwortet"]);
  const [mail] = chat.engine.mails;
  assert.equal(mail!.text.includes('First answer'), false, 'that they had seen');
  assert.match(mail!.text, /Anna, [\s\S]*Second answer[\s\S]*Third answer/);
  assert.match(mail!.html, /<html lang="de">[\s\S]*href="https:\/\/shop\.test\/shoes"[^>]*>Gespräch fortsetzen</);
  await reply('Fourth answer');
  await later(chat, 4);
  assert.equal(chat.engine.mails.length, 2);
  assert.equal(chat.engine.mails[1]!.text.includes('Third answer'), false, 'each once');
});

test('who still has the panel before them is not written to until they leave; who has seen it is not at all', async t => {
  const chat = await openChat(t);
  const { token, conversation } = await chat.start({ email: 'eva@mail.example' });
  const anna = chat.colleague('Anna');
  await anna('reply', { conversation: conversation.id, clientId: 'r', text: 'Hello' });
  await later(chat, 2);
  await chat.ask('presence', { token, seen: 1, typing: false });
  await later(chat, 1);
  assert.deepEqual(sent(chat), [], 'they looked a minute ago');
  await chat.ask('presence', { token, seen: 3, typing: false });
  await later(chat, 10);
  assert.deepEqual(sent(chat), []);
  await anna('reply', { conversation: conversation.id, clientId: 'r2', text: 'Still there?' });
  await later(chat, 3);
  assert.equal(sent(chat).length, 1);
});

test('a transcript goes to the conversation’s own address, now and then', async t => {
  const chat = await openChat(t);
  const nowhere = await chat.start();
  await assert.rejects(chat.ask('transcript', { token: nowhere.token }), { code: 'NO_ADDRESS', status: 422 });
  const { token, conversation } = await chat.start({ email: 'eva@mail.example', locale: 'es', text: '¿Abren hoy?' });
  await chat.colleague('Anna')('reply', { conversation: conversation.id, clientId: 'r', text: 'Sí' });
  await chat.ask('presence', { token, seen: 9, typing: false });
  await chat.ask('transcript', { token });
  await assert.rejects(chat.ask('transcript', { token }), { code: 'RATE_LIMITED', status: 429 });
  await later(chat, 0);
  assert.deepEqual(sent(chat), ["eva@mail.example: Su conversación con Rosa's Salon"]);
  const { text, html } = chat.engine.mails[0]!;
  assert.match(text, /Un visitante, [\s\S]*¿Abren hoy\?[\s\S]*Anna, [\s\S]*Sí[\s\S]*Anna se ha unido/);
  assert.match(html, /href="https:\/\/inlay\.test\/p\/site_aaaabbbbccccdddd\/chat\?locale=es"/);
  await later(chat, 5);
  await chat.ask('transcript', { token });
});

test('every language has every word, and fills every gap', async t => {
  for (const locale of ['en', 'de', 'es', 'cs', 'fr', 'not a tag']) {
    const chat = await openChat(t, { settings: { notify: 'desk@shop.example' } });
    const { token, conversation } = await chat.start({ email: 'eva@mail.example', locale });
    await later(chat, 1);
    await chat.colleague('Anna')('reply', { conversation: conversation.id, clientId: 'r', text: 'Hello' });
    await chat.ask('transcript', { token });
    await later(chat, 5);
    assert.equal(chat.engine.mails.length, 3);
    for (const { subject, text, html } of chat.engine.mails) {
      assert.equal(/[{}]|undefined|null/.test(subject + text), false, subject + text);
      assert.match(html, new RegExp(`<html lang="(${locale}|en)">`));
    }
  }
});
