/** The client of a widget: opens the session and calls actions, with a Result instead of an exception. */
import type { EmbedSession } from '../schemas/protocol/embed.ts';
import type { CallOptions, Client, ClientError, EmbedContext, Result } from './types.ts';

type Problem = Partial<ClientError> & { detail?: string; title?: string };

const failed = ({ code, detail, title, message, errors }: Problem) => ({
  ok: false as const,
  error: {
    code: code?.trim ? code : navigator.onLine ? 'UNREACHABLE' : 'OFFLINE',
    message: detail || title || message || '',
    errors,
  },
});

/** Milliseconds before the second and the third try; a fourth is the visitor's. */
const pauses = [400, 1500];

/** Makes a client over a context. Codes of its own: `OFFLINE`, `UNREACHABLE`, `ABORTED`. */
export const createClient = (context: EmbedContext): Client => {
  /** Idempotency keys of writes that have no reply yet, by what was sent. */
  const keys: Record<string, string> = {};
  let session: Promise<EmbedSession>;
  const renew = () => {
    session = context.open(session);
    session.catch(() => {});
  };
  renew();
  return {
    open: () =>
      context
        .open()
        .then(({ locale, modules }) => ({ ok: true, value: { locale, ...modules[context.m]! } }) as const, failed),
    async call<T>(action: string, input: unknown, { write, proof, signal }: CallOptions = {}): Promise<Result<T>> {
      const body = JSON.stringify(input);
      const id = action + body;
      let renewed: unknown;
      for (let attempt = 0; ; attempt++) {
        let last: Result<T>;
        try {
          const headers: Record<string, string> = {
            authorization: `Bearer ${(await session).token}`,
            'content-type': 'application/json',
          };
          if (proof) headers['inlay-proof'] = proof;
          if (write) {
            headers['idempotency-key'] = keys[id] ??= `${crypto.getRandomValues(new Uint32Array(4))}`;
            // What the page's address says as they write goes before what was said; only what a header may carry, whoever wrote it.
            const campaign =
              context.page.consent?.analytics !== false &&
              `${location.search}&${context.page.campaign}`.match(/utm_[!-%'-~]+/g);
            if (campaign) headers['inlay-campaign'] = campaign.join('&');
          }
          const path = /^widgets\//.test(action) ? action : `actions/${action}`;
          const url = `${context.api}/api/m/${context.m}/v${context.v}/${path}`;
          const reply = await fetch(url, { method: 'POST', credentials: 'omit', headers, body, signal });
          const { data, ...problem } = await reply.json();
          if (reply.ok) {
            delete keys[id];
            return { ok: true, value: data };
          }
          last = failed(problem);
          if (problem.code === 'TOKEN_EXPIRED' && !renewed) {
            renewed = renew;
            renew();
            continue;
          }
          if (reply.status < 502 && problem.code !== 'IDEMPOTENCY_IN_FLIGHT') {
            delete keys[id];
            return last;
          }
        } catch (error) {
          if (signal?.aborted) return failed({ code: 'ABORTED' });
          last = failed({ message: `${error}` });
          await session.catch(renew);
        }
        if (!pauses[attempt]) return last;
        await new Promise(resume => setTimeout(resume, pauses[attempt]! * (0.8 + Math.random() / 2)));
      }
    },
  };
};
