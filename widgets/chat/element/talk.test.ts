/** What comes from the desk: asked for at the pace of the talk, each message once, seen and read out. */
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { findings } from '../../kit/testing/test-element.ts';
import {
  bubbles,
  clear,
  hide,
  inputs,
  open,
  pass,
  remembered,
  settled,
  text,
  times,
  type,
  write,
} from './test-page.ts';
import { fakeClient } from './testing.ts';

describe('reading a chat', () => {
  afterEach(clear);

  it('asks for exactly what is missing, page by page', async () => {
    remembered();
    const client = fakeClient();
    for (let i = 1; i <= 130; i++) client.say(`message ${i}`);
    const page = await open({}, {}, client);
    await until(() => bubbles(page).length === 130, 'all');
    same(
      inputs(client, 'since').map(({ seq }) => seq),
      [0, 100],
    );
    client.say('one more');
    await pass(page, 3);
    await page.$('.bubble', 'one more');
    same(inputs(client, 'since').at(-1), { token: 'known', seq: 130 });
  });

  it('misses nothing that came between its own messages', async () => {
    const page = await open();
    await write(page, 'first');
    await page.$('.group small', 'Sent');
    page.client.say('in between');
    await write(page, 'third');
    await until(() => bubbles(page).length === 2);
    await pass(page, 3);
    await page.$('.bubble', 'in between');
    same(bubbles(page), ['first', 'in between', 'third']);
  });

  it('never asks twice at once, and an old answer undoes nothing', async () => {
    remembered();
    const client = fakeClient();
    client.say('Hello');
    client.desk.status = 'resolved';
    const page = await open({}, {}, client);
    await page.$('li .bubble', 'Hello');
    let release = () => {};
    client.hold = new Promise<void>(resolve => {
      release = resolve;
    });
    page.el.talk!.wake();
    page.el.talk!.wake();
    await write(page, 'Are you there?');
    await until(() => client.desk.status === 'open');
    await settled(page);
    client.hold = undefined;
    release();
    await settled(page);
    same(client.most(), 1);
    same(page.el.talk!.status, 'open');
    same(bubbles(page), ['Hello', 'Are you there?']);
  });

  it('asks soon after something happened, and slower and slower in quiet', async () => {
    remembered();
    const client = fakeClient();
    client.say('Hello');
    const page = await open({}, {}, client);
    await page.$('li .bubble', 'Hello');
    const asked = async (seconds: number) => {
      const before = times(client, 'since');
      await pass(page, seconds);
      return times(client, 'since') - before;
    };
    same(await asked(1), 0, 'after a second');
    same(await asked(1.1), 1, 'after two');
    const waits: number[] = [];
    for (let i = 0; i < 12; i++) {
      let seconds = 1;
      while (!(await asked(1))) seconds++;
      waits.push(seconds);
    }
    same(
      waits,
      [...waits].sort((a, b) => a - b),
      'never quicker',
    );
    ok(waits[0]! <= 3 && waits.at(-1)! >= 20 && waits.at(-1)! <= 21, `${waits}`);
    await type(page, 'H');
    same(await asked(2.1), 1, 'two seconds after a key');
  });

  it('does not ask while hidden, closed only now and then, and no more once removed or resolved', async () => {
    remembered();
    const client = fakeClient();
    client.say('Hello');
    const page = await open({ mode: 'float' }, {}, client);
    await until(() => times(client, 'since') === 1 && page.el.talk);
    await settled(page);
    await pass(page, 44);
    same(times(client, 'since'), 1, 'closed');
    await pass(page, 2);
    same(times(client, 'since'), 2, 'closed, after 45 seconds');
    hide(true);
    await pass(page, 500);
    same(times(client, 'since'), 2, 'hidden');
    hide(false);
    await settled(page);
    same(times(client, 'since'), 3, 'seen again');
    client.desk.status = 'resolved';
    await pass(page, 46);
    same(times(client, 'since'), 4);
    await pass(page, 500);
    same(times(client, 'since'), 4, 'resolved');
    page.el.remove();
    page.el.talk!.status = 'open';
    await new Promise(resume => setTimeout(resume, 1200));
    same(times(client, 'since'), 4, 'removed');
  });

  it('counts what was not seen on its trigger, and tells the desk once it is', async () => {
    remembered(1);
    const client = fakeClient();
    for (const words of ['Hello', 'Are you there?', 'We close at six.']) client.say(words);
    const counts: number[] = [];
    const note = (event: Event) => counts.push((event as CustomEvent).detail.count);
    document.addEventListener('inlay:chat-unread', note);
    const page = await open({ mode: 'float' }, {}, client);
    same(text(await page.$('.badge')), '2 new messages');
    same(await findings(page.el), []);
    same(times(client, 'presence'), 0);
    (await page.$('.launch')).click();
    await until(() => times(client, 'presence') === 1);
    same(inputs(client, 'presence')[0], { token: 'known', seen: 3, typing: false });
    await until(() => !page.el.frame.querySelector('.badge'));
    same(counts, [2, 0]);
    same(JSON.parse(localStorage.getItem('inlay-chat')!).seen, 3);
    document.removeEventListener('inlay:chat-unread', note);
  });

  it('shows and reads out who writes, what is new and what was seen', async () => {
    remembered();
    const client = fakeClient();
    client.desk.messages.push({ seq: 1, kind: 'visitor', text: 'Hello', at: new Date().toISOString() });
    const page = await open({}, {}, client);
    await page.$('.group small', 'Sent');
    Object.assign(client.desk, { typing: true, seen: 1, agent: 'Rosa' });
    await pass(page, 3);
    same((await page.$('.dots')).getAttribute('aria-label'), 'Rosa is writing');
    same(text(await page.$('header small')), 'Rosa is answering');
    await page.$('.group small', 'Seen');
    same(text(await page.$('[aria-live]')), '', 'history is not read out');
    same(await findings(page.el), []);
    client.desk.typing = false;
    client.say('Good morning!');
    await pass(page, 3);
    await page.$('[aria-live=polite]', 'Rosa: Good morning!');
    ok(!page.el.frame.querySelector('.dots'), 'nobody writes');
  });

  it('says that the visitor is writing, and that they stopped, and no more', async () => {
    remembered();
    const client = fakeClient();
    const page = await open({}, {}, client);
    await until(() => times(client, 'since') === 1);
    for (const words of ['H', 'He', 'Hel']) await type(page, words);
    await settled(page);
    same(
      inputs(client, 'presence').map(({ typing }) => typing),
      [true],
    );
    await pass(page, 7);
    same(
      inputs(client, 'presence').map(({ typing }) => typing),
      [true, false],
    );
  });

  it('groups by day and by author', async () => {
    remembered();
    const client = fakeClient();
    const put = (kind: 'visitor' | 'agent', words: string, minutesAgo: number) =>
      client.desk.messages.push({
        seq: client.desk.messages.length + 1,
        kind,
        text: words,
        at: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
        author: kind === 'agent' ? { name: 'Ben' } : null,
      });
    put('visitor', 'a', 4 * 1440);
    put('agent', 'b', 1440);
    put('agent', 'c', 1440);
    put('visitor', 'd', 0);
    put('visitor', 'e', 0);
    const page = await open({}, {}, client);
    await page.$('li .bubble', 'e');
    same(
      [...page.el.frame.querySelectorAll('.group')].map(group => group.querySelectorAll('.bubble').length),
      [1, 2, 2],
    );
    same([...page.el.frame.querySelectorAll('li.day')].map(text).slice(1), ['Yesterday', 'Today']);
  });

  it('makes links of addresses and never anything else of a text', async () => {
    remembered();
    const client = fakeClient();
    client.say(
      '<img src=x onerror=alert(1)> javascript:alert(1) http://plain.test (see https://a.test/b_(c)?d=1), bye',
    );
    const page = await open({}, {}, client);
    const bubble = await page.$('li .bubble');
    const links = [...bubble.querySelectorAll('a')];
    same(
      links.map(({ href, rel, target }) => [href, rel, target]),
      [['https://a.test/b_(c)?d=1', 'noopener noreferrer', '_blank']],
    );
    same(bubble.querySelectorAll('*').length, 1);
    ok(text(bubble).startsWith('<img src=x'), 'shown as it was written');
  });
});
