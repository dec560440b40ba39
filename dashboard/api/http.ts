/** JSON over fetch: problem+json becomes `ApiProblem`, and what is safe to repeat is repeated. */
import { ApiProblem } from './problem.ts';

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

export interface Call {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** A zip in place of a body in JSON. */
  readonly archive?: Blob;
  readonly headers?: Readonly<Record<string, string>>;
  /** One per thing the user wants done; the same key on every try makes the write happen once. */
  readonly intent?: string;
}

const pauses = [300, 900];
const wait = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));

const worthRepeating = (problem: ApiProblem): boolean =>
  problem.status === 0 || problem.status === 503 || problem.code === 'IDEMPOTENCY_IN_FLIGHT';

const once = async (fetch: Fetch, call: Call, method: string): Promise<Response> => {
  const headers: Record<string, string> = { Accept: 'application/json', ...call.headers };
  if (call.body !== undefined) headers['Content-Type'] = 'application/json';
  if (call.archive) headers['Content-Type'] = 'application/zip';
  if (call.intent) headers['Idempotency-Key'] = call.intent;
  let response: Response;
  try {
    response = await fetch(call.path, {
      method,
      headers,
      credentials: 'same-origin',
      body: call.archive ?? (call.body === undefined ? null : JSON.stringify(call.body)),
    });
  } catch {
    throw ApiProblem.network();
  }
  if (!response.ok) throw await ApiProblem.from(response);
  return response;
};

/** Sends a call; throws `ApiProblem`. Reads, and writes with an `intent`, are tried three times. */
export const sendRaw = async (fetch: Fetch, call: Call): Promise<Response> => {
  const method = call.method ?? 'GET';
  const repeatable = method === 'GET' || method === 'HEAD' || call.intent !== undefined;
  for (let attempt = 0; ; attempt++) {
    try {
      return await once(fetch, call, method);
    } catch (error) {
      const pause = pauses[attempt];
      if (!repeatable || pause === undefined || !(error instanceof ApiProblem) || !worthRepeating(error)) throw error;
      await wait(pause);
    }
  }
};

/** The same for a reply in JSON. */
export const send = async <T>(fetch: Fetch, call: Call): Promise<T> => jsonOf<T>(await sendRaw(fetch, call));

export const jsonOf = async <T>(response: Response): Promise<T> =>
  response.status === 204 ? (undefined as T) : ((await response.json()) as T);
