/** The client: results instead of exceptions, retries, one refresh of the token. */
import type { EmbedSession } from '../schemas/protocol/embed.ts';
import { createClient } from './client.ts';
import { ok, same } from './testing/assert.ts';
import type { EmbedContext } from './types.ts';

interface Sent {
  url: string;
  headers: Record<string, string>;
  body: string;
}

const real = globalThis.fetch;
const sent: Sent[] = [];
let sessions = 0;
let replies: (() => Response | Promise<Response>)[] = [];

const reply = (status: number, body: object) => () => new Response(JSON.stringify(body), { status });
const down = () => Promise.reject(new TypeError('Failed to fetch'));

const makeContext = (): EmbedContext => {
  let current: Promise<EmbedSession> | undefined;
  return {
    api: 'https://api.test',
    m: 'booking',
    v: 1,
    theme: {},
    page: {},
    open(stale) {
      if (!current || current === stale) {
        sessions++;
        current = Promise.resolve({
          token: `t${sessions}`,
          expiresIn: 60,
          locale: 'cs',
          modules: { booking: { strings: { a: 'b' }, data: 1 } },
        });
      }
      return current;
    },
  };
};

describe('client', () => {
  beforeEach(() => {
    sent.length = 0;
    sessions = 0;
    globalThis.fetch = async (url, init) => {
      sent.push({ url: String(url), headers: init?.headers as Record<string, string>, body: String(init?.body) });
      return replies.shift()!();
    };
  });
  after(() => {
    globalThis.fetch = real;
  });

  it('opens with the words and the prefetch of its module', async () => {
    same(await createClient(makeContext()).open(), { ok: true, value: { locale: 'cs', strings: { a: 'b' }, data: 1 } });
  });

  it('calls an action with its token', async () => {
    replies = [reply(200, { data: { x: 1 } })];
    same(await createClient(makeContext()).call('availability', { a: 1 }), { ok: true, value: { x: 1 } });
    same(sent[0]!.url, 'https://api.test/api/m/booking/v1/actions/availability');
    same(sent[0]!.headers['authorization'], 'Bearer t1');
    ok(!sent[0]!.headers['idempotency-key'], 'no key on a read');
  });

  describe('of a campaign', () => {
    const address = location.href;
    afterEach(() => history.replaceState(null, '', address));
    const said = async (search: string, page: EmbedContext['page'] = {}, write = true) => {
      history.replaceState(null, '', `${location.pathname}${search}`);
      replies = [reply(200, { data: 1 })];
      const result = await createClient({ ...makeContext(), page }).call('hold', {}, { write });
      same(result, { ok: true, value: 1 });
      return sent.at(-1)!.headers['inlay-campaign'];
    };

    it("sends what the page's address says with a write, and nothing else of it", async () => {
      const search = '?name=Ada&utm_source=letter&gclid=7&utm_campaign=jarn%C3%AD%20sleva';
      same(await said(search), 'utm_source=letter&utm_campaign=jarn%C3%AD%20sleva');
      same(await said(search, {}, false), undefined);
      same(await said('?name=Ada'), undefined);
      same(await said(''), undefined);
    });

    it('sends what the page has said where its address says nothing, and nothing after a refusal', async () => {
      const campaign = 'utm_source=flyer&name=Ada';
      same(await said('', { campaign }), 'utm_source=flyer');
      same(await said('', { campaign, consent: { analytics: true } }), 'utm_source=flyer');
      same(await said('?utm_source=letter', { campaign, consent: { analytics: false } }), undefined);
    });

    it('a write goes out whatever the address or the page has said', async () => {
      same(await said('', { campaign: { utm_source: 1 } as unknown as string }), undefined);
      same(await said('', { campaign: 'utm_source=a\nb\u2028' }), 'utm_source=a');
      new Headers({ 'inlay-campaign': (await said('?utm_source=%00|^\u017e"<'))! });
    });
  });

  it("knows an action's challenge from a path of the module's own", async () => {
    for (const [action, path] of [
      ['send/challenge', 'actions/send/challenge'],
      ['widgets/ask/submit', 'widgets/ask/submit'],
    ]) {
      replies = [reply(200, { data: 1 })];
      await createClient(makeContext()).call(action!, {});
      same(sent.at(-1)!.url, `https://api.test/api/m/booking/v1/${path}`);
    }
  });

  it('hands a problem back as a result', async () => {
    const errors = [{ pointer: '/email', code: 'format', message: 'no' }];
    replies = [reply(422, { code: 'VALIDATION_FAILED', title: 'Some fields need attention', errors })];
    same(await createClient(makeContext()).call('confirm', {}, { write: true }), {
      ok: false,
      error: { code: 'VALIDATION_FAILED', message: 'Some fields need attention', errors },
    });
    same(sent.length, 1);
  });

  it('fetches one new session when the token has expired', async () => {
    replies = [reply(401, { code: 'TOKEN_EXPIRED' }), reply(200, { data: 1 })];
    same(await createClient(makeContext()).call('hold', {}, { write: true }), { ok: true, value: 1 });
    same(
      sent.map(({ headers }) => headers['authorization']),
      ['Bearer t1', 'Bearer t2'],
    );
    replies = [reply(401, { code: 'TOKEN_EXPIRED' }), reply(401, { code: 'TOKEN_EXPIRED' })];
    const again = await createClient(makeContext()).call('hold', {});
    same(!again.ok && again.error.code, 'TOKEN_EXPIRED');
  });

  it('tries again on a bad network, with the same idempotency key, also when the visitor does', async () => {
    const client = createClient(makeContext());
    replies = [down, down, down];
    const lost = await client.call('confirm', { name: 'Ana' }, { write: true });
    same(!lost.ok && lost.error.code, 'UNREACHABLE');
    replies = [reply(503, { code: 'UNAVAILABLE' }), reply(200, { data: 2 })];
    same(await client.call('confirm', { name: 'Ana' }, { write: true }), { ok: true, value: 2 });
    same(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size, 1, 'keys');
    replies = [reply(200, { data: 3 })];
    await client.call('confirm', { name: 'Ana' }, { write: true });
    same(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size, 2, 'a new key after a reply');
  }).timeout(8000);

  it('says that the visitor is offline, and goes on with the same key once that is over', async () => {
    const client = createClient(makeContext());
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    replies = [down, down, down];
    const lost = await client.call('confirm', { name: 'Ana' }, { write: true });
    delete (navigator as { onLine?: boolean }).onLine;
    same(!lost.ok && lost.error.code, 'OFFLINE');
    replies = [reply(200, { data: 2 })];
    same(await client.call('confirm', { name: 'Ana' }, { write: true }), { ok: true, value: 2 });
    same(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size, 1, 'keys');
    const unopened = createClient({ ...makeContext(), open: () => Promise.reject(new TypeError('Failed to fetch')) });
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    const closed = await unopened.open();
    delete (navigator as { onLine?: boolean }).onLine;
    same(!closed.ok && closed.error.code, 'OFFLINE');
  }).timeout(8000);

  it('stops when it is aborted', async () => {
    const abort = new AbortController();
    abort.abort();
    replies = [down];
    const result = await createClient(makeContext()).call('availability', {}, { signal: abort.signal });
    same(!result.ok && result.error.code, 'ABORTED');
  });
});
