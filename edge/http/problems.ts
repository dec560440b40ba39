/** The one place where an error becomes a reply. */
import type { ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { Problem } from '../../schemas/errors/index.ts';
import { databaseErrorIn } from '../control/failures.ts';
import type { AppContext, AppEnv } from './env.ts';
import type { ReplyHead } from './reply-head.ts';

/** Where an unexpected error is written to. */
export type ErrorLog = (entry: Readonly<Record<string, unknown>>) => void;

/** `entry` holds no input and no SQL arguments, so a secret in them reaches no log. */
const toConsole: ErrorLog = entry => console.error(JSON.stringify(entry));

export function problemHandler(log: ErrorLog = toConsole): ErrorHandler<AppEnv> {
  return (error, c) => problemReply(c, heard(error, log, c.env.head, c.req.method));
}

/** For a failure before any route is met. */
export const failureResponse = (error: unknown, head: ReplyHead, method: string, log = toConsole): Response =>
  problemResponse(heard(error, log, head, method), head);

function heard(error: unknown, log: ErrorLog, { requestId }: ReplyHead, method: string): Problem {
  const problem = toProblem(error);
  if (problem.status >= 500) log({ level: 'error', requestId, code: problem.code, method, ...describe(error) });
  return problem;
}

/** Its bytes never depend on the path, so an unknown route tells nothing. */
export function notFoundHandler(): NotFoundHandler<AppEnv> {
  return c => problemReply(c, Problem.of('NOT_FOUND'));
}

/** What a handler has set by then, such as a cookie, stays. */
export function problemReply(c: AppContext, problem: Problem): Response {
  return c.body(textOf(problem, c.env.head), problem.status as 400, headersOf(problem));
}

/** For a request that has met no route. */
export function problemResponse(problem: Problem, head: ReplyHead): Response {
  return head.reply(textOf(problem, head), problem.status, headersOf(problem));
}

const textOf = (problem: Problem, head: ReplyHead): string => JSON.stringify(problem.toJSON(head.requestId));

function headersOf(problem: Problem): Record<string, string> {
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' };
  const retryAfter = problem.options.extensions?.['retryAfter'];
  if (typeof retryAfter === 'number') headers['Retry-After'] = String(retryAfter);
  // RFC 9110 section 15.5.2: a 401 names the scheme.
  if (problem.status === 401) headers['WWW-Authenticate'] = 'Bearer';
  return headers;
}

/** Anything that is not a `Problem` by itself becomes one without its message. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const failure = databaseErrorIn(error);
  if (failure?.kind === 'unavailable')
    return Problem.of('UNAVAILABLE', { cause: error, extensions: { retryAfter: 1 } });
  if (failure?.kind === 'full') return Problem.of('STORAGE_FULL', { cause: error });
  if (error instanceof HTTPException && error.status < 500) return Problem.of('INVALID_REQUEST', { cause: error });
  return Problem.of('INTERNAL', { cause: error });
}

function describe(error: unknown): Readonly<Record<string, unknown>> {
  const failure = databaseErrorIn(error);
  if (failure) return { error: failure.name, kind: failure.kind, message: failure.message, stack: framesOf(failure) };
  if (!(error instanceof Error)) return { error: typeof error };
  // drizzle puts a query's arguments into its message.
  const message = error.name === 'DrizzleQueryError' || 'params' in error ? undefined : error.message;
  return { error: error.name, message, stack: framesOf(error) };
}

const framesOf = (error: Error): string | undefined =>
  error.stack
    ?.split('\n')
    .filter(line => /^\s+at /.test(line))
    .slice(0, 12)
    .map(line => line.trim())
    .join(' | ');
