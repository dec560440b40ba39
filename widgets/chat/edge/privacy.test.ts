import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openChat, textsOf } from './testing.ts';

const secret = 'Between us: she has not paid.';
const script = '<img src=x onerror=alert(1)>\n<b>bold</b> & "quoted" javascript:alert(1)';

test('CH-09 a note never leaves the desk', async t => {
  const chat = await openChat(t, { settings: { notify: 'desk@shop.example' } });
  const { token, conversation } = await chat.start({ email: 'eva@mail.example', name: 'Eva' });
  const anna = chat.colleague('Anna');
  const of = { conversation: conversation.id };
  await anna('note', { ...of, clientId: 'n1', text: secret });
  await anna('reply', { ...of, clientId: 'r1', text: 'Hello Eva' });
  const replies = [
    await chat.since(token),
    await chat.send(token, 'n1', 'Guessing a name'),
    await chat.send(token, `${conversation.id}:n1`, 'And another'),
    await chat.ask('presence', { token, seen: 1, typing: false }),
    await chat.ask('hello', {}),
  ];
  await chat.ask('transcript', { token });
  chat.engine.now += 10 * 60_000;
  await chat.engine.deliver();
  await chat.engine.sweep();
  assert.ok(chat.engine.mails.length >= 3, 'transcript, answer, word to the desk');
  assert.equal(JSON.stringify(replies).includes('not paid'), false);
  assert.equal(JSON.stringify(chat.engine.mails).includes('not paid'), false);
  const { runtime, tenant } = chat.engine;
  const db = await runtime.stores.open(tenant.store, tenant.modules);
  const [outbox, audit] = await db.read([{ sql: 'SELECT * FROM _outbox' }, { sql: 'SELECT * FROM _audit' }]);
  assert.ok(outbox!.rows.length > 0 && audit!.rows.length > 0);
  assert.equal(
    JSON.stringify([outbox, audit], (_, v) => (typeof v === 'bigint' ? `${v}` : v)).includes('not paid'),
    false,
  );
  assert.ok(textsOf(await anna.see(conversation.id)).includes(secret), 'colleagues see it');
  const last = (await anna.see(conversation.id)).conversation.last.text;
  assert.notEqual(last, secret);
});

test('CH-09 what happens among colleagues is not told either', async t => {
  const chat = await openChat(t);
  const { token, conversation } = await chat.start();
  const anna = chat.colleague('Anna');
  const of = { conversation: conversation.id };
  await anna('claim', of);
  await anna('snooze', { ...of, until: '2026-05-01T00:00:00Z' });
  await anna('assign', of);
  await anna('resolve', of);
  assert.deepEqual(textsOf(await chat.since(token)), ['Hello?', 'Anna has joined', 'Marked as resolved']);
  assert.equal((await anna.see(conversation.id)).messages.length, 5);
});

test('what happened is told in the visitor’s language', async t => {
  const chat = await openChat(t);
  const { token, conversation } = await chat.start({ locale: 'cs-CZ' });
  await chat.colleague('Anna')('claim', { conversation: conversation.id });
  assert.deepEqual(textsOf(await chat.since(token)), ['Hello?', 'Ke konverzaci se přidává Anna']);
});

test('CH-10 text is text: as it was written in replies, escaped in mails, one line in headers', async t => {
  const chat = await openChat(t, { settings: { notify: 'desk@shop.example' } });
  const name = 'Eva\r\nBcc: x@evil.example <script>';
  const { token, conversation, message } = await chat.start({ text: script, name, email: 'eva@mail.example' });
  assert.equal(message.text, script);
  const anna = chat.colleague('Anna <i>');
  const { message: answer } = await anna<{ message: { text: string } }>('reply', {
    conversation: conversation.id,
    clientId: 'r',
    text: script,
  });
  assert.equal(answer.text, script);
  await chat.send(token, 'more', script);
  await chat.ask('transcript', { token });
  chat.engine.now += 10 * 60_000;
  await chat.engine.deliver();
  await chat.engine.sweep();
  const { mails } = chat.engine;
  assert.deepEqual(mails.map(({ to }) => to.address).sort(), [
    'desk@shop.example',
    'eva@mail.example',
    'eva@mail.example',
  ]);
  for (const mail of mails) {
    assert.equal(/<img|<b>|<script|<i>/.test(mail.html), false);
    assert.ok(mail.html.includes('&lt;img src=x onerror=alert(1)&gt;\n&lt;b&gt;bold'));
    assert.ok(mail.text.includes(script));
    assert.equal(/href="(?!https:)/.test(mail.html), false, 'nothing written becomes a link');
    for (const header of [mail.subject, mail.to.name ?? '']) assert.equal(/[\r\n]/.test(header), false);
  }
});
