/** Problems of bytes that are not what was announced. */
import { Problem } from '../../schemas/errors/index.ts';

export function refused(pointer: string, code: string, message: string, cause?: unknown): Problem {
  return Problem.of('VALIDATION_FAILED', { detail: message, errors: [{ pointer, code, message }], cause });
}

export const lengthMismatch = (size: number, cause?: unknown): Problem =>
  refused('/size', 'LENGTH_MISMATCH', `The body must have exactly ${size} bytes.`, cause);
