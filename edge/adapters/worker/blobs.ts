/** Files' bytes in an R2 bucket. */
import { BlobPartsError, type BlobRange, BlobSizeError, type Blobs, blobKey } from '../../../schemas/ports/blobs.ts';

/** The part of the binding that is used; Cloudflare calls it `R2Bucket`. */
export interface BucketBinding {
  put(key: string, body: ReadableStream<Uint8Array>): Promise<unknown>;
  get(
    key: string,
    options?: { range: BlobRange },
  ): Promise<{ readonly size: number; readonly body: AsyncIterable<Uint8Array> } | null>;
  delete(keys: string[]): Promise<void>;
  list(options: { prefix: string; limit: number }): Promise<{ readonly objects: readonly { readonly key: string }[] }>;
  createMultipartUpload(key: string): Promise<MultipartBinding>;
  resumeMultipartUpload(key: string, uploadId: string): MultipartBinding;
}

/** Cloudflare calls it `R2MultipartUpload`. */
export interface MultipartBinding {
  readonly uploadId: string;
  uploadPart(number: number, body: ReadableStream<Uint8Array>): Promise<{ readonly etag: string }>;
  complete(parts: { partNumber: number; etag: string }[]): Promise<unknown>;
  abort(): Promise<void>;
}

/** workerd's own: a stream that ends in an error unless exactly so many bytes pass. */
declare const FixedLengthStream: new (
  length: number,
) => { readonly readable: ReadableStream<Uint8Array>; readonly writable: WritableStream<Uint8Array> };

export function createBucketBlobs(bucket: BucketBinding): Blobs {
  return {
    async put(key, body, size) {
      blobKey(key);
      await stream(body, size, readable => bucket.put(key, readable));
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
    async startParts(key) {
      return (await bucket.createMultipartUpload(blobKey(key))).uploadId;
    },
    async putPart(key, attempt, number, body, size) {
      const upload = bucket.resumeMultipartUpload(blobKey(key), attempt);
      const { etag } = await stream(body, size, readable =>
        upload.uploadPart(number, readable).catch(error => {
          throw isOver(error) ? new BlobPartsError('The attempt is over.', { cause: error }) : error;
        }),
      );
      return etag;
    },
    async joinParts(key, attempt, parts) {
      const upload = bucket.resumeMultipartUpload(blobKey(key), attempt);
      await upload.complete(parts.map(({ number, tag }) => ({ partNumber: number, etag: tag }))).catch(error => {
        throw isOver(error) ? new BlobPartsError('A part is not there.', { cause: error }) : error;
      });
    },
    async dropParts(key, attempt) {
      await bucket
        .resumeMultipartUpload(blobKey(key), attempt)
        .abort()
        .catch(error => {
          if (!isOver(error)) throw error;
        });
    },
  };
}

/** R2's codes: no such upload (10024), invalid part (10025); and an attempt that could be none. */
const isOver = (error: unknown): boolean =>
  /\((?:10024|10025|10001)\)|multipart upload does not exist/.test(`${error}`);

/** R2 takes a stream only where its length is known beforehand. */
async function stream<Stored>(
  body: AsyncIterable<Uint8Array>,
  size: number,
  store: (readable: ReadableStream<Uint8Array>) => Promise<Stored>,
): Promise<Stored> {
  const { readable, writable } = new FixedLengthStream(size);
  const stored = store(readable);
  stored.catch(() => {});
  try {
    await fill(writable, body, size);
  } catch (error) {
    // Where the bucket refused, the stream fails too, and says less.
    if (!(error instanceof BlobSizeError)) await stored;
    throw error;
  }
  return stored;
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
