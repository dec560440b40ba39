/** Reads a JSON body at the door: content type, size, syntax, then shape. */
import type { z } from 'zod';
import { type FieldProblem, Problem } from '../../schemas/errors/index.ts';

const MAX_BYTES = 256 * 1024;

/** Throws UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE or INVALID_REQUEST. */
export async function readJson(request: Request, maxBytes = MAX_BYTES): Promise<unknown> {
  if (!isJson(request.headers.get('content-type'))) throw Problem.of('UNSUPPORTED_MEDIA_TYPE');
  const text = await readText(request, maxBytes);
  try {
    // A member named __proto__ is dropped, so that no later copy of the object can set a prototype.
    return /__proto__|\\u/.test(text) ? JSON.parse(text, withoutPrototype) : JSON.parse(text);
  } catch (cause) {
    throw Problem.of('INVALID_REQUEST', { detail: 'The body is not valid JSON.', cause });
  }
}

/** `application/json`, with or without parameters. */
export function isJson(contentType: string | null | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}

/** Throws VALIDATION_FAILED that names every member at fault. */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw Problem.of('VALIDATION_FAILED', { errors: result.error.issues.flatMap(toFieldProblems) });
}

export async function readValid<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
  return validate(schema, await readJson(request));
}

/** A JSON Pointer (RFC 6901). */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function toFieldProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({
      pointer: pointerTo([...issue.path, key]),
      code: 'unknown_member',
      message: 'There is no such member.',
    }));
  }
  return [{ pointer: pointerTo(issue.path), code: issue.code, message: issue.message }];
}

function withoutPrototype(this: unknown, key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

/** Decoded as it comes. Throws PAYLOAD_TOO_LARGE or INVALID_REQUEST. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const length = request.headers.get('content-length');
  if (Number(length ?? 0) > maxBytes) throw Problem.of('PAYLOAD_TOO_LARGE');
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  let size = 0;
  let text = '';
  try {
    // Both hosts hold a caller to the length it announced; without one the bytes are counted as they come.
    if (length !== null) return decoder.decode(await request.arrayBuffer());
    if (!request.body) return '';
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxBytes) throw Problem.of('PAYLOAD_TOO_LARGE');
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw Problem.of('INVALID_REQUEST', { detail: 'The body could not be read as UTF-8.', cause });
  }
}
