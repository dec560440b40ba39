/** /api/graphql: queries by GET or POST, mutations by POST, as the credential. */
import { type ExecutionResult, execute, GraphQLError, getOperationAST, OperationTypeNode } from 'graphql';
import { Hono } from 'hono';
import { callOf, type DataDeps, openRequest } from '../data/open-request.ts';
import type { AppContext, AppEnv } from '../http/env.ts';
import { toProblem } from '../http/problems.ts';
import { surfaceOf } from '../openapi/surface.ts';
import { GraphContext } from './context.ts';
import { prepare } from './documents.ts';
import { problemError, refusal } from './errors.ts';
import { checkCost } from './limits.ts';
import { notRun, readAsked, sendAnswer } from './over-http.ts';
import { schemaOf } from './schema.ts';

export function graphqlRoutes(deps: DataDeps): Hono<AppEnv> {
  return new Hono<AppEnv>().on(['GET', 'POST'], '/api/graphql', async c => {
    const opened = await openRequest(deps, c);
    const call = callOf(deps, c, opened, () => '');
    const graph = new GraphContext(deps, c, opened, call, surfaceOf(opened));
    return sendAnswer(c, await answer(c, graph));
  });
}

async function answer(c: AppContext, graph: GraphContext): Promise<ExecutionResult> {
  try {
    return await run(c, graph);
  } catch (error) {
    if (error instanceof GraphQLError) return notRun(error);
    throw error;
  }
}

/** Throws a refusal. */
async function run(c: AppContext, graph: GraphContext): Promise<ExecutionResult> {
  const { query, operationName, variables } = await readAsked(c);
  const schema = schemaOf(graph.surface);
  const { kind } = graph.opened.actor;
  const prepared = prepare(schema, query, kind !== 'user' && kind !== 'key');
  if ('errors' in prepared) return notRun(...prepared.errors);
  const { document } = prepared;
  const operation = getOperationAST(document, operationName);
  if (c.req.method === 'GET' && operation && operation.operation !== OperationTypeNode.QUERY) {
    throw refusal('METHOD_NOT_ALLOWED', 'GET only asks; send a mutation by POST', 405);
  }
  checkCost(schema, document, operationName, variables);
  const result = await execute({
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: { graph },
  });
  return result.errors ? { ...result, errors: result.errors.map(error => shownError(error, graph)) } : result;
}

/** What nobody foresaw says nothing of its cause; it is in the log. */
function shownError(error: GraphQLError, graph: GraphContext): GraphQLError {
  const { originalError, nodes, path } = error;
  if (!originalError || originalError instanceof GraphQLError) return error;
  graph.report(originalError);
  const { message, extensions } = problemError(toProblem(originalError));
  return new GraphQLError(message, { nodes, path, extensions });
}
