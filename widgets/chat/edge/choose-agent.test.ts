import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseAgent } from './choose-agent.ts';
import type { Agent } from './context.ts';
import { type ConversationJson, type InboxJson, openChat, textsOf } from './testing.ts';

const NOW = 1_000_000_000;
const agent = (id: string, more: Partial<Agent> = {}): Agent => ({
  id,
  rev: 1,
  createdAt: 0,
  updatedAt: 0,
  name: id,
  user: id,
  away: false,
  seenAt: NOW,
  assignedAt: null,
  ...more,
});
const gone = { seenAt: NOW - 600_000 };
const chosen = (agents: readonly Agent[], loads: Readonly<Record<string, number>>) =>
  chooseAgent(agents, new Map(Object.entries(loads)), { capacity: 3, now: NOW })?.id;

test('CH-03 capacity 3, a has 3, b has 2, c has none and is not there: b, then nobody', () => {
  const agents = [agent('a'), agent('b'), agent('c', gone)];
  assert.equal(chosen(agents, { a: 3, b: 2 }), 'b');
  assert.equal(chosen(agents, { a: 3, b: 3 }), undefined);
});

test('the fewest first, then who has waited longest; who is away gets none', () => {
  assert.equal(chosen([agent('a'), agent('b')], { a: 1 }), 'b');
  assert.equal(chosen([agent('a', { assignedAt: 9 }), agent('b', { assignedAt: 5 })], {}), 'b');
  assert.equal(chosen([agent('a', { away: true }), agent('b')], { b: 2 }), 'b');
  assert.equal(chosen([], {}), undefined);
});

test('CH-03 conversations are given out to who is there until they are full, also where several begin at once', async t => {
  const chat = await openChat(t, { settings: { capacity: 3 } });
  const [anna, ben] = [chat.colleague('Anna'), chat.colleague('Ben')];
  await anna('attend', {});
  await ben('attend', {});
  for (let n = 0; n < 3; n++) await Promise.all([chat.start(), chat.start()]);
  const { conversations } = await anna<InboxJson>('inbox', {});
  const of = (name: string | undefined, list: readonly ConversationJson[]) =>
    list.filter(({ assignee }) => assignee?.name === name).length;
  assert.deepEqual([of('Anna', conversations), of('Ben', conversations)], [3, 3]);
  const { conversation, token } = await chat.start();
  assert.equal((await chat.since(token)).agent, null, 'all are full: it is for all');
  await anna('resolve', { conversation: conversations[0]!.id });
  await chat.send(token, 'Hello?');
  assert.notEqual((await chat.since(token)).agent, null, 'a place has become free');
  assert.ok(textsOf(await anna.see(conversation.id)).some(text => text.endsWith('has joined')));
});

test('CH-03 what an absent colleague leaves waiting goes to another after a while, or to all', async t => {
  const chat = await openChat(t, { settings: { capacity: 3, requeueAfter: 10 } });
  const [anna, ben] = [chat.colleague('Anna'), chat.colleague('Ben')];
  await anna('attend', {});
  const { token } = await chat.start();
  assert.deepEqual((await chat.since(token)).agent, { name: 'Anna' });
  const later = async (minutes: number) => {
    chat.engine.now += minutes * 60_000;
    await ben('attend', {});
    await chat.engine.deliver();
    await chat.engine.sweep();
    return (await chat.since(token)).agent?.name;
  };
  assert.equal(await later(9), 'Anna');
  assert.equal(await later(1), 'Ben');
});

test('CH-03 a colleague who is there keeps what waits; one who is gone, with nobody else, leaves it to all', async t => {
  const chat = await openChat(t, { settings: { capacity: 3, requeueAfter: 10 } });
  const anna = chat.colleague('Anna');
  await anna('attend', {});
  const { token } = await chat.start();
  const later = async () => {
    await chat.engine.deliver();
    await chat.engine.sweep();
    return (await chat.since(token)).agent?.name;
  };
  chat.engine.now += 10 * 60_000;
  await anna('attend', {});
  assert.equal(await later(), 'Anna');
  const second = await chat.start();
  chat.engine.now += 11 * 60_000;
  await later();
  assert.equal((await chat.since(second.token)).agent, null);
});
