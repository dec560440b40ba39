/** /api/graphql: queries by GET or POST, mutations by POST (GraphQL over HTTP), as the credential. */
import { type DocumentNode, NoSchemaIntrospectionCustomRule, parse } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { Hono } from 'hono';
import { BoundedCache } from '../auth/bounded-cache.ts';
import { callOf, type DataDeps, openRequest } from '../data/open-request.ts';
import type { AppEnv } from '../http/env.ts';
import { surfaceOf } from '../openapi/surface.ts';
import { type Carrier, GraphContext } from './context.ts';
import { refusal } from './errors.ts';
import { checkCost, checkShape, graphqlLimits } from './limits.ts';
import { schemaOf } from './schema.ts';

const endpoint = '/api/graphql';

export function graphqlRoutes(deps: DataDeps): Hono<AppEnv> {
  const yoga = createYoga<Carrier>({
    graphqlEndpoint: endpoint,
    schema: ({ graph }) => schemaOf(graph.surface),
    plugins: [bounds()],
    parserAndValidationCache: { documentCache: documents, errorCache: new BoundedCache<Error>(100) },
    // Native ones on both hosts; the package's own stand-ins are for runtimes that have none.
    fetchAPI: globalThis,
    maskedErrors: { errorMessage: 'Something went wrong on our side', isDev: false },
    batching: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    multipart: false,
  });
  return new Hono<AppEnv>().on(['GET', 'POST'], endpoint, async c => {
    const opened = await openRequest(deps, c);
    const call = callOf(deps, c, opened, () => '');
    const graph = new GraphContext(deps, c, opened, call, surfaceOf(opened));
    const response = await yoga.fetch(c.req.raw, { graph });
    c.header('Cache-Control', 'private, no-store');
    c.header('Content-Type', response.headers.get('content-type') ?? 'application/json');
    // RFC 9110 section 15.5.6: a 405 names what is allowed.
    if (response.status === 405) c.header('Allow', 'POST');
    return c.body(await response.text(), response.status as 200);
  });
}

/** Documents that passed their bounds, by text. */
const documents = new BoundedCache<DocumentNode>(300);

/** Refuses what is too large, too deep or too costly before a resolver runs. */
function bounds(): Plugin<Carrier> {
  return {
    onParams({ params: { query }, setResult }) {
      if (typeof query !== 'string' || documents.get(query)) return;
      const refused = refusalOf(query);
      if (refused) setResult({ errors: [refused] });
    },
    onValidate({ context, addValidationRule }) {
      const { kind } = context.graph.opened.actor;
      if (kind !== 'user' && kind !== 'key') addValidationRule(NoSchemaIntrospectionCustomRule);
    },
    onExecute({ args, setResultAndStopExecution }) {
      try {
        checkCost(args.schema, args.document, args.operationName ?? undefined, args.variableValues ?? {});
      } catch (error) {
        setResultAndStopExecution({ errors: [error as ReturnType<typeof refusal>] });
      }
    },
  };
}

/** What is wrong with the document's size or shape; a syntax error is left to the server's own words. */
function refusalOf(query: string): ReturnType<typeof refusal> | undefined {
  const { characters, tokens } = graphqlLimits;
  if (query.length > characters) {
    return refusal('QUERY_TOO_LARGE', `A query has at most ${characters} characters`);
  }
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: tokens });
  } catch (error) {
    const tooMany = error instanceof Error && error.message.includes(`${tokens} tokens`);
    return tooMany ? refusal('QUERY_TOO_LARGE', `A query has at most ${tokens} tokens`) : undefined;
  }
  try {
    checkShape(document);
  } catch (error) {
    return error as ReturnType<typeof refusal>;
  }
  documents.set(query, document);
  return undefined;
}
