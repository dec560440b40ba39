import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FormView, RecordsPage, RecordsView } from '../../schemas/protocol/index.ts';
import { dataRoutes } from '../data/routes.ts';
import { serveRoutes } from '../data/testing.ts';
import { localeFor } from '../data/text-locale.ts';
import type { Call } from '../engine/call.ts';
import { createTestEngine } from '../engine/testing.ts';
import { fair } from './testing.ts';
import { moduleViews } from './views.ts';
import { kitWords } from './words.ts';

const sent = {
  email: 'Ada@Example.com',
  text: 'Is there cheese?',
  topic: 'stall',
  people: '2',
  budget: '12.5',
  news: 'on',
};
const kept = { email: 'ada@example.com', text: 'Is there cheese?', topic: 'stall', people: 2, news: true };

/** What any of the routes answers. */
interface Reply {
  readonly data: { readonly id?: string };
  readonly errors: readonly { readonly pointer: string }[];
}

async function open(t: { after(task: () => void): void }) {
  const engine = createTestEngine({ modules: [{ module: fair }], now: '2026-04-10T09:00:00Z' });
  t.after(() => engine.close());
  const app = serveRoutes(engine, dataRoutes);
  const { admin } = engine.actors;
  const stall = (name: object, more: object) => engine.create(admin, 'fair', 'stall', { name, ...more });
  const cheese = await stall(
    { en: 'Cheese', de: 'Käse' },
    {
      about: 'Hard **and** soft.\n\n- Comté\n- [Brie](https://brie.example)',
      goods: 'comte brie',
      price: { amount: 1250, currency: 'EUR' },
      from: '2026-04-30T22:30:00Z',
      to: '2026-05-02T10:00:00Z',
    },
  );
  await stall({ en: 'Bread' }, { goods: 'rye', from: '2026-04-12T08:00:00Z' });
  await stall({ en: 'Honey' }, { goods: 'acacia', from: '2026-06-01T08:00:00Z' });
  const shut = await stall({ en: 'Wine' }, { goods: 'red', from: '2026-04-13T08:00:00Z', state: 'shut' });
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const reply = await app.request(`/api/m/fair/v1/widgets/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-actor': 'visitor', ...headers },
      body: JSON.stringify(body),
    });
    return { status: reply.status, body: (await reply.json()) as Reply };
  };
  const page = async (widget: string, ask: object) => {
    const { status, body } = await post(`${widget}/page`, ask);
    assert.equal(status, 200, JSON.stringify(body));
    return body.data as unknown as RecordsPage;
  };
  const views = async (language: string) => {
    const { tenant, actors, runtime } = engine;
    const site = tenant.sites.find(({ id }) => id === actors.visitor.siteId);
    const call = { actor: actors.visitor, tenant, site, requestId: '', callerHash: '', fingerprint: '' };
    const spoken = { ...call, idempotencyKey: undefined, locale: localeFor(language, call) } satisfies Call;
    return (await moduleViews(runtime, spoken, tenant.byName.get('fair')!, language, {}))!.views;
  };
  return { engine, post, page, views, cheese, shut };
}

test('the session brings controls, words and the first page in the language of the visitor', async t => {
  const { views } = await open(t);
  const de = await views('de-AT');
  const form = de['inlay-fair-ask'] as FormView;
  assert.equal(form.words['title'], 'Fragen Sie uns');
  assert.deepEqual(
    form.controls.map(({ name, label, as, required = false, attrs }) => [name, label, as, required, attrs['type']]),
    [
      ['email', 'Email', 'input', true, 'email'],
      ['text', 'Ihre Frage', 'textarea', true, 'text'],
      ['topic', 'Topic', 'select', true, undefined],
      ['people', 'People', 'input', false, 'number'],
      ['budget', 'Budget', 'input', false, 'number'],
      ['news', 'News', 'input', false, 'checkbox'],
    ],
  );
  assert.equal(form.controls[2]!.value, 'other');
  assert.deepEqual(form.controls[2]!.options, [
    ['stall', 'Ein Stand'],
    ['other', 'Other'],
  ]);
  const list = de['inlay-fair'] as RecordsView;
  assert.deepEqual(
    list.page!.records.map(({ title }) => title),
    ['Bread', 'Käse'],
  );
  assert.deepEqual(
    list.page!.records[1]!.parts.map(({ text, time }) => [text, time]),
    [
      ['€\u00a012,50', undefined],
      ['1. Mai 2026 um 00:30', '2026-04-30T22:30:00Z'],
    ],
  );
  assert.equal(((await views('en'))['inlay-fair'] as RecordsView).page!.records[1]!.title, 'Cheese');
  assert.equal((de['inlay-fair-one'] as RecordsView).page, null);
});

test('a list pages on within its filter, and opens what it shows alone', async t => {
  const { page, post, cheese, shut } = await open(t);
  const first = await page('stalls', {});
  const next = await page('stalls', { after: first.after });
  assert.deepEqual(
    next.records.map(({ title }) => title),
    ['Honey'],
  );
  assert.equal(next.after, null);
  const { records } = await page('stalls', { id: cheese.id, locale: 'en' });
  assert.deepEqual(records[0]!.parts[0]!.rich, [
    { lines: [['Hard ', { text: 'and', as: 'b' }, ' soft.']] },
    { list: true, lines: [['Comté'], [{ text: 'Brie', href: 'https://brie.example' }]] },
  ]);
  assert.equal((await post('stalls/page', { id: shut.id })).status, 404);
  assert.equal((await post('stalls/page', { id: 'x' })).status, 404);
  // The filter of a widget is not its caller's: nothing that visitors may not read can be asked for.
  assert.equal((await post('stalls/page', { filter: {} })).status, 422);
  assert.equal((await post('stalls/page', { fields: ['rent'] })).status, 422);
  assert.equal((await post('gone/page', {})).status, 404);
  assert.equal((await post('one/page', {})).status, 400);
  assert.equal((await page('one', { id: cheese.id })).records[0]!.parts[0]!.rich?.length, 2);
  assert.equal((await post('constructor/page', {})).status, 404);
  assert.equal((await post('stalls/submit', { values: {}, took: 9000 })).status, 404);
});

test('a search finds and counts; a calendar has what goes on in a month of the zone', async t => {
  const { page, post } = await open(t);
  const found = await page('find', { q: 'brie' });
  assert.deepEqual([found.total, found.records[0]!.title], [1, 'Cheese']);
  assert.equal((await page('find', { q: ' ' })).records.length, 4);
  const may = await page('days', { month: '2026-05', locale: 'de' });
  assert.deepEqual(
    may.records.map(({ title, days, at }) => [title, days, at]),
    [['Käse', ['2026-05-01', '2026-05-02'], '00:30']],
  );
  const titles = async (month: string) => (await page('days', { month })).records.map(({ title }) => title);
  assert.deepEqual(await titles('2026-04'), ['Bread', 'Wine']);
  assert.equal((await post('days/page', { month: '2026-13' })).status, 400);
  assert.equal((await post('days/page', {})).status, 400);
});

test('a form keeps what it asks for, once, and says by field what is wrong', async t => {
  const { engine, post } = await open(t);
  const questions = () => engine.list<Record<string, unknown>>(engine.actors.admin, 'fair', 'question');
  const key = { 'idempotency-key': 'k1' };
  const first = await post('ask/submit', { values: sent, took: 4000 }, key);
  assert.equal(first.status, 200, JSON.stringify(first.body));
  const again = await post('ask/submit', { values: sent, took: 4000 }, key);
  assert.deepEqual(again, first);
  const [only, ...others] = await questions();
  assert.equal(others.length, 0);
  assert.equal(first.body.data.id, only!['id']);
  for (const [name, value] of Object.entries(kept)) assert.equal(only![name], value, name);
  assert.deepEqual(only!['budget'], { amount: 1250, currency: 'EUR' });

  const wrong = await post('ask/submit', {
    values: { email: 'ada', text: '', people: 'x', budget: '1.234' },
    took: 4000,
  });
  assert.equal(wrong.status, 422);
  assert.deepEqual(wrong.body.errors.map(({ pointer }) => pointer).sort(), ['/budget', '/email', '/people', '/text']);
  const more = await post('ask/submit', { values: { ...sent, answer: 'yes' }, took: 4000 });
  assert.deepEqual([more.status, more.body.errors[0]?.pointer], [422, '/answer']);
  assert.equal((await post('ask/page', {})).status, 404);
});

test('a form has better controls where there are such, which send what the API takes', async t => {
  const { engine, post, views } = await open(t);
  const { controls, currency } = (await views('de'))['inlay-fair-book'] as FormView;
  assert.equal(currency, 'EUR');
  assert.deepEqual(
    controls.map(({ name, field, part, required = false }) => [name, field?.kind, part, required]),
    [
      ['phone', 'text', undefined, true],
      ['home', 'address', undefined, true],
      ['days', 'list', undefined, true],
      ['begins', 'date', undefined, true],
      ['call', 'instant', undefined, false],
      ['rent', 'money', undefined, false],
      ['stars', 'int', 'rating', false],
      ['sign', 'text', 'signature', false],
      ['rules', undefined, undefined, true],
    ],
  );
  assert.deepEqual(controls[2]!.options, [
    ['sat', 'Samstag'],
    ['sun', 'Sun'],
  ]);
  const home = { line1: 'Main 1', city: 'Brno', country: 'CZ' };
  const values = {
    phone: '+420777123456',
    home,
    days: ['sun'],
    begins: '2026-05-01',
    call: '2026-04-12T08:00:00Z',
    rent: { amount: 1250, currency: 'EUR' },
    stars: 4,
    sign: '<svg/>',
    rules: true,
  };
  const send = (more: object) => post('book/submit', { values: { ...values, ...more }, took: 4000 });
  const { status, body } = await send({});
  assert.equal(status, 200, JSON.stringify(body));
  const [made] = await engine.list<Record<string, unknown>>(engine.actors.admin, 'fair', 'booking');
  for (const name of ['phone', 'days', 'begins', 'call', 'rent', 'stars', 'sign', 'rules'] as const)
    assert.deepEqual(made![name], values[name], name);
  for (const [wrong, pointer] of [
    [{ home: { ...home, country: 'XX' } }, '/home/country'],
    [{ days: ['mon'] }, '/days/0'],
    [{ rent: { amount: 1, currency: 'USD' } }, '/rent'],
    [{ rent: 'much' }, '/rent'],
    [{ stars: 9 }, '/stars'],
    [{ rules: false }, '/rules'],
    [{ phone: { a: 1 } }, '/phone'],
  ] as const) {
    const refused = await send(wrong);
    assert.deepEqual([refused.status, refused.body.errors[0]?.pointer], [422, pointer], JSON.stringify(wrong));
  }
});

test('what no person does is not kept', async t => {
  const { engine, post } = await open(t);
  const trapped = await post('ask/submit', { values: sent, took: 4000, trap: 'https://spam.example' });
  assert.deepEqual([trapped.status, trapped.body], [200, { data: { id: null } }]);
  assert.equal((await post('ask/submit', { values: sent, took: 200 })).status, 429);
  assert.equal((await post('ask/submit', { values: sent })).status, 422);
  assert.deepEqual(await engine.list(engine.actors.admin, 'fair', 'question'), []);
  const replies = await Promise.all(Array.from({ length: 25 }, () => post('ask/submit', { values: sent, took: 4000 })));
  assert.ok(
    replies.some(({ status }) => status === 429),
    'one address sends no more than twenty a minute',
  );
});

test('the kit speaks five languages, all of them whole', () => {
  const [first, ...others] = Object.values(kitWords).map(words => Object.keys(words).sort());
  assert.equal(others.length, 4);
  for (const other of others) assert.deepEqual(other, first);
});
