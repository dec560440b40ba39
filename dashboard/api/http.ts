/** JSON over fetch: problem+json becomes `ApiProblem`, and what is safe to repeat is repeated. */
import { ApiProblem } from './problem.ts';

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** One per thing the user wants done; the same key on every try makes the write happen once. */
  readonly intent?: string;
}

const pauses = [300, 900];
const wait = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));

const worthRepeating = (problem: ApiProblem): boolean =>
  problem.status === 0 || problem.status === 503 || problem.code === 'IDEMPOTENCY_IN_FLIGHT';

const once = async <T>(fetch: Fetch, call: Call, method: string): Promise<T> => {
  const headers: Record<string, string> = { Accept: 'application/json', ...call.headers };
  if (call.body !== undefined) headers['Content-Type'] = 'application/json';
  if (call.intent) headers['Idempotency-Key'] = call.intent;
  let response: Response;
  try {
    response = await fetch(call.path, {
      method,
      headers,
      credentials: 'same-origin',
      body: call.body === undefined ? null : JSON.stringify(call.body),
    });
  } catch {
    throw ApiProblem.network();
  }
  if (!response.ok) throw await ApiProblem.from(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
};

/** Sends a call and returns its JSON; throws `ApiProblem`. Reads, and writes with an `intent`, are tried three times. */
export const send = async <T>(fetch: Fetch, call: Call): Promise<T> => {
  const method = call.method ?? 'GET';
  const repeatable = method === 'GET' || call.intent !== undefined;
  for (let attempt = 0; ; attempt++) {
    try {
      return await once<T>(fetch, call, method);
    } catch (error) {
      const pause = pauses[attempt];
      if (!repeatable || pause === undefined || !(error instanceof ApiProblem) || !worthRepeating(error)) throw error;
      await wait(pause);
    }
  }
};
