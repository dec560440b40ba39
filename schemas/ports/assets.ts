/** Built browser files: the loader, hashed chunks, the dashboard. */
export interface Asset {
  readonly body: string | Uint8Array | ReadableStreamLike;
  readonly contentType: string;
  readonly etag?: string;
}

/** A byte stream as the host defines it; handed on to a `Response`, never read here. */
export type ReadableStreamLike = object;

export interface Assets {
  /** `path` has no leading slash, such as `embed/loader.js`. */
  get(path: string): Promise<Asset | undefined>;
  /** The same as text, for files that the edge composes replies from. */
  text(path: string): Promise<string | undefined>;
}
