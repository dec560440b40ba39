/** Hands a file's bytes out in a form that no browser runs (FI-02). */
import { Problem } from '../../schemas/errors/index.ts';
import type { BlobRange, Blobs } from '../../schemas/ports/index.ts';
import type { AppContext } from '../http/env.ts';
import type { FileRow } from './file-row.ts';
import { shownInline } from './sniff.ts';

/** With `sandbox` the reply has an origin of its own, so that even a document would reach nothing of ours. */
const POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** How long a reader may keep what it got, in seconds, and that it never changes; the file itself may be deleted. */
export interface Keeping {
  readonly seconds: number;
  readonly immutable: boolean;
}

/** Throws NOT_FOUND. Answers a `Range` of one span with 206 (RFC 9110 section 14). */
export async function sendFile(c: AppContext, blobs: Blobs, row: FileRow, kept: Keeping): Promise<Response> {
  const etag = `"${row.sha256}"`;
  const isPublic = row.acl === 'public';
  const mime = row.mime ?? 'application/octet-stream';
  c.header('ETag', etag);
  c.header('Cache-Control', cacheControl(isPublic, kept));
  c.header('Content-Security-Policy', POLICY);
  c.header('Cross-Origin-Resource-Policy', isPublic ? 'cross-origin' : 'same-origin');
  c.header('Content-Type', mime.startsWith('text/') ? `${mime}; charset=utf-8` : mime);
  c.header('Content-Disposition', `${shownInline.has(mime) ? 'inline' : 'attachment'}; ${fileName(row.name)}`);
  c.header('Accept-Ranges', 'bytes');
  if (c.req.header('if-none-match') === etag) return c.body(null, 304);
  const range = rangeOf(c.req.header('range'), row.size);
  if (range === 'unsatisfiable') {
    c.header('Content-Range', `bytes */${row.size}`);
    return c.body(null, 416);
  }
  const blob = await blobs.get(row.key, range);
  if (!blob) throw Problem.of('NOT_FOUND');
  c.header('Content-Length', String(range?.length ?? row.size));
  if (!range) return c.body(toStream(blob.body));
  c.header('Content-Range', `bytes ${range.offset}-${range.offset + range.length - 1}/${row.size}`);
  return c.body(toStream(blob.body), 206);
}

function cacheControl(isPublic: boolean, { seconds, immutable }: Keeping): string {
  if (seconds <= 0) return 'private, no-store';
  return `${isPublic ? 'public' : 'private'}, max-age=${seconds}${immutable ? ', immutable' : ''}`;
}

/** RFC 6266 with the encoding of RFC 8187; old readers see the plain form. */
function fileName(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** One span alone; anything else is answered as a whole, which RFC 9110 section 14.2 allows. */
function rangeOf(header: string | undefined, size: number): BlobRange | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const offset = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return offset > last ? 'unsatisfiable' : { offset, length: last - offset + 1 };
}

/** A stream that reads no faster than it is read. */
export function toStream(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  if (body instanceof ReadableStream) return body as ReadableStream<Uint8Array>;
  const iterator = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
