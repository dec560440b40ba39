import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type InboxJson, openChat, textsOf } from './testing.ts';

test('CH-02 of two who claim at once one has it, and the other is told who', async t => {
  const chat = await openChat(t);
  const { conversation } = await chat.start();
  const people = ['Anna', 'Ben'].map(name => ({ name, call: chat.colleague(name) }));
  for (const { call } of people) await call('attend', {});
  const outcomes = await Promise.allSettled(people.map(({ call }) => call('claim', { conversation: conversation.id })));
  const won = outcomes.findIndex(({ status }) => status === 'fulfilled');
  const lost = outcomes.find(outcome => outcome.status === 'rejected');
  assert.equal(outcomes.filter(({ status }) => status === 'rejected').length, 1);
  const { code, status, options } = lost!.reason;
  assert.deepEqual([code, status, options.detail], ['ALREADY_ASSIGNED', 409, `${people[won]!.name} has taken it.`]);
  const seen = await people[0]!.call<{ conversation: { assignee: { name: string } } }>('open', {
    conversation: conversation.id,
  });
  assert.equal(seen.conversation.assignee.name, people[won]!.name);
  // Whoever has it claims it again without harm.
  await people[won]!.call('claim', { conversation: conversation.id });
});

test('CH-05 the wait begins with the first message that nobody has answered', async t => {
  const chat = await openChat(t, { settings: { firstReply: 30 } });
  chat.at('2026-04-10T10:00:00Z');
  const { token, conversation } = await chat.start();
  const anna = chat.colleague('Anna');
  const of = { conversation: conversation.id };
  chat.at('2026-04-10T10:05:00Z');
  await chat.send(token, 'again');
  const waiting = (await anna.see(conversation.id)).conversation;
  assert.deepEqual([waiting.waitingSince, waiting.dueAt], ['2026-04-10T10:00:00Z', '2026-04-10T10:30:00Z']);
  chat.at('2026-04-10T10:10:00Z');
  await anna('note', { ...of, clientId: 'n', text: 'A note is no answer' });
  chat.at('2026-04-10T10:20:00Z');
  await anna('reply', { ...of, clientId: 'r', text: 'Hello Eva' });
  const row = await chat.engine.get(chat.engine.actors.admin, 'chat', 'conversation', conversation.id);
  const { waitingSince, dueAt, replyMinutes, firstReplyAt } = row;
  assert.deepEqual(
    { waitingSince, dueAt, replyMinutes, firstReplyAt },
    { waitingSince: null, dueAt: null, replyMinutes: 20, firstReplyAt: '2026-04-10T10:20:00Z' },
  );
  chat.at('2026-04-10T11:00:00Z');
  await chat.send(token, 'one more thing');
  assert.equal((await anna.see(conversation.id)).conversation.waitingSince, '2026-04-10T11:00:00Z');
});

test('CH-04 what is due, and how long the first answer took, are counted in the hours', async t => {
  const hours = [{ days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' }];
  const chat = await openChat(t, { settings: { hours, firstReply: 30 }, now: '2026-03-27T15:50:00Z' });
  const { conversation } = await chat.start();
  const anna = chat.colleague('Anna');
  assert.equal((await anna.see(conversation.id)).conversation.dueAt, '2026-03-30T07:20:00Z');
  chat.at('2026-03-30T07:15:00Z');
  await anna('reply', { conversation: conversation.id, clientId: 'r', text: 'Good morning' });
  const row = await chat.engine.get(chat.engine.actors.admin, 'chat', 'conversation', conversation.id);
  assert.equal(row['replyMinutes'], 25);
});

test('CH-06 a resolved conversation opens when the visitor writes, for the same colleague while they are there', async t => {
  const chat = await openChat(t);
  chat.at('2026-04-10T11:00:00Z');
  const { token, conversation } = await chat.start();
  const anna = chat.colleague('Anna');
  const of = { conversation: conversation.id };
  await anna('reply', { ...of, clientId: 'r', text: 'Done' });
  chat.at('2026-04-10T12:00:00Z');
  await anna('resolve', of);
  assert.deepEqual([(await chat.since(token)).status, (await chat.since(token)).canRate], ['resolved', true]);
  await chat.ask('rate', { token, score: 4 });
  await chat.ask('rate', { token, score: 5, comment: 'Quick!' });
  assert.deepEqual([(await chat.since(token)).rating, (await chat.since(token)).canRate], [5, false]);
  chat.at('2026-04-10T12:30:00Z');
  await anna('attend', {});
  assert.equal((await chat.send(token, 'Not quite')).status, 'open');
  const { status, agent, rating, canRate } = await chat.since(token);
  assert.deepEqual(
    { status, agent, rating, canRate },
    { status: 'open', agent: { name: 'Anna' }, rating: null, canRate: false },
  );
  await assert.rejects(chat.ask('rate', { token, score: 1 }), { code: 'NOT_RESOLVED' });
  const ratings = await chat.engine.list<Record<string, unknown>>(chat.engine.actors.admin, 'chat', 'rating');
  assert.deepEqual(
    ratings.map(({ resolution, score, comment }) => ({ resolution, score, comment })),
    [{ resolution: 1, score: 5, comment: 'Quick!' }],
  );
  await anna('resolve', of);
  await chat.ask('rate', { token, score: 2 });
  assert.equal((await chat.engine.list(chat.engine.actors.admin, 'chat', 'rating')).length, 2);
});

test('CH-06 whose colleague has gone home comes to all', async t => {
  const chat = await openChat(t);
  const { token, conversation } = await chat.start();
  const anna = chat.colleague('Anna');
  await anna('reply', { conversation: conversation.id, clientId: 'r', text: 'Done' });
  await anna('resolve', { conversation: conversation.id });
  chat.engine.now += 3_600_000;
  await chat.send(token, 'Still there?');
  assert.equal((await chat.since(token)).agent, null);
  const found = await chat.colleague('Ben')<InboxJson>('inbox', { status: 'open' });
  assert.deepEqual([found.counts.unassigned, found.conversations[0]!.assignee], [1, null]);
});

test('CH-07 snoozed until nine: the visitor writes at eight, it opens at eight, and nine passes', async t => {
  const chat = await openChat(t);
  const { token, conversation } = await chat.start();
  const anna = chat.colleague('Anna');
  const of = { conversation: conversation.id };
  await anna('reply', { ...of, clientId: 'r', text: 'I will ask and come back to you' });
  await anna('snooze', { ...of, until: '2026-04-11T07:00:00Z' });
  assert.equal((await anna.see(conversation.id)).conversation.status, 'snoozed');
  chat.at('2026-04-11T06:00:00Z');
  assert.equal((await chat.send(token, 'Any news?')).status, 'open');
  const before = await anna.see(conversation.id);
  assert.deepEqual([before.conversation.status, before.conversation.snoozedUntil], ['open', null]);
  chat.at('2026-04-11T07:00:01Z');
  await chat.engine.deliver();
  await chat.engine.sweep();
  assert.deepEqual(textsOf(await anna.see(conversation.id)), textsOf(before));
});

test('CH-07 nobody writes: it comes back at nine; put away twice, the later time counts', async t => {
  const chat = await openChat(t);
  const { conversation } = await chat.start();
  const anna = chat.colleague('Anna');
  const of = { conversation: conversation.id };
  await anna('snooze', { ...of, until: '2026-04-11T06:00:00Z' });
  await anna('snooze', { ...of, until: '2026-04-11T07:00:00Z' });
  const statusAt = async (instant: string) => {
    chat.at(instant);
    await chat.engine.deliver();
    await chat.engine.sweep();
    return (await anna.see(conversation.id)).conversation.status;
  };
  assert.equal(await statusAt('2026-04-11T06:30:00Z'), 'snoozed');
  assert.equal(await statusAt('2026-04-11T07:00:01Z'), 'open');
  await assert.rejects(anna('snooze', { ...of, until: '2026-04-11T07:00:00Z' }), { code: 'SNOOZE_PAST' });
});

test('what we have answered is resolved by itself, what waits for us is not', async t => {
  const chat = await openChat(t, { settings: { resolveAfter: 60 } });
  const [answered, waiting, back] = [await chat.start(), await chat.start(), await chat.start()];
  const anna = chat.colleague('Anna');
  const reply = (id: string) => anna('reply', { conversation: id, clientId: 'r', text: 'Like this' });
  await reply(answered.conversation.id);
  await reply(back.conversation.id);
  chat.engine.now += 30 * 60_000;
  await chat.send(back.token, 'And how then?');
  chat.engine.now += 31 * 60_000;
  await chat.engine.deliver();
  await chat.engine.sweep();
  const statuses = [];
  for (const { conversation } of [answered, waiting, back]) {
    statuses.push((await anna.see(conversation.id)).conversation.status);
  }
  assert.deepEqual(statuses, ['resolved', 'open', 'open']);
  assert.equal((await chat.since(answered.token)).canRate, true);
});

test('the inbox: whose, in which state, found by what was said, page by page', async t => {
  const chat = await openChat(t);
  const ids: string[] = [];
  for (let n = 0; n < 33; n++) {
    chat.engine.now += 1_000;
    const { conversation } = await chat.start({ name: `Visitor ${n}`, text: n === 5 ? 'A green scarf' : 'Hello' });
    ids.push(conversation.id);
  }
  const anna = chat.colleague('Anna');
  const inbox = (input: object) => anna<InboxJson>('inbox', input);
  await anna('claim', { conversation: ids[3] });
  await anna('snooze', { conversation: ids[4], until: '2026-05-01T00:00:00Z' });
  const first = await inbox({});
  assert.deepEqual(first.counts, { open: 32, mine: 1, unassigned: 31, snoozed: 1 });
  const second = await inbox({ cursor: first.next });
  const all = [...first.conversations, ...second.conversations].map(({ id }) => id);
  assert.deepEqual(all, [...ids].reverse());
  assert.equal(second.next, null);
  const found = async (input: object) => (await inbox(input)).conversations.map(({ id }) => ids.indexOf(id));
  assert.deepEqual(await found({ mine: true }), [3]);
  const free = await inbox({ status: 'open', unassigned: true });
  assert.deepEqual([free.conversations.length, free.next !== null], [30, true]);
  const rest = await found({ status: 'open', unassigned: true, cursor: free.next });
  assert.deepEqual(rest, [0], 'a page is full of those that are nobody’s');
  assert.deepEqual(await found({ status: 'snoozed' }), [4]);
  assert.deepEqual(await found({ q: 'SCARF' }), [5]);
  assert.deepEqual(await found({ q: 'visitor 17' }), [17]);
  assert.deepEqual(await found({ q: '#8' }), [7]);
  assert.deepEqual(await found({ q: "%' OR 1=1 --" }), []);
  assert.deepEqual(await found({ mine: true, status: 'resolved' }), []);
  assert.deepEqual((await chat.colleague('Ben')<InboxJson>('inbox', { mine: true })).conversations, []);
  await inbox({ cursor: 'nonsense' });
});

test('looking leaves no trace; being at the desk is said, and kept no more often than it helps', async t => {
  const chat = await openChat(t);
  const { conversation } = await chat.start();
  const anna = chat.colleague('Anna');
  const agents = () => chat.engine.list<{ name: string; seenAt: string }>(chat.engine.actors.admin, 'chat', 'agent');
  const { counts } = await anna<InboxJson>('inbox', { mine: true });
  await anna.see(conversation.id);
  assert.deepEqual([counts.open, counts.mine, await agents()], [1, 0, []]);
  await anna('attend', {});
  const seenAt = async () => (await agents()).map(agent => [agent.name, agent.seenAt]);
  assert.deepEqual(await seenAt(), [['Anna', '2026-04-10T09:00:00Z']]);
  chat.at('2026-04-10T09:00:20Z');
  await anna('attend', {});
  assert.deepEqual(await seenAt(), [['Anna', '2026-04-10T09:00:00Z']]);
  chat.at('2026-04-10T09:01:00Z');
  await anna('attend', {});
  assert.deepEqual(await seenAt(), [['Anna', '2026-04-10T09:01:00Z']]);
});

test('unread counts what nobody has looked at, and the visitor sees what was', async t => {
  const chat = await openChat(t);
  const { token, conversation } = await chat.start();
  await chat.send(token, 'b');
  const anna = chat.colleague('Anna');
  const of = { conversation: conversation.id };
  const unread = async () => (await anna.see(conversation.id)).conversation.unread;
  assert.equal(await unread(), 2);
  await anna('look', { ...of, seen: 1, typing: true });
  assert.equal(await unread(), 1);
  const { seen, typing } = await chat.since(token);
  assert.deepEqual([seen, typing], [1, true]);
  chat.engine.now += 9_000;
  assert.equal((await chat.since(token)).typing, false, 'typing ends by itself');
  await anna('look', { ...of, seen: 999 });
  assert.deepEqual([await unread(), (await chat.since(token)).seen], [0, 2], 'nobody has seen what is not there');
  await anna('look', { ...of, seen: 1 });
  assert.equal((await chat.since(token)).seen, 2, 'and nobody unsees');
  await chat.ask('presence', { token, seen: 1, typing: true });
  const shown = await anna.see(conversation.id);
  assert.deepEqual([shown.seen, shown.typing], [1, true]);
});

test('labels, urgency, another colleague, nobody', async t => {
  const chat = await openChat(t);
  const { token, conversation } = await chat.start();
  const [anna, ben] = [chat.colleague('Anna'), chat.colleague('Ben')];
  await ben('attend', {});
  const agents = await chat.engine.list<{ id: string; name: string }>(chat.engine.actors.staff, 'chat', 'agent');
  const of = { conversation: conversation.id };
  await anna('label', { ...of, labels: ['vip', 'vip', 'order'], priority: 'high' });
  await anna('assign', { ...of, member: agents.find(({ name }) => name === 'Ben')!.id });
  const { labels, priority, assignee } = (await anna.see(conversation.id)).conversation;
  assert.deepEqual([labels, priority, assignee?.name], [['vip', 'order'], 'high', 'Ben']);
  assert.deepEqual((await chat.since(token)).agent, { name: 'Ben' });
  await anna('assign', of);
  assert.equal((await anna.see(conversation.id)).conversation.assignee, null);
  await assert.rejects(anna('assign', { ...of, member: 'nobody' }), { code: 'VALIDATION_FAILED' });
  await assert.rejects(anna('label', { conversation: 'none', priority: 'low' }), { code: 'NOT_FOUND' });
});

test('who is blocked notices nothing, and what they write comes up no more', async t => {
  const chat = await openChat(t);
  const { token, conversation } = await chat.start({ email: 'spam@evil.example' });
  const anna = chat.colleague('Anna');
  await anna('block', { conversation: conversation.id });
  assert.equal((await chat.send(token, 'Buy now')).status, 'open');
  const seen = await chat.since(token);
  assert.deepEqual([seen.status, seen.canRate, textsOf(seen).includes('Buy now')], ['open', false, true]);
  const again = await chat.start({ email: 'spam@evil.example', text: 'Me again' });
  assert.equal(again.conversation.status, 'open');
  const { conversations, counts } = await anna<InboxJson>('inbox', { status: 'open' });
  assert.deepEqual([conversations, counts.open], [[], 0]);
  await anna('block', { conversation: conversation.id, blocked: false });
  assert.equal((await chat.send(token, 'Sorry')).status, 'open');
  assert.equal((await anna<InboxJson>('inbox', { status: 'open' })).counts.open, 1);
});

test('the desk’s doors are shut to visitors, and the secret’s to staff', async t => {
  const chat = await openChat(t);
  const { conversation } = await chat.start();
  const of = { conversation: conversation.id };
  const inputs = {
    inbox: {},
    attend: {},
    open: of,
    claim: of,
    assign: of,
    reply: { ...of, clientId: 'x', text: 'x' },
    note: { ...of, clientId: 'x', text: 'x' },
    snooze: { ...of, until: '2026-05-01T00:00:00Z' },
    resolve: of,
    reopen: of,
    label: of,
    block: of,
    look: { ...of, seen: 1 },
    identitySecret: {},
  };
  for (const [action, input] of Object.entries(inputs)) {
    await assert.rejects(chat.ask(action, input), { code: 'FORBIDDEN' }, action);
  }
  await assert.rejects(chat.colleague('Anna')('identitySecret', {}), { code: 'FORBIDDEN' });
  for (const entity of ['conversation', 'message', 'agent', 'canned', 'rating', 'attendance']) {
    await assert.rejects(chat.engine.list(chat.engine.actors.visitor, 'chat', entity), { code: 'FORBIDDEN' }, entity);
  }
});
