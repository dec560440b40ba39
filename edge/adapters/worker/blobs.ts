/** Files' bytes in an R2 bucket. */
import { type BlobRange, BlobSizeError, type Blobs, blobKey } from '../../../schemas/ports/blobs.ts';

/** The part of the binding that is used; Cloudflare calls it `R2Bucket`. */
export interface BucketBinding {
  put(key: string, body: ReadableStream<Uint8Array>): Promise<unknown>;
  get(
    key: string,
    options?: { range: BlobRange },
  ): Promise<{ readonly size: number; readonly body: AsyncIterable<Uint8Array> } | null>;
  delete(keys: string[]): Promise<void>;
  list(options: { prefix: string; limit: number }): Promise<{ readonly objects: readonly { readonly key: string }[] }>;
}

/** workerd's own: a stream that ends in an error unless exactly so many bytes pass. */
declare const FixedLengthStream: new (
  length: number,
) => { readonly readable: ReadableStream<Uint8Array>; readonly writable: WritableStream<Uint8Array> };

export function createBucketBlobs(bucket: BucketBinding): Blobs {
  return {
    async put(key, body, size) {
      // R2 takes a stream only where its length is known beforehand.
      const { readable, writable } = new FixedLengthStream(size);
      const stored = bucket.put(blobKey(key), readable);
      stored.catch(() => {});
      await fill(writable, body, size);
      await stored;
    },
    async get(key, range) {
      const found = await bucket.get(blobKey(key), range ? { range } : undefined);
      return found ? { size: found.size, body: found.body } : undefined;
    },
    async delete(keys) {
      if (keys.length > 0) await bucket.delete(keys.map(blobKey));
    },
    async list(client) {
      const prefix = blobKey(`${client}/x`).slice(0, -1);
      const { objects } = await bucket.list({ prefix, limit: 1000 });
      return objects.map(object => object.key);
    },
  };
}

/** A body that ends early or goes on too long breaks the stream, and R2 then keeps nothing. */
async function fill(
  writable: WritableStream<Uint8Array>,
  body: AsyncIterable<Uint8Array>,
  size: number,
): Promise<void> {
  const writer = writable.getWriter();
  writer.closed.catch(() => {});
  try {
    let written = 0;
    for await (const chunk of body) {
      written += chunk.byteLength;
      if (written > size) throw new BlobSizeError(`More than ${size} bytes came.`);
      await writer.write(chunk);
    }
    if (written < size) throw new BlobSizeError(`${written} of ${size} bytes came.`);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {});
    throw error;
  }
}
