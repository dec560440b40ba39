/** A client without the loader, for pages that import an element class themselves. */
import type { EmbedSession } from '../schemas/protocol/embed.ts';
import { createClient } from './client.ts';
import type { Client } from './types.ts';

export interface ConnectOptions {
  /** Origin of the API, no trailing slash. */
  readonly api: string;
  /** Public site key. */
  readonly key: string;
  readonly module: string;
  readonly version?: number;
  readonly locale?: string;
}

/** Makes a client from a site key: `element.client = connect({ api, key, module: 'booking' })`. */
export const connect = ({ api, key, module, version = 1, locale = 'en' }: ConnectOptions): Client => {
  let current: Promise<EmbedSession> | undefined;
  return createClient({
    api,
    m: module,
    v: version,
    theme: {},
    page: {},
    open(stale) {
      if (!current || current === stale) {
        const next = fetch(`${api}/embed/${key}/session?m=${module}&locale=${locale}`, { credentials: 'omit' }).then(
          async reply => {
            const body = await reply.json();
            if (!reply.ok) throw body;
            return body as EmbedSession;
          },
        );
        next.catch(() => {
          if (current === next) current = undefined;
        });
        current = next;
      }
      return current;
    },
  });
};
