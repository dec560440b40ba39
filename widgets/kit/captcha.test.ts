/** The browser's half of a proof: solved without a long task, asked for once, given up when told. */
import { ok, same } from '../../embed-sdk/testing/assert.ts';
import type { CallOptions, Client, Result } from '../../embed-sdk/types.ts';
import { isSolution } from '../../schemas/proof-of-work/index.ts';
import { createCaptcha, withProof } from './captcha.ts';

const seed = 'AAECAwQFBgcICQoLDA0ODw';

/** A client that answers as the server does, and notes what it was asked. */
const server = (bits: number, refuse: readonly string[] = []) => {
  const asked: [string, string | undefined][] = [];
  const left = [...refuse];
  const client: Client = {
    open: async () => ({ ok: false, error: { code: 'X', message: '' } }),
    async call<T>(action: string, _input: unknown, options: CallOptions = {}): Promise<Result<T>> {
      asked.push([action, options.proof]);
      if (action.endsWith('/challenge'))
        return { ok: true, value: { kind: 'work', challenge: 'signed', seed, bits, expiresAt: '' } as T };
      const code = left.shift();
      return code ? { ok: false, error: { code, message: '' } } : { ok: true, value: 'done' as T };
    },
  };
  return { client, asked };
};

describe('a proof of work', () => {
  it('is a solution, and lets the page work in between', async () => {
    const { client } = server(14);
    let between = 0;
    const work = setInterval(() => between++);
    const shares: number[] = [];
    const proof = await createCaptcha(client).proof('book', { onProgress: share => shares.push(share) });
    clearInterval(work);
    ok(proof.ok, 'solved');
    const [challenge, solution] = proof.value.split('~');
    same(challenge, 'signed');
    ok(isSolution({ seed, bits: 14 }, solution!), 'a solution');
    ok(shares.length > 2 && shares.every((share, i) => share >= (shares[i - 1] ?? 0) && share < 1), `${shares}`);
    ok(between > 1, `the page worked ${between} times`);
  });

  it('is given up when told', async () => {
    const { client } = server(24);
    const stop = new AbortController();
    const { signal } = stop;
    const result = await createCaptcha(client).proof('book', { signal, onProgress: () => stop.abort() });
    ok(!result.ok && result.error.code === 'ABORTED', 'given up');
  });

  /** The call of an action, as a widget makes it. */
  const book = (client: Client) => (proof?: string) => client.call('book', {}, { write: true, proof });

  it('is asked for when the server asks, twice at most', async () => {
    const calm = server(2);
    ok((await withProof(createCaptcha(calm.client), 'book', book(calm.client))).ok, 'done');
    same(calm.asked, [['book', undefined]]);

    const strict = server(2, ['CAPTCHA_REQUIRED']);
    ok((await withProof(createCaptcha(strict.client), 'book', book(strict.client))).ok, 'done');
    same(
      strict.asked.map(([action]) => action),
      ['book', 'book/challenge', 'book'],
    );
    ok(strict.asked[2]![1]?.startsWith('signed~'), 'with the proof');

    const never = server(2, ['CAPTCHA_REQUIRED', 'CAPTCHA_INVALID', 'CAPTCHA_INVALID', 'CAPTCHA_INVALID']);
    const result = await withProof(createCaptcha(never.client), 'book', book(never.client));
    ok(!result.ok && result.error.code === 'CAPTCHA_INVALID', 'refused');
    same(never.asked.length, 5);
  });

  it('may be begun early, and another takes its place where it has expired', async () => {
    const { client, asked } = server(2, ['CAPTCHA_EXPIRED']);
    const captcha = createCaptcha(client);
    const early = captcha.proof('book');
    ok((await withProof(captcha, 'book', book(client), { early })).ok, 'done');
    same(
      asked.map(([action]) => action),
      ['book/challenge', 'book', 'book/challenge', 'book'],
    );
  });
});
