/** Checks input against a schema and says what is wrong by JSON Pointer (RFC 6901). */
import type * as z from 'zod';
import { Problem } from '../../schemas/errors/index.ts';

const escapePointer = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

/** Throws VALIDATION_FAILED. */
export function validate<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(issue => {
    const at = issue.path.map(part => `/${escapePointer(part)}`).join('');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key => ({
        pointer: `${at}/${escapePointer(key)}`,
        code: 'UNKNOWN_FIELD',
        message: 'There is no such field',
      }));
    }
    const missing = issue.code === 'invalid_type' && issue.input === undefined;
    return [
      {
        pointer: at,
        code: missing ? 'REQUIRED' : issue.code.toUpperCase(),
        message: missing ? 'This is needed' : issue.message,
      },
    ];
  });
  throw Problem.of('VALIDATION_FAILED', { errors });
}
