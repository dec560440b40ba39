/** Sends a description of the API that was made for a credential: kept by surface, revalidated by ETag. */
import { createHash } from 'node:crypto';
import { BoundedCache } from '../auth/bounded-cache.ts';
import type { AppContext } from '../http/env.ts';
import type { Surface } from './surface.ts';

interface Made {
  readonly text: string;
  readonly etag: string;
}

/** Makes each text once per surface. */
export class Descriptions {
  readonly #kept = new BoundedCache<Made>(100);

  send(c: AppContext, surface: Surface, format: string, contentType: string, make: () => string): Response {
    const key = `${format} ${surface.key}`;
    let made = this.#kept.get(key);
    if (!made) {
      const text = make();
      made = { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
      this.#kept.set(key, made);
    }
    c.header('ETag', made.etag);
    // What a credential may see is its own; a shared cache must not pass it on.
    c.header('Cache-Control', 'private, no-cache');
    c.header('Vary', 'Authorization');
    if (c.req.header('if-none-match') === made.etag) return c.body(null, 304);
    return c.body(made.text, 200, { 'Content-Type': contentType });
  }
}
