/** Proofs that a visitor is no machine: a port with a proof of work behind it that needs no script, storage or picture of anybody's. */
import type { CallOptions, Client, Result } from '../../embed-sdk/types.ts';
import { puzzles, search } from '../../schemas/proof-of-work/index.ts';
import type { CaptchaChallenge } from '../../schemas/protocol/captcha.ts';

export interface ProofOptions {
  readonly signal?: AbortSignal | undefined;
  /** Hears from 0 to 1 how far it is. */
  onProgress?(share: number): void;
}

/** Gets a proof for an action; another service is another implementation. */
export interface Captcha {
  proof(action: string, options?: ProofOptions): Promise<Result<string>>;
}

/** Milliseconds of work between two chances of the page to answer its visitor. */
const slice = 8;

type Scheduler = { postTask?(task: () => void, options: { priority: 'background' }): Promise<void> };

/** Lets input, painting and everything else of the page go first. */
const breathe = () =>
  new Promise<void>(resume => {
    const { scheduler } = globalThis as { scheduler?: Scheduler };
    if (scheduler?.postTask) scheduler.postTask(resume, { priority: 'background' });
    else setTimeout(resume);
  });

/**
 * Works in slices on the page's own thread: a worker from another origin's address is refused by every browser, and one from a blob
 * by strict policies. Ends with `ABORTED` when the signal says so.
 */
export const createProofOfWork = (client: Client): Captcha => ({
  async proof(action, { signal, onProgress } = {}) {
    const asked = await client.call<CaptchaChallenge>(`${action}/challenge`, {}, signal ? { signal } : {});
    if (!asked.ok) return asked;
    const { challenge } = asked.value;
    const steps = search(asked.value);
    let until = performance.now() + slice;
    for (;;) {
      const { done, value } = steps.next();
      if (done) return { ok: true, value: `${challenge}~${value}` };
      if (performance.now() < until) continue;
      onProgress?.(value / puzzles);
      await breathe();
      if (signal?.aborted) return { ok: false, error: { code: 'ABORTED', message: '' } };
      until = performance.now() + slice;
    }
  },
});

/** A new proof may help where there was none, or one that is no longer good. */
const curable = ['CAPTCHA_REQUIRED', 'CAPTCHA_EXPIRED', 'CAPTCHA_USED'];

/**
 * Calls an action and brings a proof where one is asked for. `early` is one that was begun before, such as when the visitor came to
 * the form, so that sending it waits for nothing.
 */
export const callWithProof = async <T>(
  client: Client,
  captcha: Captcha,
  action: string,
  input: unknown,
  { early, ...options }: CallOptions & { readonly early?: Promise<Result<string>> | undefined } = {},
): Promise<Result<T>> => {
  const begun = await early;
  const first = await client.call<T>(action, input, begun?.ok ? { ...options, proof: begun.value } : options);
  if (first.ok || !curable.includes(first.error.code)) return first;
  const proof = await captcha.proof(action, options);
  return proof.ok ? client.call<T>(action, input, { ...options, proof: proof.value }) : proof;
};
