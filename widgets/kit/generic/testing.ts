/** A server in memory for the tests of the kit's own widgets. */
import type { Client, ClientError, Result } from '../../../embed-sdk/types.ts';
import type { FieldJson } from '../../../schemas/module/field.ts';
import type { FormControl, FormView, RecordsPage, RecordsView, WidgetView } from '../../../schemas/protocol/widget.ts';
import type { InlayElement } from '../base-element.ts';

/** As the server sends them; `de` for a language that is not the browser's. */
export const words = {
  'kit.send': 'Send',
  'kit.sending': 'Sending…',
  'kit.thanks': 'Thank you.',
  'kit.again': 'Send another',
  'kit.optional': '(optional)',
  'kit.needed': 'Fill this in',
  'kit.email': 'Enter an e-mail address',
  'kit.number': 'Enter a number',
  'kit.wrong': 'Please check this',
  'kit.empty': 'Nothing here yet.',
  'kit.more': 'Show more',
  'kit.back': 'Back',
  'kit.search': 'Search',
  'kit.noHits': 'Nothing found.',
  'kit.hits': '{n} found',
  'kit.retry': 'Try again',
  'kit.previous': 'Previous month',
  'kit.next': 'Next month',
  'kit.gone': 'This is no longer here.',
  'problem.UNREACHABLE': 'There is no connection.',
  'problem.OFFLINE': 'You are offline.',
  'problem.OTHER': 'That did not work.',
};

export const formView: FormView = {
  kind: 'form',
  widget: 'ask',
  layout: 'columns',
  words: { title: 'Ask us', intro: 'We answer within a day.' },
  controls: [
    { name: 'name', label: 'Name', required: true, as: 'input', attrs: { type: 'text', autocomplete: 'name' } },
    { name: 'email', label: 'E-mail', required: true, help: 'For our answer', as: 'input', attrs: { type: 'email' } },
    {
      name: 'topic',
      label: 'Topic',
      as: 'select',
      attrs: {},
      options: [
        ['', 'Choose…'],
        ['cut', 'A cut'],
      ],
    },
    { name: 'people', label: 'People', as: 'input', attrs: { type: 'number', min: '1', max: '9' } },
    { name: 'when', label: 'When', as: 'input', attrs: { type: 'datetime-local' } },
    { name: 'text', label: 'Message', required: true, as: 'textarea', attrs: { maxlength: '500' } },
    { name: 'news', label: 'Send me news', as: 'input', attrs: { type: 'checkbox' } },
  ],
};

/** As the server describes a field whose control is the kit's. */
const rich = (name: string, field: object, more: Partial<FormControl> = {}): FormControl => ({
  name,
  label: name.slice(0, 1).toUpperCase() + name.slice(1),
  as: 'input',
  attrs: {},
  field: { required: false, ...field } as FieldJson,
  ...more,
});

export const richView: FormView = {
  kind: 'form',
  widget: 'apply',
  action: 'apply',
  layout: 'columns',
  currency: 'EUR',
  words: { title: 'Apply' },
  controls: [
    formView.controls[0]!,
    rich('phone', { kind: 'text', format: 'phone' }, { attrs: { type: 'tel' } }),
    rich('budget', { kind: 'money' }, { attrs: { type: 'number' } }),
    rich('hours', { kind: 'decimal', scale: 2 }, { attrs: { type: 'number' } }),
    rich('day', { kind: 'date', required: true }, { required: true, attrs: { type: 'date' }, help: 'When you begin' }),
    rich('call', { kind: 'instant' }, { attrs: { type: 'datetime-local' } }),
    rich('from', { kind: 'localTime' }, { attrs: { type: 'time' } }),
    rich('home', { kind: 'address' }),
    rich(
      'days',
      { kind: 'list', of: { kind: 'enum', values: ['mon', 'tue'], required: true } },
      {
        options: [
          ['mon', 'Monday'],
          ['tue', 'Tuesday'],
        ],
      },
    ),
    rich('stars', { kind: 'int', min: 1, max: 5 }, { attrs: { type: 'number' }, part: 'rating' }),
    rich('sign', { kind: 'text', max: 50_000 }, { as: 'textarea', part: 'signature' }),
  ],
};

export const first: RecordsPage = {
  records: [
    {
      id: 'r1',
      title: 'Cheese',
      days: ['2026-04-10', '2026-04-12'],
      at: '9:00 AM',
      parts: [
        { name: 'price', label: 'Price', text: '€12.50' },
        { name: 'from', label: 'From', text: '10 April 2026', time: '2026-04-10' },
      ],
    },
    { id: 'r2', title: 'Bread', days: ['2026-04-20', '2026-04-20'], parts: [] },
  ],
  after: 'c1',
};
export const next: RecordsPage = { records: [{ id: 'r3', title: 'Honey', parts: [] }], after: null };
export const whole: RecordsPage = {
  records: [
    {
      id: 'r1',
      title: 'Cheese',
      parts: [
        {
          name: 'about',
          label: 'About',
          text: 'Hard and soft.',
          rich: [
            { lines: [['<img src=x onerror=alert(1)> ', { text: 'soft', as: 'b' }]] },
            { list: true, lines: [[{ text: 'Brie', href: 'https://brie.example/' }]] },
          ],
        },
        { name: 'mail', label: 'Mail', text: 'a@b.example', href: 'mailto:a@b.example' },
      ],
    },
  ],
  after: null,
};

export const recordsView = (kind: RecordsView['kind'], more: Partial<RecordsView> = {}): RecordsView => ({
  kind,
  widget: 'stalls',
  words: { title: 'Stalls' },
  opens: true,
  page: kind === 'detail' ? null : first,
  ...(kind === 'calendar' ? { today: '2026-04-10' } : {}),
  ...more,
});

export interface FakeClient extends Client {
  readonly calls: { readonly path: string; readonly input: Record<string, unknown> }[];
  /** Errors in their order; each is given once. */
  readonly failing: ClientError[];
}

/** Whatever the tag, it gets this view; a record that is opened is `opened`. */
export const fakeClient = (view: WidgetView, locale = 'en', opened = whole): FakeClient => {
  const calls: FakeClient['calls'] = [];
  const failing: ClientError[] = [];
  const answer = ({ id, after, q }: Record<string, unknown>): RecordsPage => {
    if (id) return opened;
    if (q === 'nothing') return { records: [], after: null, total: 0 };
    if (q) return { records: [first.records[0]!], after: null, total: 1 };
    return after ? next : first;
  };
  return {
    calls,
    failing,
    open: async () => ({
      ok: true,
      value: { locale, strings: words, data: null, views: new Proxy({}, { get: () => view }) },
    }),
    async call<T>(path: string, given: unknown): Promise<Result<T>> {
      const input = given as Record<string, unknown>;
      calls.push({ path, input });
      const error = failing.shift();
      if (error) return { ok: false, error };
      return { ok: true, value: (path.endsWith('submit') ? { id: 'new' } : answer(input)) as T };
    },
  };
};

/** Puts a tag into the page with that client. */
export const mount = (tag: string, client: Client, attributes: Readonly<Record<string, string>> = {}): InlayElement => {
  const el = document.createElement(tag) as InlayElement;
  for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, value);
  el.client = client;
  document.body.append(el);
  return el;
};
