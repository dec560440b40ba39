/**
 * Pinned scripts: a site's script as it is now, and every chunk that it can ask for, kept for good under the hash of the text. A page
 * that names the hash gets these bytes, whatever is deployed later, and can hold them to their integrity.
 */
import { createHash } from 'node:crypto';
import type { Assets, Blobs } from '../../schemas/ports/index.ts';
import type { BuildReader } from './build-manifest.ts';
import type { SiteScripts } from './site-script.ts';

export interface Pin {
  /** SHA-256 of the text in lower-case hexadecimal. */
  readonly hash: string;
  /** For the script element: `sha256-` and Base64. */
  readonly integrity: string;
}

export interface Pins {
  /** Keeps the script of a site as it is now. The same script is the same pin. */
  keep(siteKey: string): Promise<Pin>;
  /** The text of a pin; undefined for a hash that was never given out. */
  script(hash: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** A chunk of some pin, by its path without a leading slash. */
  chunk(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

export interface PinDeps {
  readonly assets: Assets;
  readonly blobs: Blobs;
  readonly build: BuildReader;
  readonly scripts: SiteScripts;
}

export function createPins({ assets, blobs, build, scripts }: PinDeps): Pins {
  const read = async (key: string) => {
    const found = await blobs.get(key);
    return found && concat(found.body);
  };
  const keepChunk = async (path: string) => {
    const key = chunkKey(path);
    const text = (await blobs.get(key)) ? undefined : await assets.text(path);
    if (text !== undefined) await put(blobs, key, new TextEncoder().encode(text));
  };
  return {
    async keep(siteKey) {
      const { bytes } = await scripts(siteKey);
      const digest = createHash('sha256').update(bytes).digest();
      const hash = digest.toString('hex');
      const built = Object.keys((await build())!.manifest.integrity);
      // The script last: a pin that can be read is whole.
      await Promise.all(built.map(keepChunk));
      await put(blobs, scriptKey(hash), bytes);
      return { hash, integrity: `sha256-${digest.toString('base64')}` };
    },
    script: async hash => (/^[0-9a-f]{64}$/.test(hash) ? read(scriptKey(hash)) : undefined),
    chunk: path => read(chunkKey(path)),
  };
}

/** The built files, and behind them the chunks of every pin, which a later build does not have. */
export function withPinnedChunks(assets: Assets, pins: Pins): Assets {
  return {
    ...assets,
    async get(path) {
      const found = await assets.get(path);
      if (found || !path.startsWith('embed/c/')) return found;
      const body = await pins.chunk(path);
      return body && { body, contentType: 'text/javascript; charset=utf-8' };
    },
  };
}

const scriptKey = (hash: string) => `pinned-scripts/${hash}`;
const chunkKey = (path: string) => `pinned-chunks/${createHash('sha256').update(path).digest('hex')}`;

async function put(blobs: Blobs, key: string, bytes: Uint8Array): Promise<void> {
  await blobs.put(key, one(bytes), bytes.length);
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

async function concat(body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of body) parts.push(new Uint8Array(part));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
