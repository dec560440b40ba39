/** The client of a widget: opens the session and calls actions, with a Result instead of an exception. */
import type { EmbedSession } from '../schemas/protocol/embed.ts';
import type { Client, ClientError, EmbedContext, Result } from './types.ts';

const failed = (error: Partial<ClientError> & { detail?: string; title?: string }) => ({
  ok: false as const,
  error: {
    code: typeof error.code === 'string' ? error.code : navigator.onLine ? 'UNREACHABLE' : 'OFFLINE',
    message: error.detail || error.title || error.message || '',
    ...(error.errors && { errors: error.errors }),
  },
});

/** Milliseconds before the second and third try; a fourth is the visitor's. */
const pauses = [400, 1500];

/** Makes a client over a context. Codes of its own: `OFFLINE`, `UNREACHABLE`, `ABORTED`. */
export const createClient = (context: EmbedContext): Client => {
  const keys = new Map<string, string>();
  let session: Promise<EmbedSession>;
  const renew = () => {
    session = context.open(session);
    session.catch(() => {});
  };
  renew();
  return {
    async open() {
      try {
        const { locale, modules } = await context.open();
        return { ok: true, value: { locale, ...modules[context.m]! } };
      } catch (error) {
        return failed(error as ClientError);
      }
    },
    async call<T>(action: string, input: unknown, { write, signal }: { write?: boolean; signal?: AbortSignal } = {}) {
      const body = JSON.stringify(input);
      const id = action + body;
      let last: Result<T>;
      for (let attempt = 0, renewed = false; ; attempt++) {
        try {
          const headers: Record<string, string> = {
            authorization: `Bearer ${(await session).token}`,
            'content-type': 'application/json',
          };
          if (write) {
            if (!keys.has(id)) keys.set(id, crypto.getRandomValues(new Uint32Array(4)).join('-'));
            headers['idempotency-key'] = keys.get(id)!;
          }
          const reply = await fetch(`${context.api}/api/m/${context.m}/v${context.v}/actions/${action}`, {
            method: 'POST',
            credentials: 'omit',
            headers,
            body,
            signal,
          });
          const { data, ...problem } = await reply.json();
          if (reply.ok) {
            keys.delete(id);
            return { ok: true, value: data };
          }
          last = failed(problem);
          if (problem.code === 'TOKEN_EXPIRED' && !renewed) {
            renewed = true;
            renew();
            attempt--;
            continue;
          }
          if (reply.status < 502 && problem.code !== 'IDEMPOTENCY_IN_FLIGHT') {
            keys.delete(id);
            return last;
          }
        } catch (error) {
          if (signal?.aborted) return failed({ code: 'ABORTED' });
          last = failed({ message: `${error}` });
          await session.catch(renew);
        }
        if (attempt >= pauses.length) return last;
        await new Promise(resume => setTimeout(resume, pauses[attempt]! * (0.8 + Math.random() * 0.4)));
      }
    },
  };
};
