import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { define } from '../define.ts';
import { findings, testElement } from '../testing/test-element.ts';
import { CalendarElement } from './calendar-element.ts';
import { CardsElement } from './cards-element.ts';
import { DetailElement } from './detail-element.ts';
import { ListElement } from './list-element.ts';
import type { RecordsElement } from './records-element.ts';
import { SearchElement } from './search-element.ts';
import { fakeClient, mount, recordsView } from './testing.ts';

const kinds = { list: ListElement, cards: CardsElement, search: SearchElement, calendar: CalendarElement } as const;
for (const [kind, Kind] of Object.entries(kinds)) {
  testElement({
    tag: `inlay-test-${kind}`,
    element: class extends (Kind as typeof ListElement) {},
    client: () => fakeClient(recordsView(kind as keyof typeof kinds)),
  });
}
testElement({
  tag: 'inlay-test-detail',
  element: class extends DetailElement {},
  client: () => fakeClient(recordsView('detail')),
  attributes: { record: 'r1' },
});

describe('records from a manifest', () => {
  before(() => {
    for (const [kind, Kind] of Object.entries({ ...kinds, detail: DetailElement }))
      define(`inlay-a-${kind}`, class extends (Kind as typeof ListElement) {});
  });
  afterEach(() => {
    for (const el of document.querySelectorAll('body > *')) if (el.localName.startsWith('inlay-a-')) el.remove();
    document.documentElement.dir = '';
  });

  const open = async (kind: keyof typeof kinds | 'detail', client = fakeClient(recordsView(kind)), attributes = {}) => {
    const el = mount(`inlay-a-${kind}`, client, attributes) as RecordsElement;
    await until(() => el.frame?.querySelector('h2'), kind);
    const text = (selector: string) =>
      [...el.frame.querySelectorAll(selector)].map(node => node.textContent!.replace(/\s+/g, ' ').trim());
    const press = (words: string) => {
      const found = [...el.frame.querySelectorAll('button')].find(button => button.textContent!.trim() === words);
      ok(found, `a button "${words}"`);
      found.click();
    };
    return { el, client, text, press };
  };

  it('a list shows its first page without asking, and more when it is wanted', async () => {
    const { el, client, text, press } = await open('list');
    same(text('li'), ['Cheese€12.50 10 April 2026', 'Bread']);
    same(client.calls.length, 0);
    same(el.frame.querySelector('time')?.dateTime, '2026-04-10');
    press('Show more');
    await until(() => text('li').length === 3, 'the next page');
    same(client.calls, [{ path: 'widgets/stalls/page', input: { after: 'c1', locale: 'en' } }]);
    await until(() => el.shadowRoot!.activeElement?.textContent === 'Honey', 'the focus');
    ok(!text('button').includes('Show more'), 'nothing more');
  });

  it('a record is pressed anywhere beside its links, with what is large enough for a finger', async () => {
    for (const kind of ['list', 'cards', 'search', 'calendar'] as const) {
      const { el } = await open(kind);
      el.frame.querySelector('.list')!.scrollIntoView();
      const at = (node: Element) => {
        const { left, top, width, height } = node.getBoundingClientRect();
        return el.shadowRoot!.elementFromPoint(left + width / 2, top + height - 3);
      };
      const rows = [...el.frame.querySelectorAll('.list li')];
      ok(rows.length, `${kind} has records`);
      for (const row of rows) {
        ok(
          row.getBoundingClientRect().height >= 44,
          `a record of ${kind} is ${row.getBoundingClientRect().height} px high`,
        );
        ok(at(row) === row.querySelector('.open'), `a record of ${kind} is pressed at its lower edge`);
      }
      const low = [...el.frame.querySelectorAll<HTMLElement>('.plain,.tool,td[tabindex]')].filter(
        ({ offsetHeight }) => offsetHeight > 0 && offsetHeight < 43.5,
      );
      same(
        low.map(({ outerHTML }) => outerHTML.slice(0, 60)),
        [],
        kind,
      );
      el.remove();
    }
  });

  it('a record opens with what it shows, nothing of it as HTML, and goes back to where it was', async () => {
    const { el, text, press } = await open('list');
    const chosen: unknown[] = [];
    el.addEventListener('inlay:selected', event => chosen.push((event as CustomEvent).detail));
    press('Cheese');
    await until(() => el.frame.querySelector('.dots'), 'the detail');
    same(text('h2'), ['Cheese']);
    same(el.frame.querySelector('img'), null);
    ok(text('p')[0]!.includes('<img src=x onerror=alert(1)>'), 'text');
    same(
      [...el.frame.querySelectorAll('a')].map(({ href }) => href),
      ['https://brie.example/', 'mailto:a@b.example'],
    );
    same(chosen, [{ id: 'r1' }]);
    await until(() => el.shadowRoot!.activeElement?.localName === 'h2', 'the focus');
    same(await findings(el), []);
    press('Back');
    await until(() => text('li').length === 2, 'the list');
    await until(() => el.shadowRoot!.activeElement?.textContent === 'Cheese', 'the focus');
  });

  it('the address names the record where the page wants it, and Back closes it', async () => {
    const { el, text, press } = await open('list', undefined, { hash: '' });
    press('Cheese');
    await until(() => location.hash === '#inlay-a-list=r1', 'the address');
    await until(() => el.frame.querySelector('.dots'), 'the detail');
    history.back();
    await until(() => text('li').length === 2, 'the list');
    same(location.hash, '');
  });

  it('without records it says so; quotations have who said it below', async () => {
    const none = await open('list', fakeClient(recordsView('list', { page: { records: [], after: null } })));
    same(none.text('.muted'), ['Nothing here yet.']);
    none.el.remove();
    const { text } = await open('list', fakeClient(recordsView('list', { layout: 'quotes', opens: false })));
    same(text('li')[0], '€12.50 Cheese · 10 April 2026');
  });

  it('what fails says so, keeps what there is, and is tried again', async () => {
    const client = fakeClient(recordsView('list'));
    client.failing.push({ code: 'UNREACHABLE', message: '' });
    const { el, text, press } = await open('list', client);
    press('Show more');
    await until(() => el.frame.querySelector('[role=alert]'), 'the notice');
    same(text('li').length, 2);
    same(await findings(el), []);
    press('Try again');
    await until(() => text('li').length === 3, 'the next page');
    same(text('[role=alert]'), []);
  });

  it('cards take away a picture that cannot be had', async () => {
    const page = { records: [{ id: 'r1', title: 'A', image: '/none.jpg', parts: [] }], after: null };
    const { el } = await open('cards', fakeClient(recordsView('cards', { page, layout: 'wide' })));
    await until(() => !el.frame.querySelector('img'), 'no picture');
  });

  it('a detail follows its attribute, and says when it is gone', async () => {
    const client = fakeClient(recordsView('detail', { opens: false }));
    const { el, text } = await open('detail', client);
    same(text('.muted'), ['Nothing here yet.']);
    el.setAttribute('record', 'r1');
    await until(() => el.frame.querySelector('.dots'), 'the record');
    same(text('h2'), ['Cheese']);
    client.failing.push({ code: 'NOT_FOUND', message: '' });
    el.setAttribute('record', 'gone');
    await until(() => text('[role=alert]')[0]?.startsWith('This is no longer here.'), 'the notice');
  });

  it('a search asks once for what was typed, and says how many there are', async () => {
    const { el, client, text } = await open('search');
    const input = el.frame.querySelector('input')!;
    const type = (query: string) => {
      input.value = query;
      input.dispatchEvent(new Event('input'));
    };
    for (const query of ['c', 'ch', 'cheese']) type(query);
    await until(() => text('[role=status]')[0] === '1 found', 'the count');
    same(
      client.calls.map(({ input: { q } }) => q),
      ['cheese'],
    );
    same(text('li').length, 1);
    type('nothing');
    await until(() => text('[role=status]')[0] === 'Nothing found.', 'none');
    same(await findings(el), []);
  });

  it('a calendar shows the month, a day of it, and the next', async () => {
    const { el, client, text } = await open('calendar');
    same(text('td.free'), ['10', '11', '12', '20']);
    same(text('.agenda > li').length, 2);
    const day = (date: string) => el.frame.querySelector<HTMLElement>(`[data-d="${date}"]`)!;
    same(day('2026-04-11').getAttribute('aria-label'), 'Saturday, April 11, Cheese');
    day('2026-04-11').click();
    await until(() => text('h3').length === 2, 'the day');
    same(text('.agenda > li').length, 1);
    same(await findings(el), []);
    day('2026-04-11').dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }));
    await until(() => client.calls.length === 1, 'the next month');
    same(client.calls[0]!.input, { month: '2026-05', locale: 'en' });
    await until(() => el.shadowRoot!.activeElement?.getAttribute('data-d') === '2026-05-11', 'the focus');
  });

  it('each kind is dark and right to left without a serious finding', async () => {
    document.documentElement.dir = 'rtl';
    for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
      const { el } = await open(kind, undefined, { theme: 'dark' });
      same(await findings(el), [], kind);
      el.remove();
    }
  });
});
