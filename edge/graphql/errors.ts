/** Engine errors in GraphQL's form: the same code, status and pointers as over REST. */
import { GraphQLError } from 'graphql';
import type { Problem } from '../../schemas/errors/index.ts';

export function problemError(problem: Problem): GraphQLError {
  const { code, status, options } = problem;
  const errors = options.errors ? { errors: options.errors } : {};
  return new GraphQLError(problem.message, { extensions: { ...options.extensions, code, status, ...errors } });
}

/** Answered with its status whatever the caller accepts: such a request is refused, not run. */
export const refusal = (code: string, message: string, status = 400): GraphQLError =>
  new GraphQLError(message, { extensions: { code, status, http: { status } } });
