/** Error replies of an operation: its codes, grouped by the status each has in the error table. */
import { errorTable } from '../../schemas/errors/index.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import type { JsonSchema } from './field-schema.ts';

/** Any credentialed call can end in these. */
const anywhere = [
  'UNAUTHENTICATED',
  'TOKEN_EXPIRED',
  'KEY_EXPIRED',
  'FORBIDDEN',
  'ORIGIN_NOT_ALLOWED',
  'RATE_LIMITED',
] as const;
const failures = ['INTERNAL', 'UNAVAILABLE'] as const;

export const writeCodes = [
  'INVALID_REQUEST',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'VALIDATION_FAILED',
  'IDEMPOTENCY_MISMATCH',
  'STORAGE_FULL',
] as const;

function entryOf(module: CompiledModule, code: string): { readonly status: number; readonly title: string } {
  const own = module.manifest.errors?.[code];
  const entry = own ?? (errorTable as Readonly<Record<string, { status: number; title: string }>>)[code];
  if (!entry) throw new Error(`"${code}" is in no error table`);
  return entry;
}

/** Responses by status. `codes` are those of this operation alone. */
export function problemResponses(module: CompiledModule, codes: readonly string[]): Readonly<Record<string, unknown>> {
  const byStatus = new Map<number, string[]>();
  for (const code of [...new Set([...codes, ...anywhere, ...failures])]) {
    const { status } = entryOf(module, code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const entries = [...byStatus].sort(([a], [b]) => a - b);
  return Object.fromEntries(
    entries.map(([status, list]) => {
      const meanings = list.map(code => `\`${code}\`: ${entryOf(module, code).title}`);
      const retry = status === 429 || status === 503;
      const response = {
        description: `${meanings.join('; ')}.`,
        ...(retry ? { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } } : {}),
        content: {
          'application/problem+json': {
            schema: {
              allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: list } } }],
            },
            example: exampleProblem(module, list[0]!),
          },
        },
      };
      return [String(status), response];
    }),
  );
}

function exampleProblem(module: CompiledModule, code: string) {
  const { status, title } = entryOf(module, code);
  const type = `https://inlay.dev/problems/${code.toLowerCase().replaceAll('_', '-')}`;
  const trace = status === 404 ? {} : { traceId: '0197f2b4-5c1d-7a30-8e42-6b1f0c9d2e71' };
  const errors =
    code === 'VALIDATION_FAILED' ? [{ pointer: '/name', code: 'REQUIRED', message: 'This is needed' }] : [];
  return { type, title, status, code, ...trace, ...(errors.length > 0 ? { errors } : {}) };
}

/** RFC 9457 with a stable code, a trace and what is wrong where. */
export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'What went wrong (RFC 9457). `code` is stable; programs decide by it.',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    traceId: { type: 'string', description: 'Also in the X-Request-Id header; quote it when you ask for help.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        properties: {
          pointer: { type: 'string', description: 'JSON Pointer (RFC 6901) into the body.' },
          code: { type: 'string' },
          message: { type: 'string' },
        },
      },
    },
  },
};
