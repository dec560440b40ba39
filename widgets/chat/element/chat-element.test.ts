/** The chat as it is written to: the first message, the order, lines that break, the panel. */
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { findings, testElement } from '../../kit/testing/test-element.ts';
import { locales } from '../locales/index.ts';
import { InlayChat } from './inlay-chat.ts';
import { bubbles, clear, inputs, offline, open, pass, press, settled, text, times, type, write } from './test-page.ts';
import { fakeClient } from './testing.ts';

testElement({ tag: 'inlay-chat', element: InlayChat, client: fakeClient });
testElement({
  tag: 'inlay-chat',
  element: InlayChat,
  client: fakeClient,
  attributes: { mode: 'float', open: '' },
});

describe('writing to a chat', () => {
  afterEach(clear);

  it('stores and asks nothing before a visitor writes', async () => {
    const page = await open();
    same(text(await page.$('.log .bubble')), locales.en.element['greeting']);
    await type(page, 'Hel');
    await until(() => page.el.talk);
    await settled(page);
    same(page.client.calls, []);
    same(localStorage.length, 0);
  });

  it('starts with the first message, and goes on with the next', async () => {
    const told: string[] = [];
    const note = (event: Event) => told.push(event.type);
    const names = ['inlay:chat-opened', 'inlay:chat-started'];
    for (const name of names) document.addEventListener(name, note);
    const page = await open();
    await write(page, 'Do you have time on Friday?');
    await page.$('li .bubble', 'Friday');
    await page.$('.group small', 'Sent');
    const start = inputs(page.client, 'start')[0]!;
    same(start['text'], 'Do you have time on Friday?');
    same(
      [start['locale'], typeof start['zone'], typeof (start['page'] as { url: string }).url],
      ['en', 'string', 'string'],
    );
    ok(`${start['clientId']}`.length <= 40, 'the id is short enough');
    same(JSON.parse(localStorage.getItem('inlay-chat')!).token, 'secret');
    await write(page, 'At noon');
    await until(() => times(page.client, 'send') === 1);
    same(inputs(page.client, 'send')[0]!['token'], 'secret');
    same(bubbles(page), ['Do you have time on Friday?', 'At noon']);
    same(told, names);
    for (const name of names) document.removeEventListener(name, note);
  });

  it('sends by Enter, breaks the line by Shift and Enter, and leaves what is being composed alone', async () => {
    const page = await open();
    const area = await type(page, 'こんにちは');
    press(area, 'Enter', { isComposing: true });
    ok(press(area, 'Enter', { shiftKey: true }), 'the browser breaks the line');
    await settled(page);
    same(bubbles(page), []);
    ok(!press(area, 'Enter'), 'taken');
    await until(() => bubbles(page).length === 1);
    same(area.value, '');
    await write(page, '   ');
    await settled(page);
    same(bubbles(page).length, 1, 'nothing is not sent');
  });

  it('grows with what is written', async () => {
    const page = await open();
    const area = await type(page, 'one');
    const one = area.offsetHeight;
    await type(page, 'one\ntwo\nthree');
    ok(area.offsetHeight > one, 'higher');
    await type(page, 'one\n'.repeat(40));
    ok(area.offsetHeight < 200, 'not for ever');
  });

  it('keeps the order when the line breaks, and sends each once by the same id', async () => {
    const page = await open();
    page.client.failing['start'] = offline;
    await write(page, 'first');
    await page.$('.failed', 'Not sent. Try again');
    same(await findings(page.el), []);
    page.client.failing['start'] = offline;
    await write(page, 'second');
    await until(() => times(page.client, 'start') === 2);
    await settled(page);
    same(bubbles(page), ['first', 'second']);
    (await page.$('.failed')).click();
    await until(() => page.client.desk.messages.length === 2);
    same(
      page.client.desk.messages.map(message => message.text),
      ['first', 'second'],
    );
    const ids = inputs(page.client, 'start').map(({ clientId }) => clientId);
    same(new Set(ids).size, 1, 'ids of the first');
  });

  it('sends what waits once there is a line again', async () => {
    const page = await open();
    page.client.failing['start'] = offline;
    await write(page, 'first');
    await page.$('.failed');
    dispatchEvent(new Event('online'));
    await page.$('.group small', 'Sent');
    same(page.client.desk.messages.length, 1);
  });

  it('shows a message once though its answer was lost', async () => {
    const page = await open();
    await write(page, 'first');
    await page.$('.group small', 'Sent');
    const { call } = page.client;
    page.client.call = async (action, input) => {
      if (action !== 'send') return call(action, input);
      page.client.call = call;
      await call(action, input);
      return { ok: false, error: offline };
    };
    await write(page, 'second');
    await page.$('.failed');
    await pass(page, 3);
    await until(() => !page.el.frame.querySelector('.failed'), 'the message to be found');
    same(bubbles(page), ['first', 'second']);
  });

  it('leaves the page in use beside its panel, and closes by Escape', async () => {
    const page = await open({ mode: 'float' });
    const trigger = await page.$('.launch');
    trigger.focus();
    trigger.click();
    const dialog = await page.$<HTMLDialogElement>('dialog[open]');
    ok(!dialog.matches(':modal'), 'not modal');
    await until(() => page.el.shadowRoot!.activeElement?.localName === 'textarea', 'the focus to write');
    same(await findings(page.el), []);
    press(await page.$('.composer textarea'), 'Escape');
    await until(() => !dialog.open);
    ok(page.el.shadowRoot!.activeElement === trigger, 'the focus goes back');
    trigger.click();
    await until(() => dialog.open);
    trigger.click();
    await until(() => !dialog.open);
  });

  it('works where nothing can be stored', async () => {
    const { getItem, setItem, removeItem } = Storage.prototype;
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    Object.assign(Storage.prototype, { getItem: refuse, setItem: refuse, removeItem: refuse });
    try {
      const page = await open();
      await write(page, 'Hello');
      await page.$('.group small', 'Sent');
    } finally {
      Object.assign(Storage.prototype, { getItem, setItem, removeItem });
    }
  });

  it('says what the server limits, and loses nothing', async () => {
    const page = await open();
    page.client.failing['start'] = { code: 'RATE_LIMITED', message: '' };
    await write(page, 'Hello');
    await page.$('.notice', 'a little fast');
    same(bubbles(page), ['Hello']);
    same(await findings(page.el), []);
    (await page.$('.failed')).click();
    await page.$('.group small', 'Sent');
    ok(!page.el.frame.querySelector('.notice'), 'over');
  });
});
