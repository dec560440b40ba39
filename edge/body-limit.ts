/** Bounds what a request may send, before anything reads it. */
import { Problem } from '../schemas/errors/index.ts';

/** Routes that read a stream and count it themselves. */
const STREAMED = /^\/api\/(?:files\/[^/]+\/content|clients\/[^/]+\/import)$/;

/** Bytes; the rest of the API takes JSON alone. */
export const MAX_BODY_BYTES = 1_048_576;

type Fetch<Environment extends unknown[]> = (
  request: Request,
  ...environment: Environment
) => Response | Promise<Response>;

/** Answers 413 to a body past `maxBytes`; one of unknown length is read up to there first. */
export function limitBody<Environment extends unknown[]>(
  fetch: Fetch<Environment>,
  maxBytes: number = MAX_BODY_BYTES,
): Fetch<Environment> {
  const readFirst = async (body: ReadableStream<Uint8Array>, request: Request, environment: Environment) => {
    const bytes = await readUpTo(body, maxBytes);
    return bytes === undefined ? tooLarge() : fetch(new Request(request, { body: bytes }), ...environment);
  };
  return (request, ...environment) => {
    if (request.method === 'GET' || request.method === 'HEAD') return fetch(request, ...environment);
    const declared = request.headers.get('content-length');
    const isDeclared = declared !== null && request.headers.get('transfer-encoding') === null;
    if (isDeclared && Number(declared) <= maxBytes) return fetch(request, ...environment);
    if (STREAMED.test(new URL(request.url).pathname)) return fetch(request, ...environment);
    if (isDeclared) return tooLarge();
    return request.body === null ? fetch(request, ...environment) : readFirst(request.body, request, environment);
  };
}

async function readUpTo(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.byteLength;
    if (length > maxBytes) {
      await reader.cancel().catch(() => {});
      return undefined;
    }
    chunks.push(part.value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function tooLarge(): Response {
  return new Response(JSON.stringify(Problem.of('PAYLOAD_TOO_LARGE')), {
    status: 413,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
