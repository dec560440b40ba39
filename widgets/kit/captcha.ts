/** Proofs that a visitor is no machine: a proof of work that needs no script, storage or picture of anybody's, or what the site has chosen. */
import type { Client, Result } from '../../embed-sdk/types.ts';
import { puzzles, search } from '../../schemas/proof-of-work/index.ts';
import type { CaptchaChallenge, ChallengeRequest, WorkChallenge } from '../../schemas/protocol/captcha.ts';
import type { TokenOptions } from './captcha-frame.ts';
import { part } from './part.ts';

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

const solve = async (work: WorkChallenge, { signal, onProgress }: ProofOptions): Promise<Result<string>> => {
  const steps = search(work);
  let until = performance.now() + slice;
  for (;;) {
    const { done, value } = steps.next();
    if (done) return { ok: true, value: `${work.challenge}~${value}` };
    if (performance.now() < until) continue;
    onProgress?.(value / puzzles);
    await breathe();
    if (signal?.aborted) return aborted;
    until = performance.now() + slice;
  }
};

const aborted = { ok: false, error: { code: 'ABORTED', message: '' } } as const;

/** In a sandboxed frame there is no origin, and the service works on no page without one. */
const isSandboxed = () => self.origin === 'null';

/**
 * What the site asks for. Work is done in slices on the page's own thread: a worker from another origin's address is refused by every
 * browser, and one from a blob by strict policies. A token of a service is got in a frame in `place`; where there is no such place, or
 * the service cannot be reached from here, there is work instead. Ends with `ABORTED` when the signal says so.
 */
export const createCaptcha = (client: Client, frame?: () => Omit<TokenOptions, 'signal'> | undefined): Captcha => {
  /** A token has been tried, and is not asked for again: what made it fail is not over in a moment. */
  let tried = !frame || isSandboxed();
  const ask = (action: string, { signal }: ProofOptions) => {
    const body: ChallengeRequest = tried ? { without: 'turnstile' } : {};
    return client.call<CaptchaChallenge>(`${action}/challenge`, body, signal ? { signal } : {});
  };
  const proof: Captcha['proof'] = async (action, options = {}) => {
    const { signal } = options;
    const asked = await ask(action, options);
    if (!asked.ok) return asked;
    const { value } = asked;
    if (value.kind === 'work') return solve(value, options);
    tried = true;
    const place = frame?.();
    const token =
      place && (await (await part(() => import('./captcha-frame.ts'))).tokenFor(value, { ...place, signal }));
    if (signal?.aborted) return aborted;
    return token ? { ok: true, value: `${value.challenge}~${token}` } : proof(action, options);
  };
  return { proof };
};

/** Proofs that one call may bring: the second where the first was no longer good, or was refused by a service that is set up wrongly. */
const mostProofs = 2;

/**
 * Makes a call and brings a proof where one is asked for. `early` is one that was begun before, such as when the visitor came to
 * the form, so that sending it waits for nothing.
 */
export const withProof = async <T>(
  captcha: Captcha,
  action: string,
  call: (proof?: string) => Promise<Result<T>>,
  { early, ...options }: ProofOptions & { readonly early?: Promise<Result<string>> | undefined } = {},
): Promise<Result<T>> => {
  const begun = await early;
  let reply = await call(begun?.ok ? begun.value : undefined);
  for (let proofs = 0; proofs < mostProofs && !reply.ok && /^CAPTCHA_/.test(reply.error.code); proofs++) {
    const proof = await captcha.proof(action, options);
    if (!proof.ok) return proof;
    reply = await call(proof.value);
  }
  return reply;
};
