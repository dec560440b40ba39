import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openChat, textsOf } from './testing.ts';

test('CH-01 m1 and m2, then m1 again: places 1 and 2, one m1', async t => {
  const chat = await openChat(t);
  const { token, message } = await chat.start({ clientId: 'm1', text: 'm1' });
  const second = await chat.send(token, 'm2');
  const again = await chat.send(token, 'm1', 'm1, typed differently');
  assert.deepEqual([message.seq, second.message.seq], [1, 2]);
  assert.deepEqual(again.message, message);
  assert.deepEqual(textsOf(await chat.since(token)), ['m1', 'm2']);
});

test('CH-01 `since` gives exactly the missing ones', async t => {
  const chat = await openChat(t);
  const { token } = await chat.start({ text: 'one' });
  await chat.send(token, 'b', 'two');
  await chat.send(token, 'c', 'three');
  assert.deepEqual(textsOf(await chat.since(token, 1)), ['two', 'three']);
  assert.deepEqual(textsOf(await chat.since(token, 3)), []);
  assert.deepEqual((await chat.since(token, 2)).messages[0]!.clientId, 'c');
});

test('CH-01 who sends at once gets a place each, and a message sent twice at once is there once', async t => {
  const chat = await openChat(t);
  const { token, conversation } = await chat.start();
  const anna = chat.colleague('Anna');
  const replies = await Promise.all([
    chat.send(token, 'a'),
    chat.send(token, 'b'),
    chat.send(token, 'a'),
    anna<{ message: { seq: number } }>('reply', { conversation: conversation.id, clientId: 'a', text: 'from Anna' }),
  ]);
  const [a, b, same, reply] = replies.map(({ message }) => message.seq);
  assert.equal(a, same);
  assert.equal(new Set([1, a, b, reply]).size, 4);
  const { messages } = await chat.since(token);
  assert.deepEqual(
    messages.map(({ seq }) => seq),
    [...messages.keys()].map(index => index + 1),
  );
});

test('CH-01 whatever is sent, dropped and sent again, each side has each message once, in one order', async t => {
  let seed = 20261126;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const chat = await openChat(t);
  const anna = chat.colleague('Anna');
  for (let round = 0; round < 6; round++) {
    const { token, conversation } = await chat.start({ clientId: 'v0', text: 'v0' });
    const sent = new Set(['v0']);
    const got: string[] = [];
    let last = 0;
    for (let turn = 0; turn < 12; turn++) {
      const calls = Array.from({ length: 1 + random(3) }, () => {
        const mine = random(2) === 0;
        const name = `${mine ? 'v' : 'a'}${random(8)}`;
        sent.add(name);
        // A reply that was lost is asked for once more.
        return mine
          ? chat.send(token, name)
          : anna('reply', { conversation: conversation.id, clientId: name, text: name });
      });
      await Promise.all(calls);
      chat.engine.now += 3_000;
      if (random(2) === 0) continue;
      const { messages } = await chat.since(token, last);
      for (const { kind, text, seq } of messages) {
        assert.ok(seq > last);
        last = seq;
        if (kind !== 'activity') got.push(text);
      }
    }
    const rest = await chat.since(token, last);
    got.push(...rest.messages.filter(({ kind }) => kind !== 'activity').map(({ text }) => text));
    assert.deepEqual([...got].sort(), [...sent].sort(), 'each once');
    const seen = await anna.see(conversation.id);
    assert.deepEqual(
      seen.messages.filter(({ kind }) => kind !== 'activity').map(({ text }) => text),
      got,
      'the desk has the same order',
    );
    assert.deepEqual(
      seen.messages.map(({ seq }) => seq),
      [...seen.messages.keys()].map(index => index + 1),
      'no place is left out',
    );
  }
});

test('a page holds at most 100 messages and says that there are more', async t => {
  const chat = await openChat(t);
  const { token } = await chat.start();
  for (let n = 2; n <= 102; n++) {
    await chat.send(token, `m${n}`);
    chat.engine.now += 1_000;
  }
  const first = await chat.since(token);
  assert.deepEqual([first.messages.length, first.more], [100, true]);
  const next = await chat.since(token, first.messages.at(-1)!.seq);
  assert.deepEqual([textsOf(next), next.more], [['m101', 'm102'], false]);
});

test('CH-11 a flood is refused, the conversation goes on, and the desk is told once', async t => {
  const chat = await openChat(t, { settings: { notify: 'desk@shop.example' } });
  const { token, conversation } = await chat.start();
  const outcomes = [];
  for (let n = 0; n < 30; n++) {
    outcomes.push(
      await chat.send(token, `m${n}`).then(
        () => 200,
        error => error.status,
      ),
    );
    chat.engine.now += 300;
  }
  assert.deepEqual(
    outcomes.filter(status => status !== 200),
    Array(16).fill(429),
  );
  assert.equal(outcomes.indexOf(429), 14, 'fifteen in ten seconds pass');
  chat.engine.now += 10_000;
  assert.equal((await chat.send(token, 'later')).message.text, 'later');
  chat.engine.now += 60_000;
  await chat.engine.deliver();
  await chat.engine.deliver();
  assert.equal(chat.engine.mails.length, 1);
  const { unread, status } = (await chat.colleague('Anna').see(conversation.id)).conversation;
  assert.deepEqual([unread, status], [16, 'open']);
});

test('a token that is not one, or is another’s with a guess behind it, opens nothing', async t => {
  const chat = await openChat(t);
  const { token, conversation } = await chat.start();
  const other = await chat.start();
  const guess = `${conversation.id}.${other.token.split('.')[1]}`;
  for (const wrong of ['guess', guess, conversation.id, `${token}x`, `.${token}`, '.']) {
    for (const [action, more] of [
      ['send', { clientId: 'x', text: 'x' }],
      ['since', { seq: 0 }],
      ['presence', { seen: 1, typing: true }],
      ['rate', { score: 5 }],
      ['transcript', {}],
    ] as const) {
      await assert.rejects(chat.ask(action, { token: wrong, ...more }), { code: 'UNKNOWN_CONVERSATION', status: 404 });
    }
  }
  assert.deepEqual(textsOf(await chat.since(token)), ['Hello?']);
});

test('the token is kept as a hash alone', async t => {
  const chat = await openChat(t);
  const { token } = await chat.start();
  const { runtime, tenant } = chat.engine;
  const db = await runtime.stores.open(tenant.store, tenant.modules);
  const tables = ['chat_conversation', 'chat_message', 'chat_attendance', '_audit', '_outbox'];
  const found = await db.read(tables.map(table => ({ sql: `SELECT * FROM "${table}"` })));
  const text = JSON.stringify(found, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  assert.equal(text.includes(token.split('.')[1]!), false);
  assert.ok(text.includes('Hello?'), 'it did look');
});

test('a visitor’s call is one read batch and one write batch', async t => {
  const chat = await openChat(t, { settings: { capacity: 3, notify: 'desk@shop.example' } });
  await chat.colleague('Anna')('attend', {});
  const { token } = await chat.start();
  const { runtime, tenant } = chat.engine;
  const db = await runtime.stores.open(tenant.store, tenant.modules);
  const batches = { read: 0, write: 0 };
  const counting = {
    read: (statements: Parameters<typeof db.read>[0]) => {
      batches.read += 1;
      return db.read(statements);
    },
    write: (statements: Parameters<typeof db.write>[0]) => {
      batches.write += 1;
      return db.write(statements);
    },
  };
  Object.assign(runtime.stores, { open: async () => counting });
  const count = async (call: () => Promise<unknown>) => {
    Object.assign(batches, { read: 0, write: 0 });
    await call();
    return [batches.read, batches.write];
  };
  assert.deepEqual(await count(() => chat.start({ email: 'eva@mail.example' })), [1, 1], 'start');
  assert.deepEqual(await count(() => chat.send(token, 'x')), [1, 1], 'send');
  assert.deepEqual(await count(() => chat.send(token, 'x')), [1, 0], 'send again');
  assert.deepEqual(await count(() => chat.since(token)), [1, 0], 'since');
  assert.deepEqual(await count(() => chat.ask('hello', {})), [1, 0], 'hello');
  assert.deepEqual(await count(() => chat.ask('presence', { token, seen: 2, typing: true })), [1, 1], 'presence');
  assert.deepEqual(await count(() => chat.ask('presence', { token, seen: 2, typing: true })), [1, 0], 'nothing new');
});
