/** Checks a value against a zod schema and says what is wrong by JSON Pointer (RFC 6901). */
import type * as z from 'zod';
import { type FieldProblem, Problem } from './problem.ts';

export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const kinds: ReadonlySet<string> = new Set(['invalid_type', 'invalid_value', 'invalid_union']);

const isMissing = (input: unknown, path: readonly PropertyKey[]): boolean =>
  path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | null | undefined)?.[step], input) ===
  undefined;

/** One entry for each thing wrong; unknown members are named one by one. With the input, what is missing is told from what is wrong. */
export function fieldProblems(error: z.ZodError, input?: unknown): FieldProblem[] {
  return error.issues.flatMap((issue): FieldProblem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key => ({
        pointer: pointerTo([...issue.path, key]),
        code: 'UNKNOWN_FIELD',
        message: 'There is no such field',
      }));
    }
    const missing = input !== undefined && kinds.has(issue.code) && isMissing(input, issue.path);
    return [
      {
        pointer: pointerTo(issue.path),
        code: missing ? 'REQUIRED' : issue.code.toUpperCase(),
        message: missing ? 'This is needed' : issue.message,
      },
    ];
  });
}

/** The parsed value. Throws VALIDATION_FAILED. */
export function validate<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw Problem.of('VALIDATION_FAILED', { errors: fieldProblems(parsed.error, input) });
}
