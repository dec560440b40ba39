/** GraphQL over HTTP (draft of the GraphQL foundation): what is asked for, and how an answer is sent. */
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { AppContext } from '../http/env.ts';
import { readJson } from '../http/json-body.ts';
import { refusal } from './errors.ts';

const plain = 'application/json';
const own = 'application/graphql-response+json';
/** Bytes of a request's body. */
const most = 1_048_576;

export interface Asked {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

const malformed = (message: string) => refusal('INVALID_REQUEST', message);
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The parameters of a GET or of a POST's body. Throws a refusal; a body that is not JSON throws as anywhere. */
export async function readAsked(c: AppContext): Promise<Asked> {
  const given = c.req.method === 'GET' ? fromAddress(c) : await readJson(c.req.raw, most);
  if (!isMap(given)) throw malformed('A request is an object');
  const { query, operationName, variables, extensions } = given;
  if (typeof query !== 'string') throw malformed('"query" is a text');
  if (operationName != null && typeof operationName !== 'string') throw malformed('"operationName" is a text');
  if (variables != null && !isMap(variables)) throw malformed('"variables" is an object');
  if (extensions != null && !isMap(extensions)) throw malformed('"extensions" is an object');
  return { query, operationName: operationName ?? undefined, variables: variables ?? {} };
}

function fromAddress(c: AppContext): Readonly<Record<string, unknown>> {
  const json = (name: string): unknown => {
    const text = c.req.query(name);
    if (!text) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw malformed(`"${name}" is not valid JSON`);
    }
  };
  return {
    query: c.req.query('query'),
    operationName: c.req.query('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

/** The errors of a request that was not run. */
export const notRun = (...errors: readonly GraphQLError[]): ExecutionResult => ({ errors });

/**
 * In the type that was asked for. With `application/json`, which older clients want, what a document got wrong is 200; with
 * GraphQL's own type it is 400, as everything is that was not run. An error may name its status in `extensions.http`.
 */
export function sendAnswer(c: AppContext, { data, errors }: ExecutionResult): Response {
  const asked = c.req.header('accept') ?? '';
  const type = asked.includes(own) ? own : plain;
  const demanded = data === undefined ? (errors?.[0]?.extensions['http'] as { status: number } | undefined) : undefined;
  const status = demanded?.status ?? (data === undefined && type === own ? 400 : 200);
  c.header('Cache-Control', 'private, no-store');
  c.header('Content-Type', `${type}; charset=utf-8`);
  // RFC 9110 section 15.5.6: a 405 names what is allowed.
  if (status === 405) c.header('Allow', 'POST');
  const shown = errors && errors.length > 0 ? { errors: errors.map(withoutStatus) } : {};
  return c.body(JSON.stringify({ ...shown, ...(data === undefined ? {} : { data }) }), status as 200);
}

function withoutStatus(error: GraphQLError) {
  const { extensions, ...rest } = error.toJSON();
  const { http: _http, ...kept } = extensions ?? {};
  return Object.keys(kept).length > 0 ? { ...rest, extensions: kept } : rest;
}
