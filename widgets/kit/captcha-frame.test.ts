/** What a form takes from a captcha's frame, and that a browser without it gets work instead. */
import { ok, same, until } from '../../embed-sdk/testing/assert.ts';
import type { Client, Result } from '../../embed-sdk/types.ts';
import { createCaptcha } from './captcha.ts';
import { tokenFor } from './captcha-frame.ts';
import { parseFromCaptcha, parseToCaptcha, toCaptcha } from './frame/captcha-messages.ts';

const seed = 'AAECAwQFBgcICQoLDA0ODw';
const base = { challenge: 'signed', seed, expiresAt: '' } as const;
const options = () => ({ place: document.body, title: 'Check', language: 'en', dark: false });

describe('a captcha in a frame', () => {
  const asked: unknown[] = [];
  /** A server that has a token's challenge with this frame, and work for who cannot get there. */
  const server = (frame: string): Client => ({
    open: async () => ({ ok: false, error: { code: 'X', message: '' } }),
    async call<T>(_action: string, input: unknown): Promise<Result<T>> {
      asked.push(input);
      const work = (input as { without?: string }).without;
      const value = work
        ? { kind: 'work', bits: 2, ...base }
        : { kind: 'turnstile', action: 'a', frame: `${location.origin}${frame}`, ...base };
      return { ok: true, value: value as T };
    },
  });

  it('reads messages that fit and no others', () => {
    for (const one of [
      null,
      1,
      'ready',
      {},
      { type: 'token' },
      { type: 'token', token: '<' },
      { type: 'height', height: -1 },
    ])
      same(parseFromCaptcha(one), undefined);
    same(parseFromCaptcha({ type: 'token', token: 'a.b_c-1', more: 1 }), { type: 'token', token: 'a.b_c-1' });
    same(parseFromCaptcha({ type: 'height', height: 65 }), { type: 'height', height: 65 });
    const fits = { type: toCaptcha, seed, action: 'contact_send', language: 'cs-CZ', dark: true };
    same(parseToCaptcha({ ...fits, sitekey: 'x' }), fits);
    for (const wrong of [{ seed: 'short' }, { action: 'a b' }, { language: '"' }, { type: 'x' }])
      same(parseToCaptcha({ ...fits, ...wrong }), undefined);
  });

  it('gives up where the page does not answer, and when told, and leaves nothing behind', async () => {
    const stop = new AbortController();
    const challenge = { kind: 'turnstile', action: 'a', frame: `${location.origin}/nothing`, ...base } as const;
    const given = tokenFor(challenge, { ...options(), signal: stop.signal });
    const iframe = await until(() => document.querySelector('iframe'), 'the frame');
    same(iframe!.getAttribute('sandbox'), 'allow-scripts allow-same-origin allow-forms');
    same(iframe!.offsetHeight, 0);
    stop.abort();
    same(await given, undefined);
    same(document.querySelector('iframe'), null);
  });

  it('has work in its place: without a place to stand, and where the frame stays silent', async () => {
    asked.length = 0;
    const nowhere = await createCaptcha(server('/nothing')).proof('book');
    ok(nowhere.ok && nowhere.value.startsWith('signed~'), 'work');
    same(asked, [{ without: 'turnstile' }]);
    asked.length = 0;
    const silent = await createCaptcha(server('/nothing'), options).proof('book');
    ok(silent.ok && silent.value.startsWith('signed~'), 'work');
    same(asked, [{}, { without: 'turnstile' }]);
    same(document.querySelector('iframe'), null);
  });
});
