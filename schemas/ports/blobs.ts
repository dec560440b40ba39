/** Where files' bytes live: a folder on Node, an R2 bucket on Workers. It knows keys and sizes; whose file it is and who may see it is kept in the client's store. */
export interface StoredBlob {
  /** Bytes of the whole object, whatever part of it was asked for. */
  readonly size: number;
  /** Read once, to its end or to a `break`. */
  readonly body: AsyncIterable<Uint8Array>;
}

export interface BlobRange {
  readonly offset: number;
  /** Bytes; a range past the end is cut there. */
  readonly length: number;
}

/** Keys match `[a-z0-9-]{1,64}/[a-z0-9-]{1,64}`: a client, and an object of its own. */
export interface Blobs {
  /** Stores `body` whole or not at all: throws `BlobSizeError` where it is not `size` bytes, and what `body` itself throws. */
  put(key: string, body: AsyncIterable<Uint8Array>, size: number): Promise<void>;
  /** Undefined when there is none. */
  get(key: string, range?: BlobRange): Promise<StoredBlob | undefined>;
  /** Keys that are not there are passed over. At most 1,000. */
  delete(keys: readonly string[]): Promise<void>;
  /** At most 1,000 keys of the client, in no order. */
  list(client: string): Promise<readonly string[]>;
  /** Begins an object that comes in parts, and names the attempt. Nothing can be read before the parts are joined. */
  startParts(key: string): Promise<string>;
  /** Stores one part, whole or not at all, in place of an earlier one of its number (1 to 10,000). Throws as `put` does. */
  putPart(key: string, attempt: string, number: number, body: AsyncIterable<Uint8Array>, size: number): Promise<string>;
  /** Makes the object of these parts, in this order; all but the last have one size of 5 MiB or more. Throws `BlobPartsError`. */
  joinParts(key: string, attempt: string, parts: readonly BlobPart[]): Promise<void>;
  /** Forgets the parts of an attempt that was not joined; one that is not there is passed over. */
  dropParts(key: string, attempt: string): Promise<void>;
}

/** `tag` is what `putPart` answered. */
export interface BlobPart {
  readonly number: number;
  readonly tag: string;
}

/** The attempt is over, or a part was replaced. */
export class BlobPartsError extends Error {
  override readonly name = 'BlobPartsError';
}

export class BlobSizeError extends Error {
  override readonly name = 'BlobSizeError';
}

const KEY = /^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/;

/** The key, or a `TypeError` for what could lead out of its client. */
export function blobKey(key: string): string {
  if (!KEY.test(key)) throw new TypeError('That is no key of a blob.');
  return key;
}
