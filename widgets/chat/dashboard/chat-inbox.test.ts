/** The inbox: seen, gone through by keyboard, answered, handed on, and on lines that break. */
import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import type { ManifestJson } from '../../../schemas/module/manifest.ts';
import { define } from '../../kit/define.ts';
import { setPageClock } from '../../kit/page-clock.ts';
import { findings } from '../../kit/testing/test-element.ts';
import { component, primitive, semantic } from '../../kit/tokens/index.ts';
import { ChatInbox } from './chat-inbox.ts';
import type { Conversation } from './screen-api.ts';
import { conversation, fakeDesk } from './testing.ts';

const manifest = { id: 'inlay.chat', version: '1.0.0', entities: {} } as unknown as ManifestJson;
const lost = () => Object.assign(new Error('down'), { code: 'NETWORK' });

describe('inbox', () => {
  before(() => {
    define('inlay-chat-inbox', ChatInbox);
    document.documentElement.lang = 'en';
    document.adoptedStyleSheets = [primitive, semantic, component].map(({ styleSheet }) => styleSheet!);
  });
  after(() => {
    document.adoptedStyleSheets = [];
  });
  afterEach(() => document.querySelector('inlay-chat-inbox')?.remove());

  let run = 0;
  /** Ids are of one test: drafts outlive a screen. */
  const named = (...more: Partial<Conversation>[]) => {
    run++;
    return more.map((one, i) => conversation(`c${run}${i + 1}`, one));
  };

  const open = (list: Conversation[], width = '1280px') => {
    const desk = fakeDesk(list);
    const el = document.createElement('inlay-chat-inbox') as ChatInbox;
    Object.assign(el, { api: desk.api, manifest, client: { id: 'x', name: 'Rosas Salon', zone: 'Europe/Prague' } });
    Object.assign(el.style, { width, height: '800px' });
    document.body.append(el);
    const $ = <E extends HTMLElement>(selector: string, text = '') =>
      until(
        () => [...el.renderRoot.querySelectorAll<E>(selector)].find(node => node.textContent?.includes(text)),
        `${selector} ${text}`,
      );
    const press = (key: string, from: EventTarget = el.shadowRoot!.activeElement ?? el, more: KeyboardEventInit = {}) =>
      from.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }),
      );
    const type = async (text: string) => {
      const area = await $<HTMLTextAreaElement>('.composer textarea');
      area.focus();
      area.value = text;
      area.dispatchEvent(new Event('input', { bubbles: true }));
      await el.updateComplete;
      return area;
    };
    const items = (selector: string) => [...el.renderRoot.querySelectorAll(selector)];
    const active = () => el.shadowRoot!.activeElement as HTMLElement;
    return { ...desk, el, $, press, type, items, active };
  };

  it('lists what waits, and for how long', async () => {
    const late = new Date(Date.now() - 300_000).toISOString();
    const { $, items, el } = open(
      named(
        { unread: 2 },
        { dueAt: late, priority: 'urgent', labels: ['wedding'] },
        { waitingSince: null, assignee: { id: 'rosa', name: 'Rosa' } },
      ),
    );
    await $('.one .badge', 'answer within 18 min');
    await $('.one .badge', 'overdue by 5 min');
    await $('.one .badge', 'Urgent');
    await $('.one .label', 'wedding');
    await $('.one .count', '2');
    await $('.chip', 'Unassigned 2');
    same(items('.one').length, 3);
    same(await findings(el), []);
  });

  it('shows each kind of conversation by its filter, and says when there is none', async () => {
    const { $, items, el, of } = open(
      named({}, { assignee: { id: 'ben', name: 'Ben' } }, { status: 'snoozed', snoozedUntil: '2027-01-04T08:00:00Z' }),
    );
    await $('.one');
    (await $('.chip', 'Unassigned')).click();
    await until(() => items('.one').length === 1 && items('.chip[aria-pressed=true]')[0]?.textContent?.includes('Un'));
    same(of('inbox').at(-1)!.input, { status: 'open', unassigned: true });
    (await $('.chip', 'Mine')).click();
    await until(() => items('.one').length === 1 && of('inbox').at(-1)!.input['mine'] === true);
    (await $('.chip', 'Snoozed')).click();
    await $('.one .badge', 'until');
    (await $('.chip', 'Resolved')).click();
    await $('.empty h2', 'Nothing is resolved yet');
    same(await findings(el), []);
    const search = await $<HTMLInputElement>('[type=search]');
    search.value = 'nobody';
    search.dispatchEvent(new Event('input'));
    await $('.empty h2', 'Nothing found for “nobody”');
    same(of('inbox').at(-1)!.input, { q: 'nobody' });
  });

  it('opens a conversation, tells what was seen, and answers it', async () => {
    const [one] = named({ unread: 1 });
    const { $, el, of, type, press, items } = open([one!]);
    (await $('.one')).click();
    await $('.said.visitor', 'Question');
    await $('.said.note', 'Only colleagues see this');
    await until(() => of('look').length > 0);
    same(of('look')[0]!.input, { conversation: one!.id, seen: 3, typing: false });
    await $('.visitor-pane dd a', 'Colour');
    same(await findings(el), []);
    const area = await type('We have time on Friday.');
    await until(() => of('look').at(-1)!.input['typing'] === true, 'the visitor to see who writes');
    press('Enter', area, { shiftKey: true });
    same(of('reply').length, 0);
    press('Enter', area);
    await until(() => items('.said.agent').at(-1)?.textContent?.includes('Friday') && of('reply').length === 1);
    same(of('reply')[0]!.input['text'], 'We have time on Friday.');
    same(area.value, '');
  });

  it('goes on saying that somebody writes when it looks for what is new, until they stop', async () => {
    const [one, two] = named({}, {});
    const { $, el, of, type, hear } = open([one!, two!]);
    const told = () => of('look').map(({ input }) => input['typing']);
    (await $('.one')).click();
    await until(() => told().length === 1);
    await type('We have');
    await until(() => told().length === 2);
    await el.data.refresh();
    same(told(), [false, true], 'nothing is new');
    hear(one!.id, 'Still there?');
    await el.data.refresh();
    await until(() => told().length === 3);
    same(of('look')[2]!.input, { conversation: one!.id, seen: 4, typing: true });
    let ahead = 5000;
    const restore = setPageClock(() => Date.now() + ahead);
    await type('We have time');
    await until(() => told().length === 4);
    same(told().at(-1), true, 'a long reply is said again');
    ahead += 7000;
    el.data.presence.tick();
    await until(() => told().length === 5);
    same(told().at(-1), false, 'nobody has pressed a key');
    await type('We have time on');
    await until(() => told().length === 6);
    el.choose(two!.id);
    await until(() => told().length === 8);
    const last = of('look').slice(-2);
    same(
      last.map(({ input }) => input),
      [
        { conversation: one!.id, seen: 4, typing: false },
        { conversation: two!.id, seen: 3, typing: false },
      ],
    );
    restore();
  });

  it('keeps a note apart from a reply', async () => {
    const { $, el, of, type, press } = open(named({}));
    (await $('.one')).click();
    (await $('.composer .chip', 'Note')).click();
    await $('.composer.note', 'Only colleagues see this');
    const before = of('look').filter(({ input }) => input['typing']).length;
    press('Enter', await type('Call her first'));
    await $('.said.note', 'Call her first');
    same([of('note').length, of('reply').length], [1, 0]);
    same(of('look').filter(({ input }) => input['typing']).length, before, 'nobody is told of a note');
    same(await findings(el), []);
  });

  it('sends again by the same id what did not arrive', async () => {
    const { $, el, of, type, press, failing } = open(named({}));
    (await $('.one')).click();
    failing['reply'] = lost();
    failing['inbox'] = lost();
    press('Enter', await type('Friday?'));
    await $('.said .danger', 'Not sent.');
    await $('.notice.warn', 'offline');
    same(await findings(el), []);
    (await $('.said .link', 'Try again')).click();
    await until(() => of('reply').length === 2);
    const [first, second] = of('reply');
    same([first!.input['clientId'], first!.intent], [second!.input['clientId'], second!.intent]);
    await until(() => !el.renderRoot.querySelector('.said .danger'));
  });

  it('keeps what is being written, for each conversation', async () => {
    const list = named({}, {});
    const { $, el, type } = open(list);
    (await $(`[data-id=${list[0]!.id}]`)).click();
    await type('half a sen');
    (await $(`[data-id=${list[1]!.id}]`)).click();
    await until(() => el.data.talk?.conversation.id === list[1]!.id);
    const area = await $<HTMLTextAreaElement>('.composer textarea');
    await until(() => area.value === '');
    (await $(`[data-id=${list[0]!.id}]`)).click();
    await until(() => area.value === 'half a sen');
  });

  it('offers canned replies by "/"', async () => {
    const { $, el, type, press, items, of } = open(named({}));
    (await $('.one')).click();
    const area = await type('/');
    await until(() => items('.canned [role=option]').length === 2);
    same(await findings(el), []);
    press('ArrowDown', area);
    await until(() => area.getAttribute('aria-activedescendant') === 'canned-1');
    await type('/ho');
    press('Enter', area);
    await until(() => area.value === 'We are open from nine to six.');
    same(of('reply').length, 0, 'taken, not sent');
    await type('/zzz');
    await $('.canned', 'No canned reply fits');
  });

  it('claims, and says who was quicker', async () => {
    const { $, failing, of } = open(named({}));
    (await $('.one')).click();
    failing['claim'] = Object.assign(new Error('Rosa has taken it'), { code: 'ALREADY_ASSIGNED' });
    (await $('button', 'Take it')).click();
    await $('[role=status].visible', 'Rosa has taken it');
    (await $('button', 'Take it')).click();
    await $('.talk-bar', 'Answered by Ben');
    same(of('claim').length, 2);
  });

  it('assigns, snoozes, resolves and opens again', async () => {
    const { $, of } = open(named({}));
    (await $('.one')).click();
    (await $('#assign button', 'Rosa')).click();
    await $('.talk-bar', 'Answered by Rosa');
    same(of('assign')[0]!.input['member'], 'rosa');
    (await $('#priority button', 'High')).click();
    await until(() => of('label').at(-1)?.input['priority'] === 'high');
    (await $('#snooze button', 'Until tomorrow')).click();
    await $('[role=status].visible', 'Put away.');
    ok(`${of('snooze')[0]!.input['until']}` > new Date().toISOString(), 'ahead');
    (await $('.talk-bar button', 'Resolve')).click();
    (await $('.talk-bar button', 'Reopen')).click();
    await until(() => of('reopen').length === 1);
  });

  it('labels, and blocks once it is meant', async () => {
    const { $, el, of } = open(named({ labels: ['wedding'] }));
    (await $('.one')).click();
    const input = await $<HTMLInputElement>('[name=label]');
    input.value = 'June';
    input.form!.requestSubmit();
    await $('.visitor-pane .label', 'June');
    same(of('label')[0]!.input['labels'], ['wedding', 'June']);
    (await $('[aria-label="Remove wedding"]')).click();
    await until(() => of('label').length === 2);
    (await $('.visitor-pane .danger', 'Block')).click();
    await $('.ask', 'They are not told');
    same(of('block').length, 0);
    same(await findings(el), []);
    (await $('.ask button', 'Block visitor')).click();
    await $('.visitor-pane', 'Blocked');
    same(of('block')[0]!.input['blocked'], true);
  });

  it('is gone through by keyboard', async () => {
    const list = named({}, {}, {});
    const { $, el, press, active, of } = open(list);
    await $('.one');
    press('j', el);
    await until(() => active()?.dataset['id'] === list[0]!.id);
    press('j');
    await until(() => active()?.dataset['id'] === list[1]!.id && el.data.chosen === list[1]!.id);
    press('k');
    await until(() => active()?.dataset['id'] === list[0]!.id);
    press('ArrowDown');
    same(active().dataset['id'], list[1]!.id);
    same(el.data.chosen, list[0]!.id, 'an arrow looks, Enter opens');
    await $('.composer');
    press('n');
    await until(() => active()?.localName === 'textarea');
    await $('.composer.note');
    press('e');
    await new Promise(resume => setTimeout(resume, 50));
    same(of('resolve').length, 0, 'letters are letters where somebody writes');
    active().blur();
    press('e', el);
    await until(() => of('resolve').length === 1);
  });

  it('shows one pane at a time on a phone', async () => {
    const { $, el } = open(named({}), '390px');
    const visible = (selector: string) => getComputedStyle(el.renderRoot.querySelector(selector)!).display !== 'none';
    (await $('.one')).click();
    await $('.said');
    same([visible('.list-pane'), visible('.talk-pane'), visible('.visitor-pane')], [false, true, false]);
    same(await findings(el), []);
    (await $('.visitor-button')).click();
    await until(() => visible('.visitor-pane'));
    same(await findings(el), []);
    (await $('.visitor-pane .back')).click();
    await until(() => visible('.talk-pane'));
    (await $('.talk-bar .narrow-only')).click();
    await until(() => visible('.list-pane'));
    ok(el.scrollWidth <= 390, `${el.scrollWidth} px`);
  });

  it('says that it could not be loaded, and tries again', async () => {
    const list = named({});
    const { $, el, failing } = open(list);
    await $('.one');
    failing['open'] = new Error('broken');
    (await $('.one')).click();
    await $('.talk-pane [role=alert]', 'could not be loaded');
    same(await findings(el), []);
    (await $('.talk-pane button', 'Try again')).click();
    await $('.said');
    failing['inbox'] = lost();
    (await $('.chip', 'Mine')).click();
    await $('.list-pane [role=alert]', 'offline');
    (await $('.list-pane button', 'Try again')).click();
    await $('.empty', 'Nothing waits for you');
  });

  it('says that somebody is at the desk when it opens, and not with every look', async () => {
    const { $, el, of } = open(named({}));
    await $('.one');
    same(of('attend').length, 1);
    await el.data.refresh();
    await el.data.refresh();
    same([of('attend').length, of('inbox').length], [1, 3]);
    const restore = setPageClock(() => Date.now() + 60_000);
    await el.data.refresh();
    restore();
    same(of('attend').length, 2);
  });

  it('shows what came meanwhile, and keeps nothing running once it is gone', async () => {
    const [one] = named({});
    const { $, el, hear, calls } = open([one!]);
    (await $('.one')).click();
    await $('.said');
    hear(one!.id, 'Still there?');
    await el.data.refresh();
    await $('.said.visitor', 'Still there?');
    el.remove();
    const before = calls.length;
    dispatchEvent(new Event('online'));
    await new Promise(resume => setTimeout(resume, 50));
    same(calls.length, before);
  });
});
