import { same } from '../../../embed-sdk/testing/assert.ts';
import type { EmbedSession } from '../../../schemas/protocol/embed.ts';
import { createUploader } from './upload.ts';

const reply = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const session = (token: string): EmbedSession => ({ token, expiresIn: 60, locale: 'en', modules: {} });
const file = new File(['hello'], 'a.txt', { type: 'text/plain' });
const soon = () => new Date(Date.now() + 60_000).toISOString();

describe('uploading', () => {
  const { fetch, XMLHttpRequest } = window;
  let asked: { path: string; token: string; key: string; body: unknown }[];
  let put: { url: string; type: string; body: unknown }[];
  let statuses: number[];
  let answer: (path: string, token: string) => Response;

  beforeEach(() => {
    asked = [];
    put = [];
    statuses = [];
    answer = path =>
      path.endsWith('/complete')
        ? reply(200, { data: { id: 'f1' } })
        : reply(201, {
            data: {
              id: 'f1',
              upload: { url: 'https://api.test/put', headers: { 'content-type': 'text/plain' }, expiresAt: soon() },
            },
          });
    window.fetch = async (url, { headers, body } = {}) => {
      const { authorization = '', 'idempotency-key': key = '' } = headers as Record<string, string>;
      asked.push({
        path: `${url}`.replace('https://api.test', ''),
        token: authorization,
        key,
        body: JSON.parse(body as string),
      });
      return answer(`${url}`, authorization);
    };
    window.XMLHttpRequest = class {
      upload: { onprogress?(event: { loaded: number }): void } = {};
      status = 0;
      responseText = '';
      onloadend?(): void;
      #url = '';
      #type = '';
      open(_: string, url: string) {
        this.#url = url;
      }
      setRequestHeader(_: string, value: string) {
        this.#type = value;
      }
      abort() {
        this.onloadend?.();
      }
      send(body: unknown) {
        put.push({ url: this.#url, type: this.#type, body });
        this.status = statuses.shift() ?? 204;
        this.upload.onprogress?.({ loaded: 5 });
        queueMicrotask(() => this.onloadend?.());
      }
    } as never;
  });
  afterEach(() => {
    Object.assign(window, { fetch, XMLHttpRequest });
  });

  const options = (progress: (sent: number, all: number) => void = () => {}) => ({
    for: 'guest.sign.photo',
    signal: new AbortController().signal,
    progress,
  });
  const uploader = (open = async () => session('t1')) => createUploader({ api: 'https://api.test', open });

  it('reserves, sends, completes', async () => {
    const seen: number[][] = [];
    same(await uploader()(file)(options((...bytes) => seen.push(bytes))), { ok: true, value: 'f1' });
    same(
      asked.map(({ path, token, body }) => [path, token, body]),
      [
        ['/api/files', 'Bearer t1', { name: 'a.txt', size: 5, contentType: 'text/plain', for: 'guest.sign.photo' }],
        ['/api/files/f1/complete', 'Bearer t1', {}],
      ],
    );
    same(
      [put.map(({ url, type }) => [url, type]), put[0]!.body === file, seen],
      [[['https://api.test/put', 'text/plain']], true, [[5, 5]]],
    );
  });

  it('goes on after a break with what was reserved, and does not send twice what has arrived', async () => {
    const upload = uploader()(file);
    statuses = [0];
    same((await upload(options())).ok, false);
    const usual = answer;
    answer = path => {
      if (path.endsWith('/complete')) throw new TypeError('offline');
      return usual(path, '');
    };
    same((await upload(options())).ok, false);
    answer = usual;
    same(await upload(options()), { ok: true, value: 'f1' });
    same(
      [asked.map(({ path }) => path), put.length],
      [['/api/files', '/api/files/f1/complete', '/api/files/f1/complete'], 2],
    );
    same(asked[1]!.key, asked[2]!.key);
  });

  it('renews a session that is over, and hands a refusal back', async () => {
    const usual = answer;
    answer = (path, token) => (token === 'Bearer t1' ? reply(401, { code: 'TOKEN_EXPIRED' }) : usual(path, token));
    const open = async (stale?: Promise<EmbedSession>) => session(stale ? 't2' : 't1');
    same(await uploader(open)(file)(options()), { ok: true, value: 'f1' });
    answer = () => reply(413, { code: 'QUOTA_EXCEEDED', detail: 'Too much.' });
    same(await uploader()(file)(options()), { ok: false, error: { code: 'QUOTA_EXCEEDED', message: 'Too much.' } });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort();
    same(await uploader()(file)({ ...options(), signal: stop.signal }), {
      ok: false,
      error: { code: 'ABORTED', message: '' },
    });
  });
});
